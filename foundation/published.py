"""Public pages, drawn once for what is published and kept by each process for a minute.

Only what a visitor without a name would read is kept: no cookie but that of the language or of
the forms, no question behind the address. Before a kept page is sent, the database is asked
whether anything of its rooms was written since (`foundation.stamping`); the form's token and the
nonce of the answer are written in anew each time.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from foundation.impersonal import are_impersonal
from foundation.plans import ask

KEPT_FOR = 60.0
KEPT_PAGES = 200
_STAMPS = "SELECT room, stamp::text FROM foundation_publishedstamp ORDER BY room"
_TOKEN = re.compile(rb'(?:csrfmiddlewaretoken" value=|X-CSRFToken": )"([A-Za-z0-9]{64})"')

View = Callable[..., HttpResponse]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """The bytes between the places where a token (True) or the nonce (False) goes."""

    pieces: list[bytes]
    places: list[bool]
    headers: dict[str, str]
    until: float

    def written(self, request: HttpRequest) -> HttpResponse:
        token, nonce = get_token(request).encode(), b""
        if not all(self.places):
            nonce = str(_nonce(request)).encode()
        parts = [self.pieces[0]]
        for is_token, piece in zip(self.places, self.pieces[1:], strict=True):
            parts += (token if is_token else nonce, piece)
        return HttpResponse(b"".join(parts), headers=self.headers)


@dataclass
class _Kept:
    pages: dict[Key, _Page] = field(default_factory=dict)

    def find(self, key: Key) -> _Page | None:
        page = self.pages.get(key)
        return page if page is not None and page.until > time.monotonic() else None

    def keep(self, key: Key, page: _Page) -> None:
        if len(self.pages) >= KEPT_PAGES:
            self.pages.clear()
        self.pages[key] = page


_kept = _Kept()


def forget_pages() -> None:
    """Draw every page anew."""
    _kept.pages.clear()


def published(*rooms: str) -> Callable[[View], View]:
    """Keep the pages of a view that shows what is published in these rooms and nothing else."""

    def keeping(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _is_for_anybody(request):
                return view(request, *args, **kwargs)
            key = (_place(request), timezone.localdate(), _stamps_of(rooms))
            page = _kept.find(key)
            if page is not None:
                return page.written(request)
            response = view(request, *args, **kwargs)
            if _may_be_kept(response):
                _kept.keep(key, _cut(request, response))
            return response

        vars(kept)["rooms_shown"] = rooms
        return kept

    return keeping


def _is_for_anybody(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and "HX-Request" not in request.headers
        and are_impersonal(request.COOKIES)
    )


def _may_be_kept(response: HttpResponse) -> bool:
    """A form that makes something has a key of its own, so its page is drawn for one reader."""
    return (
        response.status_code == 200
        and not response.cookies
        and b'name="idempotency_key"' not in response.content
    )


def _place(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}{request.path}"


def _stamps_of(rooms: Iterable[str]) -> tuple[str | None, ...]:
    known: dict[str, str] = dict(ask(_STAMPS, []))
    return tuple(known.get(room) for room in rooms)


def _nonce(request: HttpRequest) -> Any:
    return getattr(request, "csp_nonce", "")


def _cut(request: HttpRequest, response: HttpResponse) -> _Page:
    places = dict.fromkeys(_TOKEN.findall(response.content), True)
    nonce = getattr(request, "_csp_nonce", None)
    if nonce:
        places[nonce.encode()] = False
    found = list(_pieces(response.content, places))
    return _Page(
        pieces=[piece for piece, _mark in found],
        places=[places[mark] for _piece, mark in found if mark],
        headers=dict(response.headers),
        until=time.monotonic() + KEPT_FOR,
    )


def _pieces(content: bytes, places: dict[bytes, bool]) -> Iterator[tuple[bytes, bytes]]:
    """Each stretch with the mark that follows it, b"" after the last."""
    if not places:
        yield content, b""
        return
    parts = re.split(b"(" + b"|".join(map(re.escape, places)) + b")", content)
    yield from zip(parts[::2], [*parts[1::2], b""], strict=True)
