"""Who may apply, serve and review; who speaks for an organisation's places."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import can_use_account, standing
from accounts.roles import Permission
from foundation.verdicts import ALLOWED, Verdict, refused
from network.models import OrganisationMembership, Volunteer, VolunteerApplication
from network.volunteer_states import ApplicationState

can_apply = can_use_account


def can_serve(user: Any) -> Verdict:
    """Is or was one of the honorary guidance personnel."""
    if user.is_authenticated and Volunteer.objects.filter(user_id=user.pk).exists():
        return ALLOWED
    return refused(_("This page is for the honorary guidance personnel. You can apply first."))


def can_review_volunteers(user: Any) -> Verdict:
    if standing(user).may(Permission.NETWORK_REVIEW):
        return ALLOWED
    return refused(_("Only managers and administrators review volunteers."))


def can_set_rounds(user: Any) -> Verdict:
    if standing(user).may(Permission.NETWORK_EDIT):
        return ALLOWED
    return refused(_("Only administrators set the days of a round."))


def can_speak_for_an_organisation(user: Any) -> Verdict:
    if OrganisationMembership.objects.of(user).exists():
        return ALLOWED
    return refused(_("This page is for partners of a service organisation."))


def can_decide(user: Any, application: VolunteerApplication) -> Verdict:
    """May take the review that comes next."""
    if not application.is_open:
        return refused(_("This application has already been decided."))
    if application.user_id == user.pk:
        return refused(_("Somebody else must review your own application."))
    is_second = application.state == ApplicationState.REVIEWED
    if is_second and application.first_reviewer_id == user.pk:
        return refused(_("The second review belongs to somebody who did not do the first."))
    return can_review_volunteers(user)
