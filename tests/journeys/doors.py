"""Every URL name of the portal, with arguments that point at things of enterprise A."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

from tests.journeys import world_qa, world_search
from tests.journeys.world import World
from tests.journeys.world_mandates import mandate_arguments
from tests.journeys.world_network import directory_arguments
from tests.journeys.world_volunteers import volunteer_arguments

ADMIN = "admin:"
_CASE_ROOMS = ("desk:", "cases:", "track:")
_OF_A_REFERRAL = ("referral", "accept", "decline", "report", "complete")
_OF_A_LINK = ("", "_accept", "_decline", "_complete")
_OF_A_ROW = ("_history", "_delete", "_change")
_NO_OBJECT = {
    "desk:load",
    "admin:password_change",
    "desk:queue",
    "desk:new",
    "desk:search",
    "desk:export",
    "desk:views",
    "desk:save_filter",
    "desk:records",
    "desk:records_export",
    "desk:remove_filter",
    "desk:rename_filter",
    "desk:bulk",
    "desk:bulk_assign",
    "desk:bulk_claim",
    "desk:bulk_ask",
    "desk:bulk_merge",
    "desk:hand_over",
    "desk:undo_assign",
    "cases:list",
    "track:lookup",
    "track:code",
    "track:send_code",
    "track:leave",
}


def names() -> set[str]:
    """Every name in the house; what has none cannot be linked to."""
    return {name for name, _route in _walk(get_resolver().url_patterns) if name}


def _walk(patterns: list[Any], rooms: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*rooms, pattern.namespace) if pattern.namespace else rooms
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield ":".join([*rooms, pattern.name]) if pattern.name else "", str(pattern.pattern)


def arguments(world: World) -> dict[str, list[Any]]:
    """The arguments of each name that takes any."""
    ids = world.ids
    system = ids["system"].code
    asked = [world.waiting.reference, world.question.pk]
    given: dict[str, list[Any]] = _of_news(ids, names()) | {
        **{f"mailbox:{page}": ["never-was.eml"] for page in ("mail", "body")},
        "systems:detail": [system],
        "request:resume": [world.draft.pk, "not-the-secret"],
        "request:upload": ["registration"],
        "request:remove_file": [world.draft_paper.pk],
        "request:done": [world.case.reference],
        "request:step": ["problem"],
        "request:autosave": ["problem"],
        **{name: [ids["call"].pk] for name in ("cases:stated", "cases:stated_deny")},
        **_of_partners(world),
        "cases:answer": asked,
        "track:answer": asked,
        "desk:cancel_question": asked,
        "figures:unmet_county": ["tainan"],
        "files:download": [world.paper.pk],
        **{f"desk:{act}_filter": [ids["filter"].pk] for act in ("remove", "rename")},
        "manage:edition_withdraw": [system, ids["edition"].pk],
        **world_search.arguments(ids),
        **world_qa.arguments(ids),
        "inbox:read": [ids["inbox"].pk],
        **{f"inbox:{act}": [ids["mail"].pk] for act in ("resend", "hold_back")},
        "inbox:release": [ids["held"].pk],
        **_of_accounts(world),
        **{f"mfa_{act}_webauthn": [1] for act in ("remove", "edit")},
        "admin:view_on_site": [1, 1],
        "admin:app_list": ["ledger"],
        **directory_arguments(ids) | volunteer_arguments(ids) | mandate_arguments(ids),
    }
    for act in ("change", "restore", "retire"):
        given[f"manage:template_{act}"] = [ids["template"].pk]
    for act in ("accept", "refuse", "withdraw"):
        given[f"account:claim_{act}"] = [ids["claim"].pk]
    for name in names():
        if name in given or name in _NO_OBJECT:
            continue
        if name.startswith("manage:system") and name != "manage:systems":
            given[name] = [system]
        elif name.startswith(_CASE_ROOMS):
            given[name] = [world.case.reference, *_within_case(world, name)]
        elif name.startswith(ADMIN) and name.endswith(_OF_A_ROW):
            given[name] = [1]
    return given


def _of_news(ids: dict[str, Any], known: set[str]) -> dict[str, list[Any]]:
    """Things of the announcement, of its file, of a subscriber."""
    slug, secret = ids["news"].slug, ids["news_reader"].secret
    given = {f"news:{act}": [secret] for act in ("confirm", "choices", "end")}
    given |= {f"news:{page}": [slug] for page in ("detail", "event", "print")}
    given |= {"news:feed": ["events"], "news:file": [ids["news_file"].pk]}
    plain = {"manage_news:list", "manage_news:write"}
    given |= {name: [slug] for name in known if name.startswith("manage_news:")}
    given["manage_news:version"] = [slug, 1]
    given["manage_news:remove_file"] = [slug, ids["news_file"].pk]
    return {name: args for name, args in given.items() if name not in plain}


def _of_accounts(world: World) -> dict[str, list[Any]]:
    ids, firm = world.ids, world.a.pk
    return {
        "account:enterprise": [firm],
        "account:enterprise_change": [firm],
        "account:branch_add": [firm],
        "account:invite": [firm],
        "account:branch_change": [ids["branch"].pk],
        "account:branch_close": [ids["branch"].pk],
        "account:invitation_revoke": [ids["invitation"].pk],
        "account:member_role": [ids["member"].pk],
        "account:owner_appoint": [ids["member"].pk],
        "account:person_remove": [ids["member"].pk],
        "account:member_end": [ids["member"].pk],
        "account:invitation": ["not-the-token"],
        "account:invitation_accept": ["not-the-token"],
        "account:staff_end": [ids["post"].pk],
        "account:absence_cancel": [ids["absence"].pk],
    }


def _of_partners(world: World) -> dict[str, list[Any]]:
    referral = [world.ids["referral"].pk]
    return {f"partner:{act}": referral for act in _OF_A_REFERRAL} | {
        f"partner:link{act}": ["not-the-secret"] for act in _OF_A_LINK
    }


def _within_case(world: World, name: str) -> list[Any]:
    if ":referral" in name:
        return [world.ids["referral"].pk]
    if name == "desk:coordinate":
        return [world.needs["smesa"].system.code]
    if name.endswith(":remove_file"):
        return [world.paper.pk]
    return [world.needs["smesa"].pk] if name.startswith("desk:need_") else []


def elsewhere(given: list[Any]) -> list[Any]:
    """The same arguments for something that never was."""
    return [_never(one) for one in given]


def _never(one: Any) -> Any:
    if isinstance(one, int):
        return 987_654_321
    if isinstance(one, uuid.UUID):
        return uuid.UUID(int=7)
    return "A115-08-99999" if str(one).startswith("A115") else "never-was"
