"""The menu of the staff side: each door, who has it, and the room it stands in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Permission

# So many doors lie side by side in English at 1280 px; with more of them, rooms become menus.
SIDE_BY_SIDE = 6


@dataclass(frozen=True, slots=True)
class Door:
    """A page of the menu, and with `space` the pages of that namespace that are in no menu.

    also: another permission that opens it.
    """

    permission: Permission
    view: str
    label: str | Promise
    space: str = ""
    also: Permission | None = None


@dataclass(frozen=True, slots=True)
class Room:
    label: str | Promise
    doors: tuple[Door, ...]


# fmt: off
CASES = Room(_("Cases"), (
    Door(Permission.DESK_USE, "desk:queue", _("Cases"), "desk"),
    Door(Permission.DESK_USE, "figures:unmet", pgettext_lazy("menu", "Figures"), "figures",
         Permission.NETWORK_REVIEW),
    Door(Permission.AUDIT_READ, "desk:records", pgettext_lazy("menu", "Record")),
))
KNOWLEDGE = Room(pgettext_lazy("menu", "Knowledge"), (
    Door(Permission.KNOWLEDGE_EDIT, "manage_qa:index", pgettext_lazy("menu", "Q&A"), "manage_qa"),
    Door(Permission.KNOWLEDGE_EDIT, "manage_news:list", _("Announcements"), "manage_news"),
    Door(Permission.KNOWLEDGE_EDIT, "manage_search:index", _("Search words"), "manage_search"),
))
NETWORK = Room(pgettext_lazy("menu", "Network"), (
    Door(Permission.NETWORK_EDIT, "manage_network:index", pgettext_lazy("menu", "Directory"), "manage_network"),
    Door(Permission.NETWORK_REVIEW, "manage_volunteers:applications", pgettext_lazy("menu", "Volunteers"),
         "manage_volunteers"),
))
SETTING_UP = Room(pgettext_lazy("menu", "Set-up"), (
    Door(Permission.CATALOGUE_EDIT, "manage:systems", _("Systems")),
    Door(Permission.ROUTING_EDIT, "manage:routing", pgettext_lazy("menu", "Routing")),
    Door(Permission.CALENDAR_EDIT, "manage:calendar", _("Working days")),
    Door(Permission.TEMPLATES_EDIT, "manage:templates", pgettext_lazy("menu", "Templates")),
    Door(Permission.STAFF_ADMINISTER, "account:staff", pgettext_lazy("menu", "Staff")),
    Door(Permission.DELIVERY_ADMINISTER, "inbox:deliveries", _("Mail")),
))
# fmt: on
ROOMS = (CASES, KNOWLEDGE, NETWORK, SETTING_UP)


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str | Promise
    is_here: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Links that lie side by side, or, with a label, behind it."""

    label: str | Promise
    links: tuple[Link, ...]

    @property
    def is_here(self) -> bool:
        return any(link.is_here for link in self.links)


def parts_for(permissions: Collection[str], view: str, space: str) -> list[Part]:
    """The menu of somebody with these permissions, on the page of this view and namespace."""
    here = _door_of(view, space)
    rooms = [(room, _links(room, permissions, here)) for room in ROOMS]
    open_to = [(room, links) for room, links in rooms if links]
    is_short = sum(len(links) for _room, links in open_to) <= SIDE_BY_SIDE
    return [
        Part("" if is_short or len(links) == 1 else room.label, links) for room, links in open_to
    ]


def _door_of(view: str, space: str) -> Door | None:
    doors = [door for room in ROOMS for door in room.doors]
    exact = (door for door in doors if door.view == view)
    near = (door for door in doors if door.space and door.space == space)
    return next(exact, None) or next(near, None)


def _links(room: Room, permissions: Collection[str], here: Door | None) -> tuple[Link, ...]:
    return tuple(
        Link(reverse(door.view), door.label, door is here)
        for door in room.doors
        if door.permission in permissions or door.also in permissions
    )
