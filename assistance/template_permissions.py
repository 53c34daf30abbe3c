"""May this person keep reply templates: those of all agencies, or those of her own?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import standing
from accounts.roles import Permission, Role
from assistance.models import ReplyTemplate
from foundation.verdicts import ALLOWED, Verdict, refused

_OF_AN_AGENCY = (Role.LEAD, Role.MANAGER)


def can_edit_templates(user: User) -> Verdict:
    if standing(user).may(Permission.TEMPLATES_EDIT):
        return ALLOWED
    return refused(_("Only lead officers, managers and administrators keep reply templates."))


def can_edit_common_templates(user: User) -> Verdict:
    if standing(user).has_role(Role.ADMINISTRATOR):
        return ALLOWED
    return refused(_("Only administrators change the templates all agencies share."))


def agencies_with_templates(user: User) -> frozenset[int]:
    """The agencies whose own templates this person keeps."""
    place = standing(user)
    found: frozenset[int] = frozenset()
    for role in _OF_AN_AGENCY:
        found |= place.agencies_by_role.get(role, frozenset())
    return found & place.agencies_where(Permission.TEMPLATES_EDIT)


def can_edit_template(user: User, template: ReplyTemplate) -> Verdict:
    if template.agency_id is None:
        return can_edit_common_templates(user)
    if template.agency_id in agencies_with_templates(user):
        return ALLOWED
    return refused(_("Only lead officers and managers of the agency change its templates."))
