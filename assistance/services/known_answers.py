"""Turning what a case was told into a published answer: a draft without personal data, the link kept."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.events import CaseEvent
from assistance.models import Case, KnownAnswer, KnownAs
from assistance.states import CaseState
from foundation.errors import DomainError
from knowledge import personal_data
from knowledge.models import Question
from knowledge.services import questions
from knowledge.services.wording import WORDS, Wording
from ledger.recording import record

TOLD_STATES = (CaseState.ANSWERED, CaseState.CLOSED)


class NotAnsweredYetError(DomainError):
    message = _("Only an answered case becomes a Q&A.")


class PersonalDataLeftError(DomainError):
    def __init__(self, found: list[str]) -> None:
        words = _("Still found: %(found)s. Take it out, or confirm that it leads to nobody.")
        super().__init__(words % {"found": "、".join(found)})


@transaction.atomic
def draft_from(
    *, case_id: int, by_id: int, wording: Wording, key: UUID, is_checked: bool = False
) -> Question:
    """Draft a question from an answered case, for its lead agency; the case keeps the link.

    Raises NotAnsweredYetError; PersonalDataLeftError where something may lead to a person and
    nobody has confirmed that it does not (`is_checked`); and what drafting refuses.
    """
    case = Case.objects.locked().get(pk=case_id)
    if case.state not in TOLD_STATES:
        raise NotAnsweredYetError
    left = [one.text for name in WORDS for one in found_in(case, getattr(wording, name))]
    if left and not is_checked:
        raise PersonalDataLeftError(list(dict.fromkeys(left)))
    question, is_new = questions.draft(
        agency_id=case.lead_agency_id, by_id=by_id, wording=wording, key=key
    )
    KnownAnswer.objects.get_or_create(
        case=case,
        question=question,
        known_as=KnownAs.DRAFTED_FROM,
        defaults={"noted_at": timezone.now()},
    )
    if is_new:
        facts = {"question": question.pk}
        record(CaseEvent.QA_DRAFTED, subject=case, actor_id=by_id, facts=facts)
    return question


def found_in(case: Case, text: str) -> list[personal_data.Finding]:
    """What in a text may lead to somebody of this case, or to anybody."""
    names = [case.contact_name, case.enterprise_name, case.business_number]
    return personal_data.find(text, names)
