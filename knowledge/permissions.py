"""May this person write what the portal publishes, or approve what somebody else wrote?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.verdicts import ALLOWED, Verdict, refused
from knowledge.events import QuestionEvent
from knowledge.models import Question, QuestionVersion
from ledger.models import Entry


def can_edit_knowledge(user: Any) -> Verdict:
    if standing(user).may(Permission.KNOWLEDGE_EDIT):
        return ALLOWED
    return refused(_("Only editors write Q&A and announcements."))


def can_read_knowledge(user: Any) -> Verdict:
    """See what is being written: editors that of their agencies, auditors all of it."""
    who = standing(user)
    if who.may(Permission.KNOWLEDGE_EDIT) or who.may(Permission.AUDIT_READ):
        return ALLOWED
    return refused(_("Only editors write Q&A and announcements."))


def agencies_written_for(user: Any) -> frozenset[int]:
    """The agencies in whose name this person writes."""
    return standing(user).agencies_where(Permission.KNOWLEDGE_EDIT)


def agencies_approved_for(user: Any) -> frozenset[int]:
    """The agencies in whose name this person approves."""
    return standing(user).agencies_where(Permission.KNOWLEDGE_APPROVE)


def can_approve(user: Any, question: Question, version: QuestionVersion) -> Verdict:
    """May she agree to this wording, or confirm that it still holds: somebody else's, of her agency."""
    if question.agency_id not in agencies_approved_for(user):
        return refused(_("Only approvers of the responsible agency approve this."))
    if user.pk in writers_of(version):
        return refused(_("You wrote this. Somebody else of the agency approves it."))
    return ALLOWED


def writers_of(version: QuestionVersion) -> frozenset[int]:
    """Everybody who saved a word of it, by the ledger: the row names the first and the last alone."""
    acts = (QuestionEvent.DRAFTED, QuestionEvent.REVISED)
    saved = Entry.objects.about(version.question).filter(
        event__in=acts, facts__version=version.pk, actor_id__isnull=False
    )
    named = {version.author_id, version.changed_by_id, *saved.values_list("actor_id", flat=True)}
    return frozenset(pk for pk in named if pk is not None)
