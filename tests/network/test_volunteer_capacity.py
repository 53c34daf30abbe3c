"""How many places are free on a day, who says so, and that the last one is taken once."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ledger.models import Entry
from network.capacity import Calendar, free_places, month_of, next_free_day, next_month
from network.capacity_reading import places_of_organisations, places_of_volunteers
from network.models import ConflictOfInterest, Leave, MonthlyCapacity
from network.services import capacity
from network.services.capacity import Holder
from network.volunteer_errors import (
    LeaveOverError,
    LeaveOverlapsError,
    LeaveTooLongError,
    MonthOverError,
    MonthTooFarError,
)
from network.volunteer_events import CapacityEvent
from tests.factories.network import OrganisationFactory
from tests.factories.volunteers import (
    ConflictOfInterestFactory,
    LeaveFactory,
    MonthlyCapacityFactory,
    VolunteerFactory,
)

DAY = dt.date(2026, 8, 7)
MAY = dt.date(2026, 5, 1)


def leave(first: str, last: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


class TestPlaces:
    def test_a_month_nobody_named_has_the_usual_places(self):
        calendar = Calendar(usual=3, months={dt.date(2026, 9, 1): 1})

        assert free_places(calendar, 0, DAY) == 3
        assert free_places(calendar, 0, dt.date(2026, 9, 30)) == 1

    def test_what_is_taken_is_not_free_and_never_below_nothing(self):
        assert free_places(Calendar(usual=3), 2, DAY) == 1
        assert free_places(Calendar(usual=3), 5, DAY) == 0

    def test_on_leave_there_is_no_place_first_and_last_day_included(self):
        calendar = Calendar(usual=3, leaves=(leave("2026-08-07", "2026-08-09"),))

        free = [free_places(calendar, 0, dt.date(2026, 8, day)) for day in (6, 7, 9, 10)]

        assert free == [3, 0, 0, 3]

    @pytest.mark.parametrize(
        ("calendar", "taken", "expected"),
        [
            (Calendar(usual=1), {}, DAY),
            (Calendar(usual=1), {dt.date(2026, 8, 1): 1}, dt.date(2026, 9, 1)),
            (Calendar(usual=1, leaves=(leave("2026-08-01", "2026-08-20"),)), {}, dt.date(2026, 8, 21)),
            (Calendar(usual=1, leaves=(leave("2026-08-01", "2026-08-31"),)), {}, dt.date(2026, 9, 1)),
            (
                Calendar(
                    usual=1,
                    leaves=(leave("2026-08-01", "2026-08-20"), leave("2026-08-21", "2026-09-02")),
                ),
                {},
                dt.date(2026, 9, 3),
            ),
            (Calendar(usual=0), {}, None),
            (Calendar(usual=0, months={dt.date(2026, 12, 1): 2}), {}, dt.date(2026, 12, 1)),
        ],
    )  # fmt: skip
    def test_the_next_free_day(self, calendar, taken, expected):
        assert next_free_day(calendar, taken, DAY) == expected

    def test_months_begin_on_their_first_day(self):
        assert month_of(DAY) == dt.date(2026, 8, 1)
        assert next_month(dt.date(2026, 12, 31)) == dt.date(2027, 1, 1)


@pytest.mark.django_db
class TestSaying:
    def test_places_and_leave_are_read_for_many_holders_in_three_queries(
        self, django_assert_num_queries
    ):
        full, silent = VolunteerFactory(serving=True), VolunteerFactory()
        LeaveFactory(volunteer=full)
        today = timezone.localdate()

        with django_assert_num_queries(3):
            found = places_of_volunteers([full.pk, silent.pk], today)

        assert (found[full.pk].most(today), found[silent.pk].most(today)) == (3, 0)
        assert (found[full.pk].is_counted, found[silent.pk].is_counted) == (True, False)
        assert found[full.pk].calendar.is_away(today + dt.timedelta(days=5))

    def test_an_organisation_has_places_too(self):
        centre = OrganisationFactory()
        holder = Holder(organisation_id=centre.pk)

        capacity.set_places(holder=holder, month=None, places=8, actor_id=1)

        assert places_of_organisations([centre.pk], DAY)[centre.pk].calendar.usual == 8

    def test_setting_places_is_recorded_with_before_and_after(self):
        volunteer = VolunteerFactory(serving=True)
        holder = Holder(volunteer_id=volunteer.pk)
        month = next_month(timezone.localdate())

        capacity.set_places(holder=holder, month=month, places=1, actor_id=volunteer.user_id)
        capacity.set_places(holder=holder, month=month, places=1, actor_id=volunteer.user_id)
        capacity.follow_usual(holder=holder, month=month, actor_id=volunteer.user_id)

        facts = [e.facts for e in Entry.objects.filter(event=CapacityEvent.PLACES_SET)]
        told = {"month": month.isoformat()}
        assert facts == [
            told | {"before": None, "places": 1},
            told | {"before": 1, "places": None},
        ]
        assert not MonthlyCapacity.objects.exclude(month=None).exists()

    @pytest.mark.parametrize(("days", "refusal"), [(-40, MonthOverError), (430, MonthTooFarError)])
    def test_places_are_set_for_this_month_and_the_next_twelve(self, days, refusal):
        volunteer = VolunteerFactory()
        month = timezone.localdate() + dt.timedelta(days=days)

        with pytest.raises(refusal), transaction.atomic():
            capacity.set_places(
                holder=Holder(volunteer_id=volunteer.pk), month=month, places=1, actor_id=1
            )

    @pytest.mark.parametrize(
        ("first", "last", "refusal"),
        [(-9, -1, LeaveOverError), (1, 900, LeaveTooLongError), (9, 12, LeaveOverlapsError)],
    )
    def test_a_leave_lies_ahead_is_not_endless_and_alone(self, first, last, refusal):
        volunteer = VolunteerFactory()
        LeaveFactory(volunteer=volunteer)
        today = timezone.localdate()

        with pytest.raises(refusal), transaction.atomic():
            capacity.plan_leave(
                key=uuid.uuid4(),
                holder=Holder(volunteer_id=volunteer.pk),
                starts_on=today + dt.timedelta(days=first),
                ends_on=today + dt.timedelta(days=last),
                actor_id=volunteer.user_id,
            )

    def test_a_leave_is_taken_back_once(self):
        planned = LeaveFactory(volunteer=VolunteerFactory())

        capacity.cancel_leave(leave_id=planned.pk, actor_id=planned.volunteer.user_id)

        assert not Leave.objects.standing().exists()
        assert Entry.objects.get(event=CapacityEvent.LEAVE_CANCELLED).subject_id == str(planned.pk)
        with pytest.raises(LeaveOverError), transaction.atomic():
            capacity.cancel_leave(leave_id=planned.pk, actor_id=planned.volunteer.user_id)

    def test_ties_are_found_by_business_number(self):
        tied = ConflictOfInterestFactory()
        free = VolunteerFactory()
        both = [tied.volunteer_id, free.pk]

        assert ConflictOfInterest.objects.touching("04595257", both) == {tied.volunteer_id}
        assert ConflictOfInterest.objects.touching("", both) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"volunteer": True, "organisation": True},
        {"volunteer": True, "month": dt.date(2026, 8, 7)},
        {"volunteer": True, "places": 100},
    ],
)
def test_the_table_refuses_what_makes_no_sense(fields):
    made = {"volunteer": VolunteerFactory, "organisation": OrganisationFactory}
    given = {name: made[name]() if value is True else value for name, value in fields.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyCapacityFactory(**given)


@pytest.mark.django_db
def test_one_number_a_month_and_one_usual_number_a_holder():
    volunteer = VolunteerFactory()
    for month in (None, MAY):
        MonthlyCapacityFactory(volunteer=volunteer, month=month)
        with pytest.raises(IntegrityError), transaction.atomic():
            MonthlyCapacityFactory(volunteer=volunteer, month=month)


@pytest.mark.django_db
def test_a_leave_ends_after_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        LeaveFactory(volunteer=VolunteerFactory(), ends_on=dt.date(2020, 1, 1))
