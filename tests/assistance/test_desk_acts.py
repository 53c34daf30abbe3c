"""Acting from the queue: claiming, assigning one and many, saved filters; and who may not."""

import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from accounts.roles import Role
from assistance.events import CaseEvent, DeskEvent
from assistance.models import Case, CaseMessage, SavedFilter
from assistance.search import Criteria
from assistance.services import bulk, saved_filters, triage
from assistance.services.errors import AlreadyClaimedError
from assistance.states import CaseState
from ledger.models import Entry
from tests.assistance.desk import elsewhere, officer, signed_in
from tests.factories.accounts import AbsenceFactory
from tests.factories.assistance import CaseFactory, SavedFilterFactory

pytestmark = pytest.mark.django_db


def _key():
    return str(uuid.uuid4())


def test_claiming_takes_the_case_and_opens_it():
    duty, case = officer(), CaseFactory()

    answer = signed_in(duty).post(reverse("desk:claim", args=[case.reference]))

    case.refresh_from_db()
    assert (answer.status_code, case.lead_officer, case.state) == (303, duty, CaseState.TRIAGE)
    assert Entry.objects.filter(event=CaseEvent.CLAIMED, actor_id=duty.pk).count() == 1


def test_who_comes_second_is_told_who_was_first():
    first, second, case = officer(name="陳怡君"), officer(), CaseFactory()
    triage.claim(case_id=case.pk, officer_id=first.pk)

    answer = signed_in(second).post(reverse("desk:claim", args=[case.reference]))

    case.refresh_from_db()
    assert answer.status_code == 409
    assert "陳怡君" in answer.content.decode()
    assert case.lead_officer == first


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_claim_at_once_one_wins_and_seven_learn_who():
    people = [officer(name=f"承辦{n}") for n in range(8)]
    case = CaseFactory()
    start, won, told = threading.Barrier(8), [], []

    def try_it(person):
        start.wait()
        try:
            triage.claim(case_id=case.pk, officer_id=person.pk)
            won.append(person)
        except AlreadyClaimedError as refusal:
            told.append(refusal.by_name)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    case.refresh_from_db()
    assert won == [case.lead_officer]
    assert told == [won[0].name] * 7
    assert Entry.objects.filter(event=CaseEvent.CLAIMED).count() == 1


def test_assigning_shows_open_work_and_absence():
    duty, busy = officer(name="陳怡君"), officer(Role.OFFICER, name="黃美玲")
    CaseFactory.create_batch(2, triaged=True, lead_officer=busy, overdue=True)
    AbsenceFactory(user=busy, deputy=duty)
    case = CaseFactory()

    page = signed_in(duty).get(reverse("desk:assign", args=[case.reference])).content.decode()

    assert "黃美玲（未結 2 件、逾期 2 件" in page
    assert "由陳怡君代理" in page


def test_a_note_goes_along_and_stays_among_staff():
    duty, taker, case = officer(), officer(Role.OFFICER), CaseFactory()

    answer = signed_in(duty).post(
        reverse("desk:assign", args=[case.reference]),
        {"officer": taker.pk, "note": "請先看財務報表。", "idempotency_key": _key()},
    )

    case.refresh_from_db()
    assert (answer.status_code, case.lead_officer) == (303, taker)
    assert CaseMessage.objects.get(case=case).kind == "note"
    assert not CaseMessage.objects.for_sme().exists()


