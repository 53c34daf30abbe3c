"""An assignment is undone for two minutes, by whoever made it, if nothing else happened since."""

import datetime as dt
import re
import uuid
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.services import messages, triage, undoing
from assistance.services.errors import NotAnOfficerOfTheAgencyError
from assistance.services.undoing import ChangedSinceError, UndoTooLateError
from assistance.states import CaseState
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db

FOREVER = 10**15


@pytest.fixture
def duty():
    return officer()


@pytest.fixture
def taker():
    return officer(Role.OFFICER)


def assign(case, taker, duty, **more):
    triage.assign(case_id=case.pk, to_id=taker.pk, by_id=duty.pk, **more)


def undo(case, person, up_to=FOREVER):
    return undoing.undo_assign(case_id=case.pk, by_id=person.pk, up_to=up_to)


def way_to_undo(page):
    """The address of the form that the confirmation carries."""
    return unescape(re.search(r'action="([^"]*/bulk/undo/[^"]*)"', page).group(1))


def test_a_first_assignment_undone_leaves_the_case_as_it_came_in(duty, taker):
    case = CaseFactory()
    assign(case, taker, duty)

    undo(case, duty)

    case.refresh_from_db()
    entry = Entry.objects.get(event=CaseEvent.ASSIGNMENT_UNDONE)
    assert (case.state, case.lead_officer) == (CaseState.SUBMITTED, None)
    assert (entry.actor_id, entry.facts) == (duty.pk, {"from": taker.pk, "to": None})


def test_a_case_goes_back_to_the_officer_before_and_keeps_its_state(duty, taker):
    before = officer(Role.LEAD)
    case = CaseFactory(in_progress=True, lead_officer=before)
    assign(case, taker, duty)

    undo(case, duty)

    case.refresh_from_db()
    assert (case.state, case.lead_officer) == (CaseState.PROGRESS, before)


def test_who_had_it_for_a_moment_is_told(duty, taker):
    case = CaseFactory()
    assign(case, taker, duty)
    undo(case, duty)

    relay_due(limit=100)

    told = Message.objects.filter(kind="assistance.assignment_undone", channel="portal")
    assert [one.user_id for one in told] == [taker.pk]


def test_not_after_anything_else_happened(duty, taker):
    case = CaseFactory()
    assign(case, taker, duty)
    messages.send_from_sme(case_id=case.pk, author_id=None, body="請問進度？")

    with pytest.raises(ChangedSinceError):
        undo(case, duty)

    case.refresh_from_db()
    assert case.lead_officer == taker


def test_not_twice_and_not_by_somebody_else(duty, taker):
    case = CaseFactory()
    assign(case, taker, duty)

    with pytest.raises(ChangedSinceError):
        undo(case, officer())
    undo(case, duty)
    with pytest.raises(ChangedSinceError):
        undo(case, duty)

    assert Entry.objects.filter(event=CaseEvent.ASSIGNMENT_UNDONE).count() == 1


def test_an_old_page_does_not_undo_a_later_assignment(duty, taker):
    case = CaseFactory()
    assign(case, taker, duty)
    known = Entry.objects.latest("pk").pk
    assign(case, officer(Role.LEAD), duty)

    with pytest.raises(ChangedSinceError):
        undo(case, duty, up_to=known)


def test_not_after_two_minutes(duty, taker, time_machine):
    case = CaseFactory()
    assign(case, taker, duty)

    time_machine.move_to(timezone.now() + undoing.UNDO_WITHIN + dt.timedelta(seconds=1))

    with pytest.raises(UndoTooLateError):
        undo(case, duty)


def test_not_to_an_officer_who_has_left(duty, taker):
    case = CaseFactory(in_progress=True, lead_officer=UserFactory())
    assign(case, taker, duty)

    with pytest.raises(NotAnOfficerOfTheAgencyError):
        undo(case, duty)


@pytest.mark.parametrize(("prefix", "verb"), [("", "復原"), ("/en", "Undo")])
def test_the_confirmation_of_one_carries_the_button(duty, taker, prefix, verb):
    case, client = CaseFactory(), signed_in(duty)
    url = prefix + reverse("desk:assign", args=[case.reference])

    done = client.post(url, {"officer": taker.pk, "idempotency_key": str(uuid.uuid4())})
    page = client.get(done["Location"]).content.decode()
    undone = client.post(way_to_undo(page))

    case.refresh_from_db()
    assert verb in page
    assert undone.status_code == 303
    assert case.lead_officer is None


def test_the_confirmation_of_many_carries_it_and_undoes_them_all(duty, taker):
    cases, client = CaseFactory.create_batch(3), signed_in(duty)
    typed = {"officer": taker.pk, "idempotency_key": str(uuid.uuid4())}
    typed["case"] = [case.reference for case in cases]

    done = client.post(reverse("desk:bulk_assign"), typed)
    page = client.get(done["Location"]).content.decode()
    undone = client.post(way_to_undo(page))

    assert undone.status_code == 303
    for case in cases:
        case.refresh_from_db()
        assert (case.lead_officer, case.state) == (None, CaseState.SUBMITTED)


def test_what_could_not_be_undone_is_told_case_by_case(duty, taker):
    fine, moved = CaseFactory(), CaseFactory()
    assign(fine, taker, duty)
    assign(moved, taker, duty)
    messages.send_from_sme(case_id=moved.pk, author_id=None, body="請問進度？")
    asked = f"?case={fine.reference}&case={moved.reference}&up_to={FOREVER}"

    answer = signed_in(duty).post(reverse("desk:undo_assign") + asked)

    fine.refresh_from_db()
    problems = {row["case"]: str(row["problem"]) for row in answer.context["rows"]}
    assert answer.status_code == 409
    assert problems[fine] == ""
    assert problems[moved] == str(ChangedSinceError())
    assert fine.lead_officer is None


@pytest.mark.parametrize("up_to", ["", "x", "9" * 30, "-1", "²"])
def test_nonsense_in_the_address_undoes_nothing(duty, taker, up_to):
    case = CaseFactory()
    assign(case, taker, duty)

    asked = {"case": case.reference, "up_to": up_to}
    answer = signed_in(duty).post(reverse("desk:undo_assign", query=asked))

    case.refresh_from_db()
    assert answer.status_code == 409
    assert case.lead_officer == taker
