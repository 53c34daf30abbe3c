"""Every door is public by this list, guarded by a permission, or opens only onto the visitor's own things."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

# Doors that anyone may open.
PUBLIC = {
    "home",
    "search",
    "a11y",
    "privacy",
    "feedback",
    "styleguide",
    "healthz",
    "readyz",
    "metrics",
    "robots",
    "sitemap",
    "security_txt",
    "change_password",
    "csp_report",
    "set_language",
    "volunteers:index",
    # Links by e-mail for service organisations without an account.
    "partner:link",
    "partner:link_accept",
    "partner:link_decline",
    "partner:link_complete",
    # Links by e-mail for enterprises without an account.
    "mandates:link",
    "mandates:link_confirm",
    "mandates:link_paper",
    "mandates:link_refuse",
    "mandates:link_withdraw",
}
# Doors that lead everyone who is signed in on to where they belong.
LEADS_ON = {"start"}
# Whole rooms that anyone may enter: asking before having an account, following a case by number and code.
PUBLIC_ROOMS = {"systems", "qa", "request", "track", "mailbox", "network", "news", "hsds"}
# Rooms where every view starts from the visitor's own things: strangers' are 404.
OWN_ROOMS = {"account", "inbox", "cases", "acting", "files"}
THIRD_PARTY = ("allauth.", "django.contrib.admin.", "django.contrib.auth.")


def doors(patterns: list[Any], rooms: tuple[str, ...] = ()) -> Iterator[tuple[str, str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*rooms, pattern.namespace) if pattern.namespace else rooms
            yield from doors(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            name = ":".join([*rooms, pattern.name or str(pattern.pattern)])
            yield name, rooms[0] if rooms else "", pattern.callback


DOORS = sorted(
    {(name, room): view for name, room, view in doors(get_resolver().url_patterns)}.items()
)
OURS = [
    pytest.param(name, room, view, id=name)
    for (name, room), view in DOORS
    if not view.__module__.startswith(THIRD_PARTY) and room != "admin"
]


@pytest.mark.parametrize(("name", "room", "view"), OURS)
def test_each_door_is_public_by_list_guarded_or_leads_to_own_things(
    name: str, room: str, view: Any
) -> None:
    needs_sign_in = getattr(view, "login_required", True)
    guarded = hasattr(view, "guarded_by")

    if not needs_sign_in:
        assert name in PUBLIC or room in PUBLIC_ROOMS | OWN_ROOMS, f"{name} is public by mistake"
    else:
        open_room = room in PUBLIC_ROOMS | OWN_ROOMS
        assert guarded or name in PUBLIC | LEADS_ON or open_room, f"{name} asks for no permission"


@pytest.mark.parametrize(("name", "room", "view"), OURS)
def test_each_door_says_which_methods_it_takes(name: str, room: str, view: Any) -> None:
    """The decorators of django.views.decorators.http all wrap their view."""
    wrapped = view
    methods = False
    while wrapped is not None:
        code = getattr(wrapped, "__code__", None)
        methods = methods or (code is not None and "decorators/http.py" in code.co_filename)
        wrapped = getattr(wrapped, "__wrapped__", None)

    assert methods, f"{name} takes every method"


def test_everyone_must_sign_in_unless_a_view_says_otherwise() -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
