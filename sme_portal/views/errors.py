"""Error pages: what happened, what to do, and the number under which we can find it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    context["request_id"] = getattr(request, "id", "") or request.headers.get("X-Request-ID", "")
    return render(request, f"pages/errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason of the refusal is fit to show: it comes from a Verdict."""
    return _page(request, 403, reason=str(exception or ""))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or cookies are off."""
    return _page(
        request,
        403,
        reason=_("This page was open for too long. Go back, reload it and send it again."),
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without database, session or context processors: those may be what failed."""
    request_id = getattr(request, "id", "") or request.headers.get("X-Request-ID", "")
    return _plain(request_id, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    return _plain(getattr(request, "id", ""), 503)


def _plain(request_id: str, status: int) -> HttpResponse:
    body = render_to_string(f"pages/errors/{status}.html", {"request_id": request_id})
    return HttpResponse(body, status=status)
