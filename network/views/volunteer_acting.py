"""Trying an act from a form, as every page of volunteers does it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.views.posting import posted
from foundation.errors import DomainError
from network.models import Volunteer

__all__ = ["done_or_told", "me", "posted", "tried"]

FINE = 200


def tried(form: Any, do: Callable[[], object]) -> int:
    """Do the act with what was typed: 303 where it is done, else the status of the page.

    What is wrong stands in the form afterwards: 422 what was typed, 409 what is refused.
    """
    if not form.is_bound:
        return FINE
    if not form.is_valid():
        return 422
    try:
        do()
    except DomainError as refusal:
        form.add_error(None, str(refusal.message))
        return 409
    return 303


def done_or_told(
    request: HttpRequest,
    do: Callable[[], object],
    done: str,
    to: HttpResponse,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do an act that needs no form and lead on; where it is refused, say why on the page again."""
    try:
        do()
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return again()
    messages.success(request, done)
    return to


def me(request: HttpRequest) -> Volunteer:
    """The volunteer that this person is."""
    return get_object_or_404(Volunteer, user_id=request.user.pk)
