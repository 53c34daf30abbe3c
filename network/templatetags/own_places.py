"""Where a partner or volunteer works: links for the menu and the account page."""

from typing import Any

from django import template
from django.db.models import Exists, OuterRef

from accounts.models import User
from accounts.permissions import standing
from network.models import OrganisationMembership, Volunteer

register = template.Library()


@register.simple_tag
def own_places(user: Any, *, in_menu: bool = False) -> str:
    """“volunteer”, “partner” or both, for `network/_own_places.html`; one query.

    The menu asks only of people with neither an enterprise nor a role in an agency; the others
    find the same links on their account page.
    """
    who = standing(user)
    if who.user_id is None or (in_menu and (who.enterprise_ids or who.is_staff)):
        return ""
    speaking = OrganisationMembership.objects.in_force().filter(user_id=OuterRef("pk"))
    asked = User.objects.filter(pk=who.user_id).annotate(
        serves=Exists(Volunteer.objects.filter(user_id=OuterRef("pk"))), speaks=Exists(speaking)
    )
    serves, speaks = asked.values_list("serves", "speaks").get()
    return " ".join(name for name, holds in (("volunteer", serves), ("partner", speaks)) if holds)
