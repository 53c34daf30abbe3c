"""May this person write what the portal publishes, or approve what somebody else wrote?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.verdicts import ALLOWED, Verdict, refused
from knowledge.models import Question, QuestionVersion


def can_edit_knowledge(user: Any) -> Verdict:
    if standing(user).may(Permission.KNOWLEDGE_EDIT):
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
    if user.pk in {version.author_id, version.changed_by_id}:
        return refused(_("You wrote this. Somebody else of the agency approves it."))
    return ALLOWED
