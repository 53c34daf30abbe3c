"""Every page says to the browser what it may do with it."""

import logging
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from csp.constants import HEADER
from csp.exceptions import CSPNonceError
from csp.middleware import CSPMiddleware
from django.http import HttpResponse

from sme_portal.middleware import ContentPolicyMiddleware
from tests.journeys.doors import arguments
from tests.journeys.matrix import expected
from tests.journeys.visiting import address, clients, visit
from tests.journeys.world import make_world

pytestmark = pytest.mark.django_db
READERS = ("anonymous", "owner.a", "lead", "administrator")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def faults(answer: Any, *, is_personal: bool) -> list[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    is_paper = "attachment" in answer.headers.get("Content-Disposition", "")
    found = {
        "no policy": not policy,
        "unsafe policy": "unsafe-" in policy or "*" in policy,
        "may be framed": "frame-ancestors 'none'" not in policy and not is_paper,
        "X-Frame-Options": answer.headers.get("X-Frame-Options") != "DENY",
        "may be sniffed": answer.headers.get("X-Content-Type-Options") != "nosniff",
        "refers": answer.headers.get("Referrer-Policy") != "same-origin",
        "opener": answer.headers.get("Cross-Origin-Opener-Policy") != "same-origin",
        "kept by caches": is_personal
        and not {"private", "no-store"}
        <= {part.strip() for part in answer.headers.get("Cache-Control", "").split(",")},
        "inline style": ' style="' in answer.whole,
        "inline handler": ' onclick="' in answer.whole or ' onload="' in answer.whole,
        "script without nonce": "<script>" in answer.whole,
    }
    return [name for name, is_so in found.items() if is_so]


def test_every_page_and_refusal_carries_the_headers_that_protect_it() -> None:
    world = make_world()
    browsers, given, wrong = clients(world), arguments(world), []

    for name in [*expected(), "admin:login"]:
        path = address(name, given.get(name, []))
        for role in READERS:
            answer = visit(browsers[role], "GET", path)
            bad = faults(answer, is_personal=role != "anonymous")
            wrong += [f"{name} {role} {answer.status_code}: {one}" for one in bad]

    assert not wrong, "\n".join(wrong)


def test_a_page_that_never_was_and_one_that_is_refused_are_protected_too(client: Any) -> None:
    for path in ("/never-was/", "/en/never-was/", "/desk/%00/"):
        answer = client.get(path)
        answer.whole = answer.content.decode()
        # What is refused before any page is chosen has the policy, which says the same.
        assert not set(faults(answer, is_personal=False)) - {"X-Frame-Options"}, path


def test_cookies_are_for_this_portal_and_not_for_scripts(client: Any, settings: Any) -> None:
    client.get(address("account_login", []))

    cookie = client.cookies["portal_csrf"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_the_kept_policy_is_the_one_the_package_composes(rf: Any) -> None:
    """Compared part by part: the package writes its directives in no fixed order."""
    for nonce in (None, "abc"):
        answers = []
        for middleware in (CSPMiddleware, ContentPolicyMiddleware):
            request = rf.get("/")
            made = middleware(lambda _request: HttpResponse("page"))
            made.process_request(request)
            if nonce:
                request._csp_nonce = nonce
            policy = made.process_response(request, HttpResponse("page"))[HEADER]
            answers.append(sorted(part.strip() for part in policy.split(";")))
            with pytest.raises(CSPNonceError) if nonce is None else nullcontext():
                str(request.csp_nonce)

        assert answers[0] == answers[1]
        assert any("nonce-abc" in part for part in answers[1]) is bool(nonce)


def test_an_answer_with_a_policy_of_its_own_keeps_it(rf: Any) -> None:
    page = HttpResponse("page")
    page._csp_update = {"img-src": ["https://maps.example"]}  # type: ignore[attr-defined]

    answer = ContentPolicyMiddleware(lambda _request: page)(rf.get("/"))

    assert "https://maps.example" in answer[HEADER]
