"""Routing rules as data: drafted, rehearsed, turned on, ended; and what a case keeps of them."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from assistance.events import RoutingEvent
from assistance.models import RoutingOutcome, RoutingRule, RuleVersion
from assistance.services import placing, routing_rules
from assistance.services.errors import AgencyNotInForceError
from assistance.services.routing_rules import RuleAsksForNothingError
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from ledger.relay import relay_due
from tests.assistance import asking as ask
from tests.assistance.desk import officer, signed_in
from tests.assistance.ruling import added, case_of, finance_system, in_force, terms
from tests.factories.accounts import AgencyFactory, EnterpriseFactory, UserFactory
from tests.factories.assistance import CoordinatorFactory
from tests.factories.routing import RuleVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance():
    return finance_system()


class TestKeepingRules:
    def test_a_rule_is_drafted_once_and_recorded(self):
        key, by, wanted = uuid.uuid4(), UserFactory().pk, terms()

        first, is_new = routing_rules.add(terms=wanted, by_id=by, key=key)
        again, was_new = routing_rules.add(terms=wanted, by_id=by, key=key)

        assert (first, is_new, was_new) == (again, True, False)
        entry = Entry.objects.get(event=RoutingEvent.DRAFTED)
        assert entry.facts == {"rule": first.rule_id, "version": 1}

    def test_a_rule_that_asks_for_nothing_is_refused(self):
        with pytest.raises(RuleAsksForNothingError):
            added(counties=[])

    def test_an_agency_that_is_not_in_force_is_refused(self):
        gone = AgencyFactory(valid_to=dt.date(2024, 1, 1))

        with pytest.raises(AgencyNotInForceError):
            added(gone)

    def test_turning_on_a_new_version_ends_the_one_before(self):
        first = in_force()
        second = routing_rules.draft(
            rule_id=first.rule_id, terms=terms(counties=["taipei"]), by_id=UserFactory().pk
        )

        routing_rules.turn_on(version_id=second.pk, by_id=UserFactory().pk)

        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, first.number, second.state, second.number) == (
            "ended",
            1,
            "in_force",
            2,
        )
        assert first.ended_at is not None

    def test_the_version_in_force_stays_as_it_is_while_a_draft_is_changed(self):
        version = in_force()

        for counties in (["taipei"], ["keelung"]):
            routing_rules.draft(
                rule_id=version.rule_id, terms=terms(counties=counties), by_id=UserFactory().pk
            )

        version.refresh_from_db()
        assert version.counties == ["tainan"]
        assert RuleVersion.objects.drafts().get().counties == ["keelung"]

    def test_a_version_is_turned_on_once_and_ended_once(self):
        version = in_force()

        with pytest.raises(MoveNotAllowedError):
            routing_rules.turn_on(version_id=version.pk, by_id=UserFactory().pk)
        routing_rules.end(version_id=version.pk, by_id=UserFactory().pk)
        with pytest.raises(MoveNotAllowedError):
            routing_rules.end(version_id=version.pk, by_id=UserFactory().pk)

    def test_a_draft_is_discarded_and_what_was_in_force_is_not(self):
        draft, kept = added(), in_force()

        routing_rules.discard(version_id=draft.pk, by_id=UserFactory().pk)

        assert not RoutingRule.objects.filter(pk=draft.rule_id).exists()
        with pytest.raises(MoveNotAllowedError):
            routing_rules.discard(version_id=kept.pk, by_id=UserFactory().pk)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "in_force"},
            {"counties": []},
            {"staff_at_least": 9, "staff_at_most": 8},
            {"state": "other"},
            {"in_force": True, "state": "ended"},
        ],
    )
    def test_the_database_itself_refuses_what_cannot_be(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            RuleVersionFactory(**wrong)

    def test_the_database_keeps_one_draft_and_one_version_in_force(self):
        for trait in ({}, {"in_force": True}):
            first = RuleVersionFactory(**trait)
            with pytest.raises(IntegrityError), transaction.atomic():
                RuleVersionFactory(rule=first.rule, number=2, **trait)


class TestWhatACaseKeeps:
    def test_a_new_case_keeps_which_rule_fired_and_who_was_ruled_out(self):
        ask.catalogue()
        ida = AgencyFactory()
        version = in_force(ida, counties=[], words=["訂單"])

        case = ask.submit(asking=ask.asking(description="接到大訂單，要買料"))
        relay_due(limit=100)

        unit = RoutingOutcome.objects.get(case=case).units[0]
        assert (unit["system"], unit["agency_id"]) == ("financing", ida.pk)
        assert (unit["number"], unit["version"]) == (version.rule_id, 1)
        assert "rule_names_another" in [out["why"]["code"] for out in unit["ruled_out"]]

    def test_what_fired_does_not_change_with_the_rules(self, finance):
        version = in_force()
        case = case_of(finance, county="tainan")
        placing.place_case(case_id=case.pk)

        routing_rules.end(version_id=version.pk, by_id=UserFactory().pk)
        again = placing.place_case(case_id=case.pk)

        assert again == 0
        assert case.routing_outcome.__class__.objects.get(case=case).units[0]["number"] == (
            version.rule_id
        )

    def test_the_number_of_people_is_that_of_the_enterprise(self, finance):
        ida = AgencyFactory()
        in_force(ida, counties=[], staff_at_most=5)
        small = case_of(finance, enterprise=EnterpriseFactory(regular_staff=3))

        placing.place_case(case_id=small.pk)

        assert RoutingOutcome.objects.get(case=small).units[0]["agency_id"] == ida.pk

    def test_splitting_begins_with_the_agency_the_rule_names(self, finance):
        ida = AgencyFactory()
        officer(Role.OFFICER, agency=ida)
        duty = officer(Role.DUTY)
        officer(Role.OFFICER)
        in_force(ida)
        case = case_of(finance, county="tainan", triaged=True, lead_officer=duty)
        placing.place_case(case_id=case.pk)

        page = signed_in(duty).get(reverse("desk:split", args=[case.reference]))

        assert page.context["form"].initial[f"agency-{finance.pk}"] == ida.pk

    def test_staff_read_why_and_others_do_not_find_the_page(self, finance):
        duty, stranger = officer(Role.DUTY), officer(Role.OFFICER, agency=AgencyFactory())
        in_force()
        case = case_of(finance, county="taipei")
        placing.place_case(case_id=case.pk)
        address = reverse("desk:routing", args=[case.reference])

        page = signed_in(duty).get(address).content.decode()

        assert "規則" in page
        assert "案件在臺北市" in page
        assert signed_in(stranger).get(address).status_code == 404

    def test_the_page_of_the_case_names_the_rule(self, finance):
        duty = officer(Role.DUTY)
        version = in_force()
        case = case_of(finance, county="tainan")
        placing.place_case(case_id=case.pk)

        page = signed_in(duty).get(reverse("desk:case", args=[case.reference])).content.decode()

        assert f"規則 {version.rule_id} 第 1 版" in page


class TestPages:
    @pytest.fixture
    def administrator(self):
        return signed_in(officer(Role.ADMINISTRATOR))

    def answers(self, **changed):
        given = {
            "name_zh": "臺南的案件",
            "name_en": "Cases from Tainan",
            "agency": CoordinatorFactory().pk,
            "counties": ["tainan"],
            "rank": "100",
            "idempotency_key": uuid.uuid4(),
        }
        return given | changed

    def test_a_rule_is_drafted_rehearsed_and_turned_on(self, administrator, finance):
        sent = administrator.post(reverse("manage:routing_add"), self.answers(words="貸款\nloan"))
        version = RuleVersion.objects.get()
        rehearsal = administrator.get(sent["Location"])
        done = administrator.post(reverse("manage:routing_turn_on", args=[version.pk]))

        version.refresh_from_db()
        assert sent["Location"] == reverse("manage:routing_rehearse", args=[version.pk])
        assert rehearsal.status_code == 200
        assert done.status_code == 303
        assert (version.state, version.words) == ("in_force", ["貸款", "loan"])
        assert "臺南市" in administrator.get(reverse("manage:routing")).content.decode()

    def test_a_rule_is_ended_from_the_page_that_says_what_that_would_change(
        self, administrator, finance
    ):
        version = RuleVersionFactory(in_force=True)
        address = reverse("manage:routing_rehearse", args=[version.pk])
        ending = reverse("manage:routing_end", args=[version.pk])

        shown = administrator.get(reverse("manage:routing")).content.decode()
        rehearsal = administrator.get(address).content.decode()
        done = administrator.post(ending)

        assert address in shown
        assert ending not in shown
        assert ending in rehearsal
        assert done.status_code == 303
        version.refresh_from_db()
        assert version.state == "ended"
        assert administrator.get(address).status_code == 404

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name_zh": ""},
            {"agency": ""},
            {"agency": "987654"},
            {"counties": ["atlantis"]},
            {"counties": []},
            {"staff_at_least": "9", "staff_at_most": "8"},
            {"staff_at_least": "-1"},
            {"rank": "0"},
            {"words": "字" * 41},
            {"words": "！！"},
            {"words": "\n".join(f"w{n}" for n in range(31))},
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self, administrator, wrong):
        answer = administrator.post(
            reverse("manage:routing_add"), self.answers(name_en="Kept words", **wrong)
        )

        assert answer.status_code == 422
        assert "Kept words" in answer.content.decode()
        assert not RuleVersion.objects.exists()

    def test_acts_that_came_too_late_are_refused_with_the_reason(self, administrator):
        version = RuleVersionFactory(in_force=True)

        for act in ("turn_on", "discard"):
            answer = administrator.post(reverse(f"manage:routing_{act}", args=[version.pk]))
            assert answer.status_code == 409

    def test_the_list_asks_no_more_for_more_rules(self, administrator):
        address = reverse("manage:routing")
        counts = []
        for how_many in (3, 20):
            for _ in range(how_many):
                RuleVersionFactory(in_force=True)
            administrator.get(address)
            with CaptureQueriesContext(connection) as asked:
                administrator.get(address)
            counts.append(len(asked))

        assert counts[0] == counts[1]
