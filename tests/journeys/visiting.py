"""Opening doors in many roles quickly: each visit leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from assistance.models import Case
from tests.journeys.world import ROLES, World

ORIGIN = "http://testserver"


def clients(world: World) -> dict[str, Client]:
    """A browser for each role, signed in."""
    made = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, user in world.people.items():
        made[role].force_login(user)
    return made


def guest_of(case: Case) -> Client:
    """A browser without an account that has given the code of this case."""
    guest = Client(raise_request_exception=False)
    session = guest.session
    session["followed_cases"] = {case.reference: timezone.now().timestamp() + 3600}
    session.save()
    return guest


def address(name: str, args: list[Any], language: str = "zh-hant") -> str:
    with translation.override(language):
        return reverse(name, args=args)


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Take back what happens inside: rows, cookies, the cache of tries."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies
    cache.clear()


def visit(client: Client, method: str, path: str, **sent: Any) -> Any:
    """One request that is taken back; the body is read before."""
    with undone(client):
        answer = client.generic(method, path) if not sent else _send(client, method, path, sent)
        answer.whole = body_of(answer)
    return answer


def _send(client: Client, method: str, path: str, sent: dict[str, Any]) -> Any:
    return getattr(client, method.lower())(path, **sent)


def body_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{head}\n\n{content.decode('utf-8', 'replace')}"


def letter(answer: Any) -> str:
    """How the door answered, in one letter of the matrix."""
    status = answer.status_code
    if status in (301, 302, 303):
        to = answer.headers["Location"].removeprefix(ORIGIN)
        return "l" if "/account/login/" in to or "/admin/login/" in to else "r"
    known = {200: "o", 204: "o", 403: "f", 404: "n", 405: "m", 422: "u", 409: "c", 400: "b"}
    return known.get(status, "!")
