"""Keeping the catalogue: editions, agencies, reference data."""

import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Agency, SizeThreshold
from assistance.events import CatalogueEvent
from assistance.models import GuidanceSystem, ReplyTemplate, SystemAgency, SystemEdition
from assistance.services import catalogue
from foundation.models import CalendarDay
from ledger.models import Entry
from sme_portal.seeds.reference import seed_reference
from tests.factories.accounts import UserFactory
from tests.factories.catalogue import (
    AgencyOfSystemsFactory,
    EditionFactory,
    SystemAgencyFactory,
    SystemFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def _content(edition: SystemEdition, **changes: object) -> catalogue.EditionContent:
    names = catalogue.EditionContent.__dataclass_fields__
    return catalogue.EditionContent(**{name: getattr(edition, name) for name in names} | changes)


def _publish(edition: SystemEdition, valid_from: dt.date, key: uuid.UUID | None = None, **changes):
    return catalogue.publish_edition(
        system_id=edition.system_id,
        actor_id=UserFactory().pk,
        valid_from=valid_from,
        content=_content(edition, **changes),
        key=key or uuid.uuid4(),
    )


class TestPublishing:
    def test_a_new_edition_ends_the_old_one_the_day_before(self):
        old = EditionFactory()
        tomorrow = timezone.localdate() + DAY

        pk, made = _publish(old, tomorrow, first_answer_days=4)

        old.refresh_from_db()
        new = SystemEdition.objects.get(pk=pk)
        assert made
        assert old.valid_to == timezone.localdate()
        assert (new.valid_from, new.valid_to, new.first_answer_days) == (tomorrow, None, 4)

    def test_publishing_is_recorded_with_codes_only(self):
        edition = EditionFactory()

        _publish(edition, timezone.localdate() + DAY)

        entry = Entry.objects.get(event=CatalogueEvent.EDITION_PUBLISHED)
        assert entry.facts["system"] == edition.system.code

    def test_the_same_key_publishes_once(self):
        edition, key, actor = EditionFactory(), uuid.uuid4(), UserFactory()
        arguments = {
            "system_id": edition.system_id,
            "actor_id": actor.pk,
            "valid_from": timezone.localdate() + DAY,
            "content": _content(edition),
            "key": key,
        }

        first = catalogue.publish_edition(**arguments)
        second = catalogue.publish_edition(**arguments)

        assert (first[1], second[1]) == (True, False)
        assert first[0] == second[0]

    def test_an_edition_does_not_change_the_past(self):
        edition = EditionFactory()

        with pytest.raises(catalogue.EditionInThePastError):
            _publish(edition, timezone.localdate() - DAY)

        edition.refresh_from_db()
        assert edition.valid_to is None

    def test_two_editions_cannot_start_on_one_day(self):
        edition = EditionFactory()
        _publish(edition, timezone.localdate() + DAY)

        with pytest.raises(catalogue.EditionStartsAlreadyError):
            _publish(edition, timezone.localdate() + DAY)

    def test_an_edition_before_a_planned_one_ends_when_that_starts(self):
        edition = EditionFactory()
        today = timezone.localdate()
        _publish(edition, today + 10 * DAY)

        pk, _made = _publish(edition, today + 5 * DAY)

        assert SystemEdition.objects.get(pk=pk).valid_to == today + 9 * DAY


class TestWithdrawing:
    def test_a_planned_edition_is_taken_back_and_the_old_one_goes_on(self):
        old = EditionFactory()
        pk, _made = _publish(old, timezone.localdate() + DAY)

        catalogue.withdraw_edition(edition_id=pk, actor_id=UserFactory().pk)

        old.refresh_from_db()
        assert old.valid_to is None
        assert not SystemEdition.objects.filter(pk=pk).exists()
        assert Entry.objects.filter(event=CatalogueEvent.EDITION_WITHDRAWN).count() == 1

    def test_an_edition_in_force_stays(self):
        edition = EditionFactory()

        with pytest.raises(catalogue.EditionInForceError):
            catalogue.withdraw_edition(edition_id=edition.pk, actor_id=UserFactory().pk)


class TestAgencies:
    def test_agencies_change_from_a_day_on(self):
        term = SystemAgencyFactory()
        first, second = AgencyOfSystemsFactory(), AgencyOfSystemsFactory()
        tomorrow = timezone.localdate() + DAY

        catalogue.assign_agencies(
            system_id=term.system_id,
            actor_id=UserFactory().pk,
            valid_from=tomorrow,
            agency_ids=[second.pk, first.pk, second.pk],
        )

        then = SystemAgency.objects.answering_for(term.system_id, tomorrow)
        now = SystemAgency.objects.answering_for(term.system_id, timezone.localdate())
        assert [one.agency for one in then] == [second, first]
        assert [one.agency for one in now] == [term.agency]
        assert Entry.objects.filter(event=CatalogueEvent.AGENCIES_ASSIGNED).count() == 1

    def test_a_system_is_not_left_without_an_agency(self):
        term = SystemAgencyFactory()

        with pytest.raises(catalogue.NoAgencyError):
            catalogue.assign_agencies(
                system_id=term.system_id,
                actor_id=UserFactory().pk,
                valid_from=timezone.localdate(),
                agency_ids=[],
            )

    def test_an_agency_that_has_ended_cannot_answer(self):
        term = SystemAgencyFactory()
        ended = AgencyOfSystemsFactory(valid_to=timezone.localdate() - DAY)

        with pytest.raises(catalogue.AgencyNotThereError):
            catalogue.assign_agencies(
                system_id=term.system_id,
                actor_id=UserFactory().pk,
                valid_from=timezone.localdate(),
                agency_ids=[ended.pk],
            )

        assert SystemAgency.objects.filter(pk=term.pk, valid_to=None).exists()


class TestConstraints:
    def _refused(self, make):
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            make()
        return str(refusal.value)

    def test_editions_of_one_system_do_not_overlap(self):
        edition = EditionFactory()

        said = self._refused(
            lambda: EditionFactory(system=edition.system, valid_from=dt.date(2024, 1, 1))
        )

        assert "one_edition_per_system_at_a_time" in said

    def test_editions_of_two_systems_may_overlap(self):
        EditionFactory(system__number=1)

        assert EditionFactory(system__number=2).pk

    def test_an_agency_answers_for_a_system_once_at_a_time(self):
        term = SystemAgencyFactory()

        said = self._refused(
            lambda: SystemAgencyFactory(system=term.system, agency=term.agency, position=2)
        )

        assert "one_term_per_agency_and_system_at_a_time" in said

    @pytest.mark.parametrize("days", [0, 251])
    def test_promises_are_within_a_year_of_working_days(self, days):
        said = self._refused(lambda: EditionFactory(next_update_days=days))

        assert "edition_promises_are_one_to_250_days" in said

    def test_the_complete_answer_is_not_promised_before_the_first(self):
        said = self._refused(lambda: EditionFactory(first_answer_days=9, resolution_days=8))

        assert "edition_resolution_is_not_before_first_answer" in said

    def test_an_edition_ends_after_it_starts(self):
        said = self._refused(lambda: EditionFactory(valid_to=dt.date(2020, 1, 1)))

        assert "ends_after_it_starts" in said or "range lower bound" in said

    def test_there_are_no_more_than_eleven_systems(self):
        said = self._refused(lambda: SystemFactory(number=12))

        assert "system_number_is_one_to_eleven" in said

    def test_a_system_belongs_to_a_known_need(self):
        assert "system_group_is_known" in self._refused(lambda: SystemFactory(group="fun"))

    def test_one_system_per_place_in_a_group(self):
        SystemFactory(number=1, position=1)

        said = self._refused(lambda: SystemFactory(number=2, position=1))

        assert "one_system_per_place_in_a_group" in said


class TestReferenceData:
    def test_loading_twice_changes_nothing_the_second_time(self):
        seed_reference()
        counts = _counts()

        seed_reference()

        assert _counts() == counts
        assert counts["systems"] == counts["editions"] == 11

    def test_what_people_changed_stays(self):
        seed_reference()
        ReplyTemplate.objects.filter(code="received").update(title_zh="自己寫的")
        day = CalendarDay.objects.earliest("day")
        CalendarDay.objects.filter(pk=day.pk).update(note_zh="自己寫的")
        edition = SystemEdition.objects.current_editions()[0]
        _publish(edition, timezone.localdate() + DAY)

        seed_reference()

        assert ReplyTemplate.objects.get(code="received").title_zh == "自己寫的"
        assert CalendarDay.objects.get(pk=day.pk).note_zh == "自己寫的"
        assert SystemEdition.objects.count() == 12

    def test_every_system_has_an_agency_today_and_had_one_before_the_reorganisation(
        self, django_assert_num_queries
    ):
        seed_reference()

        with django_assert_num_queries(2):
            now = {
                one.system.code: [agency.code for agency in one.agencies_on()]
                for one in SystemEdition.objects.current_editions()
            }
        before = SystemAgency.objects.on(dt.date(2020, 1, 1)).values_list("system", flat=True)

        assert len(now) == 11
        assert all(now.values())
        assert now["marketing"] == ["ita", "aoc"]
        assert len(set(before)) == 11
        assert Agency.objects.get(code="smea").successor.code == "smesa"

    def test_systems_are_listed_by_need(self):
        seed_reference()

        codes = [system.code for system in GuidanceSystem.objects.in_order()]

        assert codes[:3] == ["financing", "startup", "management"]
        assert codes[-1] == "safety"


def _counts() -> dict[str, int]:
    return {
        "agencies": Agency.objects.count(),
        "systems": GuidanceSystem.objects.count(),
        "editions": SystemEdition.objects.count(),
        "terms": SystemAgency.objects.count(),
        "thresholds": SizeThreshold.objects.count(),
        "days": CalendarDay.objects.count(),
        "templates": ReplyTemplate.objects.count(),
    }


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_publishing_for_one_day_one_wins():
    edition = EditionFactory()
    actors = [UserFactory(), UserFactory()]
    tomorrow = timezone.localdate() + DAY
    start = threading.Barrier(2)

    def publish(actor_id: int) -> str:
        try:
            start.wait(timeout=10)
            catalogue.publish_edition(
                system_id=edition.system_id,
                actor_id=actor_id,
                valid_from=tomorrow,
                content=_content(edition),
                key=uuid.uuid4(),
            )
        except catalogue.EditionStartsAlreadyError:
            return "refused"
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(publish, [actor.pk for actor in actors]))

    assert sorted(outcomes) == ["published", "refused"]
    assert SystemEdition.objects.count() == 2
