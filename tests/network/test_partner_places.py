"""The calendar of an organisation belongs to its partners."""

import re

import pytest
from django.urls import reverse

from network.models import MonthlyCapacity
from tests.assistance.desk import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.network import OrganisationFactory, OrganisationMembershipFactory

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_partner_keeps_the_places_of_her_own_organisation_only():
    held, foreign = OrganisationMembershipFactory(), OrganisationFactory()
    client = signed_in(held.user)
    own = reverse("partner_places:calendar", args=[held.organisation.uuid])

    assert client.get(reverse("partner_places:index")).status_code == 303
    assert client.post(own, {"usual": "8"}).status_code == 303
    assert client.get(own).status_code == 200
    other = reverse("partner_places:calendar", args=[foreign.uuid])
    assert client.get(other).status_code == 404
    assert signed_in(UserFactory()).get(own).status_code == 403
    kept = MonthlyCapacity.objects.of_organisation(held.organisation_id).get()
    assert kept.places == 8


def test_one_with_two_organisations_chooses():
    held = OrganisationMembershipFactory()
    other = OrganisationMembershipFactory(user=held.user).organisation

    page = words(signed_in(held.user).get(reverse("partner_places:index")))

    assert held.organisation.name_zh in page
    assert other.name_zh in page


def test_the_way_back_leads_out_of_the_calendar():
    held = OrganisationMembershipFactory()

    page = words(
        signed_in(held.user).get(reverse("partner_places:calendar", args=[held.organisation.uuid]))
    )

    assert f'<a class="sp-back" href="{reverse("partner:inbox")}">' in page
