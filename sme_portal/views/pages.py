"""Statements every public site owes its readers, and the styleguide for those who build it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sme_portal import samples


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we promise about accessibility, and whom to tell when it fails."""
    return render(request, "pages/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which data are kept, why, for how long, and who sees them."""
    return render(request, "pages/privacy.html")


@login_not_required
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """How to tell us what is wrong with the site."""
    return render(request, "pages/feedback.html", {"contact": settings.SECURITY_CONTACT})


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; open in development and in the demo only."""
    if not settings.PORTAL_DEMO:
        raise Http404
    return render(request, "pages/styleguide.html", samples.everything(request))
