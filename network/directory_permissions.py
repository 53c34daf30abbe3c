"""Who looks after the directory, and who after one entry."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.verdicts import ALLOWED, Verdict, refused
from network.models import OrganisationMembership


def can_edit_directory(user: Any) -> Verdict:
    if standing(user).may(Permission.NETWORK_EDIT):
        return ALLOWED
    return refused(_("Only administrators add and close entries of the directory."))


def can_look_after_entries(user: Any) -> Verdict:
    """Administrators, and partners of an organisation for their own entry."""
    if can_edit_directory(user) or OrganisationMembership.objects.of(user).exists():
        return ALLOWED
    return refused(_("This page is for partners of a service organisation."))
