"""May this person keep the rules that route cases?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import standing
from accounts.roles import Permission
from foundation.verdicts import ALLOWED, Verdict, refused


def can_edit_routing(user: User) -> Verdict:
    if standing(user).may(Permission.ROUTING_EDIT):
        return ALLOWED
    return refused(_("Only administrators keep the routing rules."))
