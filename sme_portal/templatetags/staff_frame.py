"""The frame of the staff side."""

from collections.abc import Collection
from typing import Any

from django import template

from sme_portal.staff_menu import parts_for

register = template.Library()


@register.inclusion_tag("frame/staff_menu.html")
def staff_menu(
    permissions: Collection[str], view: str, space: str, *, is_flat: bool = False
) -> dict[str, Any]:
    """The doors open to somebody with these permissions; `is_flat`: nothing behind anything."""
    return {"parts": parts_for(permissions, view, space), "is_flat": is_flat}
