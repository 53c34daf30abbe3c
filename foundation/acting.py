"""Trying an act from a page: it is done and leads on, or is refused and the page says why."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict

from foundation.errors import DomainError

Result = TypeVar("Result")
FINE, DONE, UNPROCESSABLE, CONFLICT = 200, 303, 422, 409


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, be it nothing; None for a page that is only shown."""
    return request.POST if request.method == "POST" else None


def tried(form: Any, do: Callable[[], object], *, refused_at: str | None = None) -> int:
    """Do the act with what was typed: 303 where it is done, else the status of the page.

    What is wrong stands in the form afterwards: 422 what was typed, 409 what is refused, beside
    the field `refused_at` or on top.
    """
    if not form.is_bound:
        return FINE
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        do()
    except DomainError as refusal:
        form.add_error(refused_at, str(refusal))
        return CONFLICT
    return DONE


def done_or_told(
    request: HttpRequest,
    do: Callable[[], Result],
    done: str | Callable[[Result], str],
    to: HttpResponse,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do an act that needs no form and lead on; where it is refused, say why on the page again."""
    try:
        result = do()
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return again()
    messages.success(request, done if isinstance(done, str) else done(result))
    return to
