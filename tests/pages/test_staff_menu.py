"""The menu of the staff side."""

import pytest
from django.utils import translation

from accounts.roles import Permission
from sme_portal.staff_menu import ROOMS, SIDE_BY_SIDE, parts_for

ALL = [permission.value for permission in Permission]
EDITOR = [Permission.DESK_USE, Permission.KNOWLEDGE_EDIT]


def test_a_short_menu_lies_side_by_side():
    parts = parts_for(EDITOR, "manage_qa:index", "manage_qa")

    assert [part.label for part in parts] == ["", ""]
    assert sum(len(part.links) for part in parts) <= SIDE_BY_SIDE


def test_a_long_menu_has_a_room_for_each_kind_and_leaves_no_door_out():
    parts = parts_for(ALL, "home", "")

    assert all(part.label for part in parts)
    assert sum(len(part.links) for part in parts) == sum(len(room.doors) for room in ROOMS)


def test_nobody_sees_a_door_that_is_closed_to_her():
    (part,) = parts_for([Permission.AUDIT_READ], "desk:records", "desk")

    assert [link.url for link in part.links] == ["/desk/records/"]


@pytest.mark.parametrize(
    ("view", "space", "label"),
    [
        ("desk:queue", "desk", "Cases"),
        ("desk:case", "desk", "Cases"),
        ("desk:records", "desk", "Record"),
        ("manage_qa:edit", "manage_qa", "Q&A"),
        ("manage:calendar", "manage", "Working days"),
    ],
)
def test_the_door_one_came_through_is_marked_and_no_other(view, space, label):
    links = [link for part in parts_for(ALL, view, space) for link in part.links]

    with translation.override("en"):
        assert [str(link.label) for link in links if link.is_here] == [label]


def test_without_a_door_of_its_own_a_page_marks_none():
    assert not any(part.is_here for part in parts_for(ALL, "account:profile", "account"))
