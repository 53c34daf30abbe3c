"""What staff of one agency learn of the cases of another: nothing, by any door of the desk."""

import csv
import io

import pytest
from django.urls import reverse

from accounts.roles import Role
from assistance import presence, search
from assistance.events import DeskEvent
from assistance.search import Criteria, best_matches
from foundation.text import to_tsvector_text
from ledger.models import Entry
from tests.assistance.desk import elsewhere, officer, signed_in
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import (
    CaseFactory,
    CaseMessageFactory,
    NeedFactory,
    SavedFilterFactory,
)

pytestmark = pytest.mark.django_db
CANARY = "金絲雀專案"


def _hidden():
    case = CaseFactory(subject=CANARY, enterprise_name=CANARY, description=CANARY, overdue=True)
    CaseMessageFactory(case=case, body=CANARY)
    return case


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD, Role.MANAGER])
def test_no_door_of_the_desk_shows_a_case_of_another_agency(role):
    outsider, case = elsewhere(role), _hidden()
    kept = SavedFilterFactory(user=outsider, criteria={"county": ["taichung"]})
    client = signed_in(outsider)
    words = {"q": CANARY, "view": "all"}

    pages = [
        client.get(reverse("desk:queue")),
        client.get(reverse("desk:queue"), words),
        client.get(reverse("desk:queue"), {"layout": "split", "case": case.reference}),
        client.get(reverse("desk:search"), {"q": CANARY}),
        client.get(reverse("desk:search"), {"q": case.reference}),
        client.get(reverse("desk:export"), {"view": "all"}),
    ]

    for page in pages:
        shown = page.content.decode().replace(f'value="{CANARY}"', "").replace(case.reference, "")
        assert page.status_code == 200
        # The words that were typed are shown back in the field; nothing else holds them.
        assert shown.count(CANARY) <= 0 or page.request["QUERY_STRING"].startswith("q=")
        assert case.contact_email not in shown
    tallies = search.tally(outsider, Criteria(), {kept.pk: Criteria.read(kept.criteria)})
    counted = [*tallies.views.values(), *tallies.saved.values(), tallies.here]
    assert {tally.number for tally in counted} == {0}
    assert not client.get(reverse("desk:search"), {"q": CANARY}).context["rows"]


@pytest.mark.parametrize("name", ["peek", "presence", "assign", "case"])
def test_a_foreign_case_is_missing_like_one_that_never_was(name):
    outsider, case = elsewhere(), _hidden()
    client = signed_in(outsider)

    foreign = client.get(reverse(f"desk:{name}", args=[case.reference]))
    missing = client.get(reverse(f"desk:{name}", args=["A115-08-99999"]))

    assert foreign.status_code == missing.status_code == 404
    assert presence.looking_at([case.pk], but=0) == {}


def test_an_agency_sees_the_case_while_it_holds_an_offer_and_no_longer():
    ours = elsewhere()
    agency = ours.staff_memberships.get().agency
    need = NeedFactory(offered=True, agency=agency, case__subject=CANARY)
    client = signed_in(ours)
    assert CANARY in client.get(reverse("desk:queue")).content.decode()

    type(need).objects.filter(pk=need.pk).update(state="declined", offer_lapses_on=None)

    assert CANARY not in client.get(reverse("desk:queue")).content.decode()
    assert client.get(reverse("desk:peek", args=[need.case.reference])).status_code == 404


def test_the_pane_tells_of_another_agencys_need_but_not_what_it_says():
    ours = elsewhere()
    own = NeedFactory(in_progress=True, agency=ours.staff_memberships.get().agency)
    other = NeedFactory(in_progress=True, case=own.case, summary=CANARY)

    page = signed_in(ours).get(reverse("desk:peek", args=[own.case.reference])).content.decode()

    assert other.agency.name_zh in page
    assert CANARY not in page


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, None])
def test_the_desk_is_closed_to_those_without_a_place_at_it(role):
    person = officer(role) if role else UserFactory()
    EnterpriseFactory(owner=person)
    case = CaseFactory()
    client = signed_in(person)

    for name in ("queue", "search", "export", "views", "load", "bulk", "save_filter"):
        assert client.get(reverse(f"desk:{name}")).status_code == 403, name
    for name in ("peek", "presence", "assign"):
        answer = client.get(reverse(f"desk:{name}", args=[case.reference]))
        assert answer.status_code in (403, 404), name


def test_the_export_holds_the_rows_of_the_list_and_no_formula():
    duty = officer()
    CaseFactory(subject="=HYPERLINK(1)", enterprise_name="+危險", county="tainan")
    CaseFactory(county="taichung")

    answer = signed_in(duty).get(reverse("desk:export"), {"county": "tainan"})

    text = answer.content.decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert [row["主旨"] for row in rows] == ["'=HYPERLINK(1)"]
    assert rows[0]["企業"] == "'+危險"
    assert answer["Content-Disposition"].startswith("attachment")
    entry = Entry.objects.get(event=DeskEvent.LIST_EXPORTED)
    assert (entry.actor_id, entry.facts["rows"]) == (duty.pk, 1)


