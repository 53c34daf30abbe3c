"""May this person keep the catalogue, a system of it, or the calendar?"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.permissions import standing
from accounts.roles import Permission
from assistance.models import GuidanceSystem, SystemAgency
from foundation.verdicts import ALLOWED, Verdict, refused


def can_edit_catalogue(user: User) -> Verdict:
    if standing(user).may(Permission.CATALOGUE_EDIT):
        return ALLOWED
    return refused(_("Only administrators change the catalogue."))


def can_edit_system(user: User, system: GuidanceSystem) -> Verdict:
    """An administrator of the coordinating agency, or of an agency that answers for the system."""
    agencies = standing(user).agencies_where(Permission.CATALOGUE_EDIT)
    if not agencies:
        return refused(_("Only administrators change the catalogue."))
    today = timezone.localdate()
    answering = SystemAgency.objects.answering_for(system.pk, today)
    if answering.filter(agency_id__in=agencies).exists():
        return ALLOWED
    if Agency.objects.filter(pk__in=agencies, is_coordinator=True).exists():
        return ALLOWED
    return refused(_("Only the agencies that answer for this system change it."))


def can_edit_calendar(user: User) -> Verdict:
    if standing(user).may(Permission.CALENDAR_EDIT):
        return ALLOWED
    return refused(_("Only administrators change the working-day calendar."))
