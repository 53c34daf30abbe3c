"""Writes composed once are the writes that Django would make, sent together."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assistance.models import Case, Consent, Draft, RoutingOutcome
from foundation.text import TextNotAllowedError
from foundation.writing import Insert, LastId, Update, send
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db

COPIED = [
    field.attname
    for field in Case._meta.concrete_fields
    if field.name not in ("id", "reference", "search")
]


def copy_of(case: Case, **other) -> Case:
    return Case(**{name: getattr(case, name) for name in COPIED}, **other)


def consent(case: Case, purpose: str) -> Consent:
    return Consent(case_id=case.pk, purpose=purpose, given_at=timezone.now())


def test_a_row_is_written_as_django_writes_it():
    case = CaseFactory()
    cases = Insert(Case)

    for number in range(3):
        made = cases.one(copy_of(case, reference=f"A115-08-9000{number}"))

        kept = Case.objects.get(pk=made.pk)
        assert {name: getattr(kept, name) for name in COPIED} == {
            name: getattr(case, name) for name in COPIED
        }
        assert made == kept
        assert not made._state.adding


def test_what_people_typed_is_tidied_on_this_way_too():
    case = CaseFactory()

    made = Insert(Case).one(
        copy_of(case, reference="A115-08-90001", search=None),
    )
    case.subject = "鋁\u200b材  "
    other = Insert(Case).one(copy_of(case, reference="A115-08-90002"))

    assert Case.objects.get(pk=made.pk).subject == made.subject
    assert Case.objects.get(pk=other.pk).subject == "鋁材"
    case.subject = "字" * 121
    with pytest.raises(TextNotAllowedError):
        Insert(Case).one(copy_of(case, reference="A115-08-90003"))


def test_rows_of_several_tables_go_in_one_trip(django_assert_num_queries):
    consents, outcomes = Insert(Consent), Insert(RoutingOutcome)

    for purposes in (["handle"], ["handle", "improve"], ["handle", "improve"], []):
        case = CaseFactory()
        outcome = RoutingOutcome(case=case, suggested=["a'b%"], suggested_at=timezone.now())
        with django_assert_num_queries(1):
            send(consents(*(consent(case, one) for one in purposes)), outcomes(outcome))

        assert sorted(case.consents.values_list("purpose", flat=True)) == purposes
        assert case.routing_outcome.suggested == ["a'b%"]


def test_what_belongs_to_a_new_row_goes_with_it(django_assert_num_queries):
    case = CaseFactory()
    cases, consents = Insert(Case), Insert(Consent, case=LastId(Case))

    for number in range(3):
        given = [
            Consent(purpose=one, given_at=timezone.now()) for one in ("handle", "improve")[:number]
        ]
        with django_assert_num_queries(1):
            made = cases.one(copy_of(case, reference=f"A115-08-9100{number}"), consents(*given))

        assert Case.objects.get(reference=f"A115-08-9100{number}") == made
        assert made.consents.count() == number


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert send(Insert(Consent)(), None).count == 0


def test_a_refused_row_refuses_all_that_were_sent_with_it():
    case = CaseFactory()
    consents, outcomes = Insert(Consent), Insert(RoutingOutcome)
    outcome = outcomes(RoutingOutcome(case=case, suggested_at=timezone.now()))

    with pytest.raises(IntegrityError, match="one_in_force"), transaction.atomic():
        send(outcome, consents(consent(case, "handle"), consent(case, "handle")))

    assert not RoutingOutcome.objects.filter(case=case).exists()
    assert not case.consents.exists()


def test_an_update_tells_how_many_rows_it_changed():
    now = timezone.now()
    drafts = [
        Draft.objects.create(
            guest_token_hash="x", created_at=now, updated_at=now, expires_at=now, answers={"a": 1}
        )
        for _ in range(3)
    ]
    rename = Update(
        lambda pk, step: (Draft.objects.filter(pk=pk), {"last_step": step, "answers": {}})
    )

    for draft in drafts:
        assert send(rename(draft.pk, "100%")).count == 1
        draft.refresh_from_db()
        assert (draft.last_step, draft.answers) == ("100%", {})
    assert send(rename(uuid.uuid4(), "x")).count == 0


def test_an_update_that_loses_a_value_is_refused():
    lost = Update(lambda pk, step: (Draft.objects.filter(pk=pk), {"last_step": "x"}))

    with pytest.raises(ValueError, match="every value"):
        lost(uuid.uuid4(), "y")
