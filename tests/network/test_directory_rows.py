"""What the tables of the directory refuse, and who sees which entry."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from accounts.roles import Role
from network.models import Offering, Organisation
from tests.factories import network as make
from tests.factories.accounts import StaffMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

IMPOSSIBLE: list[tuple[Any, dict[str, Any], str]] = [
    (make.OrganisationFactory, {"kind": "club"}, "organisation_kind_is_known"),
    (
        make.OrganisationFactory,
        {"business_number": "1234567x"},
        "organisation_business_number_is_eight_digits",
    ),
    (make.LocationFactory, {"kind": "boat"}, "location_kind_is_known"),
    (make.LocationFactory, {"address_zh": ""}, "location_has_an_address_unless_virtual"),
    (make.LocationFactory, {"postcode": "41"}, "location_postcode_is_three_to_six_digits"),
    (make.LocationFactory, {"longitude": None}, "location_has_both_coordinates_or_none"),
    (make.LocationFactory, {"latitude": 91.0}, "location_has_both_coordinates_or_none"),
    (make.LocationFactory, {"features": ["helipad"]}, "location_features_are_known"),
    (
        make.HoursExceptionFactory,
        {"last_on": dt.date(2020, 1, 1)},
        "hours_exception_ends_after_it_starts",
    ),
    (
        make.HoursExceptionFactory,
        {"opens_at": dt.time(9), "closes_at": dt.time(8)},
        "hours_exception_is_closed_or_closes_after_it_opens",
    ),
    (make.OfferingFactory, {"state": "gone"}, "offering_state_is_known"),
    (make.OfferingFactory, {"languages": ["tlh"]}, "offering_languages_are_known"),
    (make.ScheduleFactory, {"weekday": 8}, "schedule_weekday_is_monday_to_sunday"),
    (make.ScheduleFactory, {"closes_at": dt.time(9, 0)}, "schedule_closes_after_it_opens"),
    (make.ServiceAreaFactory, {"extent": "nation"}, "service_area_place_fits_its_extent"),
    (make.ServiceAreaFactory, {"county": ""}, "service_area_place_fits_its_extent"),
    (make.ServiceAreaFactory, {"extent": "district"}, "service_area_place_fits_its_extent"),
    (
        make.OrganisationMembershipFactory,
        {"role": "boss"},
        "organisation_partner_role_is_known",
    ),
]


@pytest.mark.parametrize(("factory", "wrong", "constraint"), IMPOSSIBLE)
def test_the_database_refuses_what_cannot_be(
    factory: Any, wrong: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**wrong)


def test_nothing_stands_twice_in_the_directory() -> None:
    at = make.OfferingAtLocationFactory()
    organisation = at.offering.organisation
    area = make.ServiceAreaFactory(offering=at.offering)
    hours = make.ScheduleFactory(at=at)
    partner = make.OrganisationMembershipFactory(organisation=organisation)

    again: list[tuple[Any, dict[str, Any]]] = [
        (make.OrganisationFactory, {"name_zh": organisation.name_zh}),
        (
            make.LocationFactory,
            {"organisation": organisation, "name_zh": at.location.name_zh},
        ),
        (
            make.OfferingFactory,
            {"organisation": organisation, "name_zh": at.offering.name_zh},
        ),
        (make.OfferingAtLocationFactory, {"offering": at.offering, "location": at.location}),
        (make.ServiceAreaFactory, {"offering": at.offering, "county": area.county}),
        (make.ScheduleFactory, {"at": at, "weekday": hours.weekday}),
        (
            make.OrganisationMembershipFactory,
            {"organisation": organisation, "user": partner.user},
        ),
    ]
    for factory, same in again:
        with pytest.raises(IntegrityError, match="once"), transaction.atomic():
            factory(**same)


def test_an_organisation_is_not_its_own_parent() -> None:
    organisation = make.OrganisationFactory()

    with pytest.raises(IntegrityError, match="own_parent"), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(parent=organisation)


def test_closed_entries_are_seen_only_by_those_who_look_after_the_directory() -> None:
    open_one, closed = make.OrganisationFactory(), make.OrganisationFactory(closed=True)
    keeper = StaffMembershipFactory(role=Role.ADMINISTRATOR).user
    officer = StaffMembershipFactory(role=Role.OFFICER).user

    seen = Organisation.objects.visible_to

    assert set(seen(AnonymousUser())) == {open_one}
    assert set(seen(officer)) == {open_one}
    assert set(seen(keeper)) == {open_one, closed}


def test_partners_look_after_their_own_entry_and_no_other() -> None:
    membership = make.OrganisationMembershipFactory()
    ended = make.OrganisationMembershipFactory(
        user=membership.user, ended_at=membership.created_at
    )
    other = make.OrganisationFactory()

    own = set(Organisation.objects.looked_after_by(membership.user))

    assert own == {membership.organisation}
    assert ended.organisation not in own
    assert other not in own
    assert set(Organisation.objects.looked_after_by(UserFactory())) == set()


@pytest.mark.parametrize(
    ("county", "district", "found"),
    [
        ("taichung", "", {"county", "nation", "part"}),
        ("taichung", "大里區", {"county", "nation", "part"}),
        ("taichung", "北區", {"county", "nation"}),
        ("taichung", "和平區", {"nation"}),
        ("hualien", "", {"nation"}),
    ],
)
def test_an_offering_serves_its_areas_without_their_exceptions(
    county: str, district: str, found: set[str]
) -> None:
    wide, whole, part = (
        make.OfferingFactory(name_zh=name) for name in ("nation", "county", "part")
    )
    make.ServiceAreaFactory(offering=wide, extent="nation", county="")
    make.ServiceAreaFactory(offering=whole)
    make.ServiceAreaFactory(offering=part, extent="district", district="大里區")
    make.ServiceAreaFactory(offering=whole, extent="district", district="和平區", is_excepted=True)

    serving = Offering.objects.serving(county, district)

    assert set(serving.values_list("name_zh", flat=True)) == found
