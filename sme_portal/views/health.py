"""Doors for machines: alive, ready, figures, crawlers, security researchers, browsers that report."""

import hmac
import json
import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap as list_pages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe
from django.views.i18n import set_language
from django_prometheus.exports import ExportToDjangoView

from sme_portal import condition
from sme_portal.sitemap import SITEMAPS

logger = logging.getLogger(__name__)

LONGEST_REPORT = 16 * 1024
REPORTED = ("document-uri", "effective-directive", "violated-directive", "blocked-uri")
LOOPBACK = {"127.0.0.1", "::1"}


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "alive"})


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """What the process needs is there: 503 and the names of what is not."""
    checks = {finding.name: finding.ok for finding in condition.needed_to_serve()}
    ready = all(checks.values())
    status = "ready" if ready else "not ready"
    return JsonResponse({"status": status, "checks": checks}, status=200 if ready else 503)


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus: with the token, or in the demo from this machine."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    expected = settings.METRICS_TOKEN
    by_token = bool(expected) and hmac.compare_digest(given.encode(), expected.encode())
    by_place = settings.PORTAL_DEMO and request.META.get("REMOTE_ADDR") in LOOPBACK
    if not (by_token or by_place):
        raise Http404
    answer: HttpResponse = ExportToDjangoView(request)
    return answer


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    closed = [
        "/desk/",
        "/my/",
        "/request/",
        "/account/",
        "/track/",
        "/manage/",
        "/dev/",
        "/partner/",
    ]
    lines = ["User-agent: *"]
    lines += [f"Disallow: {language}{path}" for path in closed for language in ("", "/en")]
    lines += ["", f"Sitemap: {settings.PORTAL_ORIGIN}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages for search engines."""
    return list_pages(request, SITEMAPS)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    expires = timezone.now().replace(microsecond=0) + timedelta(days=180)
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: zh-Hant, en",
        f"Canonical: {settings.PORTAL_ORIGIN}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password keepers send people to change their password."""
    return redirect("account_change_password")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language and stay on the page."""
    return set_language(request)


@login_not_required
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Write down what a browser refused to load; anything else is dropped."""
    body = request.read(LONGEST_REPORT)
    try:
        report = json.loads(body).get("csp-report", {})
        found = {name: str(report[name])[:200] for name in REPORTED if name in report}
    except (ValueError, AttributeError, TypeError, RecursionError):
        return HttpResponse(status=204)
    if found:
        logger.warning("csp_violation", extra={"report": found})
    return HttpResponse(status=204)
