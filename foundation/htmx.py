"""Answering whole pages and fragments of them alike."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers


class SeeOther(HttpResponseRedirect):
    """After an act: read the result over there, with GET."""

    status_code = 303


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    partial: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page, or only its `partial` where htmx asks for it."""
    name = f"{template}#{partial}" if partial and wants_fragment(request) else template
    response = render_page(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def redirect(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the person on after an act: 303, or HX-Redirect where htmx asked."""
    url = resolve_url(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        response = HttpResponse(status=200, headers={"HX-Redirect": url})
    else:
        response = SeeOther(url)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_fragment(request: HttpRequest) -> bool:
    """Does htmx ask, for a piece of the page and not for the whole of it?"""
    htmx = getattr(request, "htmx", None)
    return (
        htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    )