def test_the_same_form_sent_twice_assigns_and_notes_once():
    duty, taker, case = officer(), officer(Role.OFFICER), CaseFactory()
    typed = {"officer": taker.pk, "note": "請協助。", "idempotency_key": _key()}
    client, url = signed_in(duty), reverse("desk:assign", args=[case.reference])

    assert client.post(url, typed).status_code == client.post(url, typed).status_code == 303
    assert CaseMessage.objects.count() == 1
    assert Entry.objects.filter(event=CaseEvent.ASSIGNED).count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"officer": "0"},
        {"officer": "nobody"},
        {"officer": "1 OR 1=1"},
        {"note": "\x00"},
        {"note": "長" * 1001},
        {"idempotency_key": "not-a-key"},
    ],
)
def test_a_form_that_says_nothing_useful_comes_back_with_what_was_typed(typed):
    duty, taker, case = officer(), officer(Role.OFFICER), CaseFactory()
    sent = {"officer": taker.pk, "note": "請協助。", "idempotency_key": _key()}
    sent = {**sent, **typed} if typed else {"note": "請協助。"}

    answer = signed_in(duty).post(reverse("desk:assign", args=[case.reference]), sent)

    case.refresh_from_db()
    assert answer.status_code in (400, 422)
    assert case.lead_officer is None
    if answer.status_code == 422 and "note" not in typed:
        assert "請協助。" in answer.content.decode()


def test_someone_from_another_agency_cannot_be_chosen():
    duty, stranger, case = officer(), elsewhere(), CaseFactory()

    answer = signed_in(duty).post(
        reverse("desk:assign", args=[case.reference]),
        {"officer": stranger.pk, "idempotency_key": _key()},
    )

    assert answer.status_code == 422
    assert Case.objects.get().lead_officer is None


def test_many_cases_are_assigned_at_once():
    duty, taker = officer(), officer(Role.OFFICER)
    cases = CaseFactory.create_batch(3)
    chosen = [case.reference for case in cases]

    page = signed_in(duty).post(reverse("desk:bulk"), {"case": chosen})
    answer = signed_in(duty).post(
        reverse("desk:bulk_assign"),
        {"case": chosen, "officer": taker.pk, "idempotency_key": _key()},
    )

    assert page.status_code == 200
    assert all(reference in page.content.decode() for reference in chosen)
    assert answer.status_code == 303
    assert set(Case.objects.values_list("lead_officer", flat=True)) == {taker.pk}


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/desk/?county=tainan", "/desk/?county=tainan"),
        ("https://evil.example/desk/", "/desk/"),
        ("//evil.example", "/desk/"),
        ("/desk/../admin/", "/desk/"),
        ("/desk/?a=b\r\nSet-Cookie: x", "/desk/"),
    ],
)
def test_after_assigning_one_is_back_in_the_list_one_came_from(asked, led):
    duty, taker, case = officer(), officer(Role.OFFICER), CaseFactory()

    answer = signed_in(duty).post(
        reverse("desk:bulk_assign"),
        {
            "case": [case.reference],
            "officer": taker.pk,
            "back": asked,
            "idempotency_key": _key(),
        },
    )

    assert (answer.status_code, answer["Location"]) == (303, led)


def test_what_could_not_be_assigned_is_told_case_by_case():
    duty, taker = officer(), officer(Role.OFFICER)
    fine, settled = CaseFactory(), CaseFactory(closed=True)

    answer = signed_in(duty).post(
        reverse("desk:bulk_assign"),
        {
            "case": [fine.reference, settled.reference],
            "officer": taker.pk,
            "idempotency_key": _key(),
        },
    )

    fine.refresh_from_db()
    assert answer.status_code == 409
    problems = {row["case"]: str(row["problem"]) for row in answer.context["rows"]}
    assert problems[fine] == ""
    assert problems[settled]
    assert fine.lead_officer == taker


def test_many_cases_are_claimed_and_those_taken_meanwhile_stay():
    duty, other = officer(), officer(name="陳怡君")
    free, taken = CaseFactory(), CaseFactory()
    triage.claim(case_id=taken.pk, officer_id=other.pk)

    outcomes = bulk.claim(case_ids=[taken.pk, free.pk], officer_id=duty.pk)

    told = {one.case_id: str(one.problem) for one in outcomes}
    assert told[free.pk] == ""
    assert "陳怡君" in told[taken.pk]


