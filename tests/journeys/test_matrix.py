"""The permission matrix: every door, every role, every method; nothing of A shows to strangers."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.journeys.doors import ADMIN, arguments, names
from tests.journeys.matrix import expected
from tests.journeys.matrix_guest import GUEST
from tests.journeys.visiting import address, clients, guest_of, letter, visit
from tests.journeys.world import GUEST_MAY_READ, MAY_READ, ROLES, World, make_world

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(600)]

STRANGERS = ("anonymous", "owner.b", "pending", "officer.ita", "administrator")
OTHER_METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
TAKES_ANY_METHOD = ("account_", "mfa_", "admin:")
DEPENDS = {"readyz"}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are wanted here; nobody needs to read of them."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def browsers(world: World) -> dict[str, Client]:
    return clients(world)


def leaks(role: str, answer: Any) -> list[str]:
    """The canaries in an answer that this role may not read."""
    return [word for word, may in MAY_READ.items() if role not in may and word in answer.whole]


def test_every_name_stands_in_the_table() -> None:
    ours = {name for name in names() if not name.startswith(ADMIN)}

    assert not ours - set(expected()), "doors without a row in the matrix"
    assert not set(expected()) - ours, "rows in the matrix without a door"


def _alike(seen: str, wanted: str) -> bool:
    return wanted in (seen, "?")


def test_every_door_answers_every_role_as_the_table_says(
    world: World, browsers: dict[str, Client]
) -> None:
    given, wrong = arguments(world), []

    for name, rows in expected().items():
        path = address(name, given.get(name, []))
        for method, letters in zip(("GET", "POST"), rows, strict=True):
            for role, wanted in zip(ROLES, letters, strict=True):
                told = f"{method} {name} {role}"
                answer = _knock(browsers[role], method, path)
                if not _alike(letter(answer), wanted):
                    wrong.append(f"{told}: {letter(answer)}, not {wanted}")
                wrong += [f"{told} shows {w}" for w in leaks(role, answer)]

    assert not wrong, "\n".join(wrong)


def _knock(browser: Client, method: str, path: str) -> Any:
    return visit(browser, method, path, **({"data": {}} if method == "POST" else {}))


def test_a_guest_with_a_code_comes_in_where_strangers_do_and_to_her_own_case(world: World) -> None:
    given, wrong, guest = arguments(world), [], guest_of(world.case)

    for name, rows in expected().items():
        path = address(name, given.get(name, []))
        wanted = GUEST.get(name, (rows[0][0], rows[1][0]))
        for method, one in zip(("GET", "POST"), wanted, strict=True):
            answer = _knock(guest, method, path)
            if not _alike(letter(answer), one):
                wrong.append(f"{method} {name}: {letter(answer)}, not {one}")
            told = {word for word in MAY_READ if word in answer.whole} - GUEST_MAY_READ
            wrong += [f"{method} {name} shows {word}" for word in sorted(told)]

    assert not wrong, "\n".join(wrong)


def test_a_guests_code_opens_no_other_case(world: World) -> None:
    guest, other = guest_of(world.waiting), world.case.reference

    for name in GUEST:
        if name.startswith("track:"):
            given = [other, *arguments(world)[name][1:]]
            for method in ("GET", "POST"):
                answer = _knock(guest, method, address(name, given))
                assert letter(answer) in "nml", (method, name)
                assert not any(word in answer.whole for word in MAY_READ), (method, name)


def test_other_methods_neither_fail_nor_tell(world: World, browsers: dict[str, Client]) -> None:
    given, wrong = arguments(world), []

    for name, (reading, _sending) in expected().items():
        path = address(name, given.get(name, []))
        is_strict = not name.startswith(TAKES_ANY_METHOD)
        for role in ("anonymous", "owner.b", "officer.ita"):
            for method in OTHER_METHODS if role == "owner.b" else ("HEAD", "DELETE"):
                answer = visit(browsers[role], method, path)
                seen = letter(answer)
                if answer.status_code >= 500 and name not in DEPENDS:
                    wrong.append(f"{method} {name} {role}: {answer.status_code}")
                if is_strict and method in ("PUT", "PATCH", "DELETE") and seen not in "lfnm":
                    wrong.append(f"{method} {name} {role}: {seen}")
                if (
                    method == "HEAD"
                    and seen != "m"
                    and not _alike(seen, reading[ROLES.index(role)])
                ):
                    wrong.append(f"HEAD {name} {role}: {seen} unlike GET")
                wrong += [f"{method} {name} {role} shows {w}" for w in leaks(role, answer)]

    assert not wrong, "\n".join(wrong)


def test_the_english_doors_are_the_same_doors(world: World, browsers: dict[str, Client]) -> None:
    given, wrong = arguments(world), []

    for name, (reading, _sending) in expected().items():
        path = address(name, given.get(name, []), "en")
        if not path.startswith("/en/"):
            continue
        for role in ("owner.b", "officer.ita"):
            answer = visit(browsers[role], "GET", path)
            wanted = reading[ROLES.index(role)]
            if not _alike(letter(answer), wanted):
                wrong.append(f"{name} {role}: {letter(answer)}, not {wanted}")
            wrong += [f"{name} {role} shows {word}" for word in leaks(role, answer)]

    assert not wrong, "\n".join(wrong)


def test_no_role_of_the_portal_comes_into_the_technical_admin(
    world: World, browsers: dict[str, Client]
) -> None:
    given, wrong = arguments(world), []

    for name in sorted(one for one in names() if one.startswith(ADMIN)):
        for role in ("anonymous", "owner.a", "administrator"):
            answer = visit(browsers[role], "GET", address(name, given.get(name, [])))
            if letter(answer) not in "lfn" and name != "admin:logout":
                wrong.append(f"{name} {role}: {letter(answer)}")
            wrong += [f"{name} {role} shows {word}" for word in leaks(role, answer)]

    assert not wrong, "\n".join(wrong)


def _holding_cases(world: World) -> list[tuple[str, list[Any]]]:
    """Every page that lists, counts or finds cases, or shows one: name, query, arguments."""
    number = world.waiting.reference
    return [
        ("home", []),
        ("search?q=qzcase", []),
        ("search?q=" + number, []),
        ("search?q=qzsmesaneed&kind=cases", []),
        ("desk:known", [number]),
        ("desk:routing", [number]),
        ("desk:refer", [number]),
        ("desk:queue", []),
        ("desk:queue?view=all&layout=split&case=" + number, []),
        ("desk:queue?view=waiting&layout=split", []),
        ("desk:queue?view=all&q=qzcase", []),
        ("desk:search?q=qzcase", []),
        ("desk:search?q=" + number, []),
        ("desk:search?q=qzsmesaneed", []),
        ("desk:export?view=all", []),
        ("desk:bulk?case=" + number, []),
        ("desk:bulk_ask?case=" + number, []),
        ("desk:bulk_merge?case=" + number + "&case=" + world.case.reference, []),
        ("desk:hand_over?case=" + number, []),
        ("cases:list", []),
        ("track:lookup?number=" + number, []),
        ("desk:case?all=1", [number]),
        ("desk:peek", [number]),
        ("desk:presence", [number]),
        ("desk:audit", [number]),
        ("desk:enterprise", [number]),
        ("desk:split", [number]),
        ("desk:compare?with=" + world.case.reference, [number]),
        ("desk:ask", [number]),
        ("cases:detail?all=1", [number]),
        ("cases:print", [number]),
        ("cases:readers", [number]),
        *(
            ("files:download", [one])
            for one in world.waiting.attachments.values_list("pk", flat=True)
        ),
    ]


def test_lists_counts_searches_and_exports_hold_only_ones_own(
    world: World, browsers: dict[str, Client]
) -> None:
    """The waiting case too, with questions and papers of two agencies."""
    wrong, number = [], world.waiting.reference
    for named, args in _holding_cases(world):
        name, _mark, query = named.partition("?")
        path = address(name, args) + (f"?{query}" if query else "")
        for role in ROLES:
            answer = visit(browsers[role], "GET", path)
            if answer.status_code >= 500:
                wrong.append(f"{named} {role}: {answer.status_code}")
            typed = {word for word in MAY_READ if word in query}
            told = [word for word in leaks(role, answer) if word not in typed]
            wrong += [f"{named} {role} shows {word}" for word in told]
            if role in STRANGERS and "A115" not in query and number in answer.whole and not args:
                wrong.append(f"{named} {role} names the case")

    assert not wrong, "\n".join(wrong)
    queue = address("desk:queue", [])
    # At SMESA there are a caller's case and a filer's beside the two of enterprise A.
    for role, own, of_a in (
        ("officer.ita", 0, 0),
        ("officer.ida", 2, 2),
        ("duty", 4, 2),
        ("auditor", 4, 2),
    ):
        answer = browsers[role].get(f"{queue}?view=all")
        assert answer.context["tallies"].here.number == own, role
        assert answer.context["tallies"].views["open"].number == own, role
        found = browsers[role].get(address("desk:search", []), {"q": "qzcase"})
        assert len(found.context["rows"]) == of_a, role
