"""Hearing of announcements by e-mail: with an account at once, otherwise by a confirmed address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import throttle
from accounts.throttle import source_of
from foundation.errors import DomainError
from foundation.htmx import redirect, render
from knowledge.forms.subscriptions import (
    GuestSubscriptionForm,
    SubscriptionForm,
    initial_of,
)
from knowledge.models import Subscription
from knowledge.services import subscriptions
from knowledge.services.subscriptions import Wishes
from knowledge.views.news.shown import topic_names

FORM_PAGE = "knowledge/news/subscribe.html"
TRIES, IN_SECONDS = 10, 15 * 60
form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@form_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """Choose topics, counties and pace."""
    return _own(request) if request.user.is_authenticated else _by_address(request)


def _own(request: HttpRequest) -> HttpResponse:
    found = Subscription.objects.visible_to(request.user).active().first()
    form = _form(SubscriptionForm, request, initial_of(found))
    context = {"form": form, "subscription": found}
    if request.method != "POST":
        return render(request, FORM_PAGE, context)
    if not form.is_valid():
        return render(request, FORM_PAGE, context, status=422)
    subscriptions.choose(user_id=request.user.pk, wishes=_wishes(form))
    messages.success(request, _("Your choice is kept. You hear of new announcements by e-mail."))
    return redirect(request, "news:subscribe")


def _by_address(request: HttpRequest) -> HttpResponse:
    form = _form(GuestSubscriptionForm, request, {})
    if request.method != "POST":
        return render(request, FORM_PAGE, {"form": form})
    if form.is_valid() and not _within_limit(request):
        form.add_error(None, _("Too many tries from your network. Try again in 15 minutes."))
    if not form.is_valid():
        return render(request, FORM_PAGE, {"form": form}, status=422)
    subscriptions.ask(email=form.cleaned_data["email"], wishes=_wishes(form))
    return redirect(request, "news:sent")


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What to do next; the same whether the address was known or not."""
    return render(request, "knowledge/news/sent.html")


@require_POST
@login_not_required
def end_own(request: HttpRequest) -> HttpResponse:
    """End the subscription of the person who is signed in."""
    if not request.user.is_authenticated:
        raise Http404
    subscriptions.end_own(user_id=request.user.pk)
    messages.success(request, _("You hear of announcements by e-mail no more."))
    return redirect(request, "news:subscribe")


@sensitive_variables("secret")
@login_not_required
@form_page
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of the letter: a button, since programs open links too."""
    context: dict[str, Any] = {"subscription": _by_secret(secret)}
    if request.method != "POST":
        return render(request, "knowledge/news/confirm.html", context)
    try:
        context["subscription"] = subscriptions.confirm(secret=secret)
    except DomainError as refusal:
        context["refusal"] = str(refusal)
        return render(request, "knowledge/news/confirm.html", context, status=409)
    return redirect(request, "news:choices", secret)


@sensitive_variables("secret")
@login_not_required
@form_page
def choices(request: HttpRequest, secret: str) -> HttpResponse:
    """Change what comes to an address, by the link in each e-mail."""
    found = _by_secret(secret)
    if not found.is_active:
        return redirect(request, "news:subscribe")
    form = _form(SubscriptionForm, request, initial_of(found))
    context = {"form": form, "subscription": found, "secret": secret}
    if request.method != "POST":
        return render(request, FORM_PAGE, context)
    if not form.is_valid():
        return render(request, FORM_PAGE, context, status=422)
    subscriptions.change(secret=secret, wishes=_wishes(form))
    messages.success(request, _("Your choice is kept. You hear of new announcements by e-mail."))
    return redirect(request, "news:choices", secret)


@csrf_exempt
@sensitive_variables("secret")
@login_not_required
@form_page
def end(request: HttpRequest, secret: str) -> HttpResponse:
    """Unsubscribe: mail programs send the POST themselves (RFC 8058), people press the button."""
    found = _by_secret(secret)
    if request.method == "POST":
        subscriptions.end(secret=secret)
    is_over = request.method == "POST" or not found.is_active
    return render(request, "knowledge/news/end.html", {"is_over": is_over})


def _by_secret(secret: str) -> Subscription:
    return get_object_or_404(Subscription.objects.by_secret(secret))


def _form(kind: type[SubscriptionForm], request: HttpRequest, initial: dict[str, Any]) -> Any:
    return kind(request.POST or None, initial=initial, topics=list(topic_names().items()))


def _wishes(form: SubscriptionForm) -> Wishes:
    given = form.cleaned_data
    return Wishes(
        topics=given["topics"],
        counties=given["counties"],
        pace=given["pace"],
        language=get_language() or "",
    )


def _within_limit(request: HttpRequest) -> bool:
    who = f"net:{source_of(request.META.get('REMOTE_ADDR', ''))}"
    return throttle.allows(act="knowledge.subscribe", who=who, times=TRIES, seconds=IN_SECONDS)