def test_nothing_ticked_leads_back_to_the_list():
    answer = signed_in(officer()).post(reverse("desk:bulk"), {})

    assert answer.status_code == 303


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD, Role.MANAGER])
def test_cases_one_cannot_see_are_not_touched_in_bulk(role):
    outsider, case = elsewhere(role), CaseFactory()

    answer = signed_in(outsider).post(
        reverse("desk:bulk_assign"),
        {"case": [case.reference], "officer": outsider.pk, "idempotency_key": _key()},
    )

    assert answer.status_code == 422
    assert case.reference not in answer.content.decode()
    assert Case.objects.get().lead_officer is None


def test_an_auditor_reads_the_desk_and_changes_nothing():
    auditor, case = officer(Role.AUDITOR), CaseFactory()
    client = signed_in(auditor)

    page = client.get(reverse("desk:queue")).content.decode()

    assert case.reference in page
    assert 'name="case"' not in page
    for url in (
        reverse("desk:claim", args=[case.reference]),
        reverse("desk:assign", args=[case.reference]),
        reverse("desk:bulk"),
        reverse("desk:bulk_assign"),
        reverse("desk:bulk_claim"),
        reverse("desk:save_filter"),
    ):
        assert client.post(url, {"case": [case.reference]}).status_code == 403, url
    assert Case.objects.get().lead_officer is None


def test_a_filter_is_saved_under_a_name_and_shown_with_its_count():
    duty = officer()
    CaseFactory(county="taichung")
    client, query = signed_in(duty), "?county=taichung"

    answer = client.post(
        reverse("desk:save_filter") + query, {"name": "中部案件", "idempotency_key": _key()}
    )
    page = client.get(reverse("desk:queue") + query)

    assert answer.status_code == 303
    assert SavedFilter.objects.get().criteria == {"county": ["taichung"]}
    assert Entry.objects.filter(event=DeskEvent.FILTER_SAVED, actor_id=duty.pk).exists()
    (kept,) = page.context["saved_rail"]
    assert (kept["label"], kept["tally"].number, kept["is_here"]) == ("中部案件", 1, True)


def test_a_filter_needs_a_name_of_its_own_and_something_to_keep():
    duty = officer()
    SavedFilterFactory(user=duty, name="中部案件")
    client = signed_in(duty)

    twice = client.post(
        reverse("desk:save_filter") + "?county=tainan",
        {"name": "中部案件", "idempotency_key": _key()},
    )
    empty = client.post(reverse("desk:save_filter"), {"name": "空的", "idempotency_key": _key()})
    blank = client.post(
        reverse("desk:save_filter") + "?county=tainan", {"name": "ㅤ", "idempotency_key": _key()}
    )

    assert (twice.status_code, empty.status_code, blank.status_code) == (409, 409, 422)
    assert SavedFilter.objects.count() == 1


def test_no_more_filters_than_fit_the_rail():
    duty = officer()
    SavedFilterFactory.create_batch(saved_filters.MOST_FILTERS, user=duty)

    with pytest.raises(saved_filters.TooManyFiltersError):
        saved_filters.save(user_id=duty.pk, name="再一個", criteria=Criteria(county=("tainan",)))


def test_a_filter_is_removed_by_its_owner_only():
    duty, other = officer(), officer()
    kept = SavedFilterFactory(user=duty)
    url = reverse("desk:remove_filter", args=[kept.pk])

    assert signed_in(other).post(url).status_code == 404
    assert signed_in(duty).post(url).status_code == 303
    assert not SavedFilter.objects.exists()
    assert Entry.objects.filter(event=DeskEvent.FILTER_REMOVED).count() == 1


def test_a_filter_kept_by_an_older_version_is_read_as_far_as_it_is_understood():
    kept = Criteria.read({"view": "gone", "system": "financing", "county": ["tainan", 3], "x": 1})

    assert kept == Criteria(county=("tainan",))
