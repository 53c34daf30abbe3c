"""Who reads the figures of the service network and of the agencies."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import standing
from accounts.roles import Permission
from foundation.verdicts import ALLOWED, Verdict, refused

_READS = (Permission.DESK_USE, Permission.NETWORK_EDIT, Permission.NETWORK_REVIEW)


def can_read_figures(user: User) -> Verdict:
    """The desk, and whoever looks after the service network."""
    who = standing(user)
    if any(who.may(permission) for permission in _READS):
        return ALLOWED
    return refused(_("The figures are for the desk and for those who look after the network."))


def can_compare_units(user: User) -> Verdict:
    """The figures of each organisation and volunteer."""
    if standing(user).may(Permission.NETWORK_REVIEW):
        return ALLOWED
    return refused(
        _("The figures of each organisation and volunteer are for managers and administrators.")
    )


def agencies_compared(user: User) -> frozenset[int] | None:
    """The agencies whose figures a person reads; None: of all, for whoever reads every case."""
    who = standing(user)
    if who.may(Permission.CASE_READ_ALL):
        return None
    return who.agencies_where(Permission.LOAD_READ) | who.agencies_where(Permission.CASE_LEAD)


def can_read_agency_figures(user: User) -> Verdict:
    """Leads and managers their agency's; duty officers and auditors those of all."""
    compared = agencies_compared(user)
    if compared is None or compared:
        return ALLOWED
    return refused(_("The figures of an agency are for its lead officers and managers."))