def test_an_export_that_was_cut_says_so(monkeypatch):
    monkeypatch.setattr("assistance.views.desk.export.MOST_ROWS", 2)
    duty = officer()
    CaseFactory.create_batch(3)

    lines = signed_in(duty).get(reverse("desk:export")).content.decode().splitlines()

    assert len(lines) == 4
    assert "只列出前 2 件" in lines[-1]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("A115-07-00042", True),
        ("a115-07", True),
        ("Ａ１１５－０７", True),
        ("00042", True),
        ("禾豐", True),
        ("周轉金", True),
        ("禾豐 周轉", True),
        ("53212539", True),
        ("禾丰", False),
        ("!!!", False),
        ("' OR 1=1", False),
        ("", False),
    ],
)
def test_staff_find_a_case_by_number_enterprise_or_words(words, is_found):
    duty = officer()
    case = CaseFactory(
        reference="A115-07-00042",
        enterprise_name="禾豐精密",
        business_number="53212539",
        closed=True,
    )

    answer = signed_in(duty).get(reverse("desk:search"), {"q": words})

    assert answer.status_code == 200
    listed = [row.case.pk for row in answer.context["rows"]]
    assert listed == ([case.pk] if is_found else [])


def test_a_quick_look_up_shows_the_best_match_first_and_of_equals_the_newest():
    duty = officer()
    tied, better, newer = (
        CaseFactory(search=to_tsvector_text(*words, weights="AD"))
        for words in [("", "貸款"), ("貸款", "貸款"), ("", "貸款")]
    )

    assert list(best_matches(duty, "貸款")) == [better, newer, tied]


def test_of_a_very_common_word_the_newest_cases_are_compared(monkeypatch):
    monkeypatch.setattr(search, "RANKED_UP_TO", 2)
    duty = officer()
    old, best, newest = (
        CaseFactory(search=to_tsvector_text(*words, weights="AD"))
        for words in [("貸款", "貸款"), ("貸款", "貸款"), ("", "貸款")]
    )

    found = list(best_matches(duty, "貸款"))

    assert found == [best, newest]
    assert old not in found


def test_people_on_the_same_case_see_one_another():
    first, second, case = officer(name="陳怡君"), officer(name="林志豪"), CaseFactory()
    signed_in(first).get(reverse("desk:peek", args=[case.reference]))

    page = signed_in(second).get(reverse("desk:peek", args=[case.reference])).content.decode()
    row = signed_in(second).get(reverse("desk:queue")).context["rows"][0]

    assert "陳怡君 也正在看這件案件。" in page
    assert row.onlookers == "陳怡君"


def test_who_has_gone_is_not_shown_any_more(time_machine):
    first, second, case = officer(), officer(), CaseFactory()
    time_machine.move_to("2026-08-03 09:00+08:00", tick=False)
    presence.look(case_id=case.pk, user_id=first.pk, name="陳怡君")
    assert presence.look(case_id=case.pk, user_id=second.pk, name="林志豪")

    time_machine.move_to("2026-08-03 09:02+08:00", tick=False)

    assert presence.look(case_id=case.pk, user_id=second.pk, name="林志豪") == []


def test_who_stays_is_shown_from_poll_to_poll(time_machine):
    """What was said less than twenty seconds ago is not written again; polls come every thirty."""
    first, second, case = officer(), officer(), CaseFactory()
    for at in ("09:00:00", "09:00:19", "09:00:49", "09:01:19"):
        time_machine.move_to(f"2026-08-03 {at}+08:00", tick=False)
        presence.look(case_id=case.pk, user_id=first.pk, name="陳怡君")

    time_machine.move_to("2026-08-03 09:02:10+08:00", tick=False)

    (seen,) = presence.look(case_id=case.pk, user_id=second.pk, name="林志豪")
    assert seen.name == "陳怡君"


def test_a_manager_compares_the_load_of_her_agency_and_of_no_other():
    manager, colleague = officer(Role.MANAGER), officer(Role.OFFICER, name="黃美玲")
    CaseFactory.create_batch(2, triaged=True, lead_officer=colleague, overdue=True)
    NeedFactory(in_progress=True, officer=colleague)
    stranger = elsewhere()

    (line,) = signed_in(manager).get(reverse("desk:load")).context["officers"]
    (own,) = signed_in(stranger).get(reverse("desk:load")).context["officers"]

    assert (line.name, line.cases, line.needs, line.overdue) == ("黃美玲", 2, 1, 2)
    assert own.user_id == stranger.pk


def test_shortcuts_that_were_switched_off_stay_off():
    duty = officer(shortcuts_on=False)

    assert 'data-shortcuts="off"' in signed_in(duty).get(reverse("desk:queue")).content.decode()


def test_a_case_opened_again_within_half_an_hour_is_one_reading(time_machine):
    reader, case = officer(), CaseFactory()
    client, url = signed_in(reader), reverse("desk:case", args=[case.reference])

    for at, readings in (("09:00", 1), ("09:29", 1), ("09:31", 2), ("09:40", 2)):
        time_machine.move_to(f"2026-08-03 {at}+08:00", tick=False)
        client.get(url)
        assert case.readings.filter(reader=reader, what="case").count() == readings, at
