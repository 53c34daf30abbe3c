"""Who may look after the post."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.verdicts import ALLOWED, Verdict, refused
from notifications.registry import Concerns, NotificationType, registered


def can_administer_delivery(user: Any) -> Verdict:
    """See what was not delivered, send it again, hold addresses back."""
    if standing(user).may(Permission.DELIVERY_ADMINISTER):
        return ALLOWED
    return refused(_("Only administrators look after the delivery of notifications."))


def kinds_for(user: Any) -> list[NotificationType]:
    """The kinds of notification that may reach this person by e-mail."""
    concerned = {Concerns.EVERYONE}
    place = standing(user)
    concerned.add(Concerns.STAFF if place.is_staff else Concerns.APPLICANT)
    if place.enterprise_ids:
        concerned.add(Concerns.APPLICANT)
    return [kind for kind in registered() if kind.by_email and kind.concerns in concerned]
