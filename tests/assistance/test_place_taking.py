"""Referrals take places: one count for the ranking, the lock, the cards and the open API."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.published import forget_pages
from network.capacity import month_of
from network.capacity_reading import places_of_organisations, places_of_volunteers
from network.volunteer_states import ShownField
from tests.factories.catalogue import SystemFactory
from tests.factories.referrals import ReferralFactory, can_help
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


def to_volunteer(volunteer, **traits):
    return ReferralFactory(organisation=None, volunteer=volunteer, **traits)


def test_what_is_open_or_done_takes_a_place_of_its_month_and_what_was_declined_gives_it_back():
    volunteer, today = VolunteerFactory(serving=True), timezone.localdate()
    to_volunteer(volunteer)
    to_volunteer(volunteer, completed=True)
    to_volunteer(volunteer, declined=True)
    before = timezone.now() - dt.timedelta(days=40)
    to_volunteer(volunteer, completed=True, created_at=before)

    places = places_of_volunteers([volunteer.pk], today)[volunteer.pk]

    assert places.taken == {month_of(today): 2}
    assert (places.most(today), places.free(today)) == (3, 1)


def test_places_of_organisations_are_counted_alike():
    centre, today = can_help(places=2), timezone.localdate()
    ReferralFactory(organisation=centre)

    places = places_of_organisations([centre.pk], today)[centre.pk]

    assert (places.is_counted, places.free(today)) == (True, 1)


def test_counting_needs_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    many = [VolunteerFactory(serving=True) for _n in range(6)]
    for one in many:
        to_volunteer(one)
    today = timezone.localdate()

    for asked in (many[:1], many):
        with django_assert_num_queries(3):
            places_of_volunteers([one.pk for one in asked], today)


def test_the_public_card_says_how_many_are_left_and_when_again(client):
    volunteer = VolunteerFactory(serving=True, shows=[ShownField.NAME, ShownField.CAPACITY])
    to_volunteer(volunteer)
    address = reverse("volunteers:index")
    client.cookies["django_language"] = "en"

    left = client.get(f"/en{address}").content.decode()
    for _n in range(2):
        to_volunteer(volunteer)
    forget_pages()  # figures of other rooms may be a minute late (ADR 0022)
    full = client.get(f"/en{address}").content.decode()

    assert "Can take 2 more cases this month" in left
    assert "Can take" not in full
    assert "No place free today" in full
    assert "Next free from" in full


def test_the_open_api_says_what_referrals_have_left(client):
    SystemFactory(code="financing")
    centre = can_help(places=2)
    ReferralFactory(organisation=centre)

    (found,) = client.get("/hsds/services").json()["contents"]

    (capacity,) = found["capacities"]
    assert (capacity["available"], capacity["maximum"]) == (1, 2)
    assert capacity["unit"]["name"] == "cases a month"
