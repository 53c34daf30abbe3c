"""May this person write, approve or withdraw this announcement?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.verdicts import ALLOWED, Verdict, refused
from knowledge.announcement_states import VersionState
from knowledge.models import Announcement, AnnouncementVersion


def can_write(user: Any, announcement: Announcement) -> Verdict:
    if announcement.agency_id in standing(user).agencies_where(Permission.KNOWLEDGE_EDIT):
        return ALLOWED
    return refused(_("Only editors of the agency write its announcements."))


def can_withdraw(user: Any, announcement: Announcement) -> Verdict:
    if not _approves_for(user, announcement):
        return refused(_("Only approvers of the agency withdraw its announcements."))
    if not announcement.is_public:
        return refused(_("Only what is public can be withdrawn."))
    return ALLOWED


def can_approve(
    user: Any, announcement: Announcement, version: AnnouncementVersion | None
) -> Verdict:
    """The second person: an approver of the agency who wrote no word of this version."""
    if not _approves_for(user, announcement):
        return refused(_("Only approvers of the agency approve its announcements."))
    if version is None or version.state != VersionState.IN_REVIEW:
        return refused(_("Nothing waits for approval here."))
    if user.pk in version.hands:
        return refused(_("You wrote part of this version. Somebody else has to approve it."))
    return ALLOWED


def can_send_back(
    user: Any, announcement: Announcement, version: AnnouncementVersion | None
) -> Verdict:
    if not _approves_for(user, announcement):
        return refused(_("Only approvers of the agency approve its announcements."))
    if version is None or version.state not in (VersionState.IN_REVIEW, VersionState.APPROVED):
        return refused(_("Nothing waits for approval here."))
    return ALLOWED


def _approves_for(user: Any, announcement: Announcement) -> bool:
    approved_for = standing(user).agencies_where(Permission.KNOWLEDGE_APPROVE)
    return announcement.agency_id in approved_for
