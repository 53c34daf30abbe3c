"""Turns input that no page can use into a plain answer, and keeps personal pages out of caches."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from foundation.errors import DomainError
from foundation.impersonal import are_impersonal
from foundation.text import TextNotAllowedError

_LARGEST_REQUEST = 64 * 1024 * 1024
_LONGEST_ADDRESS = 8_000
_REFUSED_VALUES = (DataError, TextNotAllowedError, OverflowError)
_FORBIDDEN = ("\x00", "%00")

Respond = Callable[[HttpRequest], HttpResponse]


class UsableInputMiddleware:
    """Refuses what no page can use: NUL or broken characters in the address, oversized bodies.

    Also answers 400 where PostgreSQL or the calendar refuses a value, and 409 where an act turned out to be
    impossible and the view let that pass.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        self.largest = getattr(settings, "PORTAL_LARGEST_REQUEST", _LARGEST_REQUEST)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _body_length(request) > self.largest:
            return _page(request, 413)
        if _address_is_unusable(request):
            raise BadRequest(_("The address contains characters that cannot be used."))
        # A cookie may hide anything behind quotes; one that no session can have made is dropped.
        request.COOKIES = {n: v for n, v in request.COOKIES.items() if _is_usable(n + v)}
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        if isinstance(failure, _REFUSED_VALUES) or _is_about_text(failure):
            return _page(request, 400)
        if isinstance(failure, DomainError):
            return _page(request, 409, str(failure.message))
        return None


class PersonalAnswersMiddleware:
    """Tells browsers and proxies to keep no copy of a page drawn for somebody in particular."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_personal = not are_impersonal({*request.COOKIES, *response.cookies})
        if is_personal and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class AddressOfAFormMiddleware:
    """Says in words that an address only takes a form, where a browser would show an empty page.

    People come to one by reloading a page with mistakes in it, or by changing its language.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        page = _page(request, 405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


def _is_about_text(failure: Exception) -> bool:
    """Did the database's driver refuse text that it cannot send?"""
    return isinstance(failure, UnicodeEncodeError) or (
        isinstance(failure, ValueError) and "NUL (0x00)" in str(failure)
    )


def _body_length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 19 else 0


def _address_is_unusable(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    if len(query) + len(request.path) > _LONGEST_ADDRESS:
        return True
    if any(mark in request.path or mark in query for mark in _FORBIDDEN):
        return True
    return not _is_encodable(request.path) or not _all_encodable(request.GET)


def _all_encodable(values: "QueryDict | MultiValueDict[str, str]") -> bool:
    return all(
        _is_encodable(name) and all(_is_encodable(value) for value in listed)
        for name, listed in values.lists()
    )


def _is_usable(text: str) -> bool:
    return "\x00" not in text and _is_encodable(text)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _page(request: HttpRequest, status: int, words: str = "") -> HttpResponse:
    context = {"words": words, "request_id": getattr(request, "id", "")}
    body = render_to_string(f"pages/errors/{status}.html", context, request)
    return HttpResponse(body, status=status)
