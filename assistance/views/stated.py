"""A caller named one's enterprise: was it one of ours? Nothing of the case shows before a yes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assistance.forms.access import CallForm
from assistance.models import StatedEnterprise
from assistance.services import calling
from assistance.services.errors import NotThatCaseError
from assistance.views.limits import within_limit
from foundation.errors import DomainError
from foundation.htmx import redirect, render


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, stated_id: int) -> HttpResponse:
    """Ask for what only who knows the caller can tell; then the case is the enterprise's."""
    stated = _stated(request, stated_id)
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, stated, form)
    if not form.is_valid():
        return _show(request, stated, form, status=422)
    if not within_limit(request, "try_code"):
        form.add_error(None, _("Too many tries from here. Wait a quarter of an hour, please."))
        return _show(request, stated, form, status=429)
    try:
        case = calling.confirm(
            stated_id=stated.pk, user_id=request.user.pk or 0, **form.cleaned_data
        )
    except NotThatCaseError as wrong:
        form.add_error("reference", str(wrong))
        return _show(request, stated, form, status=422)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _show(request, stated, form, status=409)
    messages.success(request, _("The case belongs to your enterprise now."))
    return redirect(request, "cases:detail", reference=case.reference)


@require_POST
def deny(request: HttpRequest, stated_id: int) -> HttpResponse:
    """Say that it was nobody of ours."""
    stated = _stated(request, stated_id)
    try:
        calling.deny(stated_id=stated.pk, user_id=request.user.pk or 0)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _show(request, stated, CallForm(), status=409)
    messages.success(request, _("Thank you. We have told the officer who has the case."))
    return redirect(request, "cases:list")


def _stated(request: HttpRequest, stated_id: int) -> StatedEnterprise:
    waiting = StatedEnterprise.objects.visible_to(request.user).select_related("enterprise")
    return get_object_or_404(waiting, pk=stated_id)


def _show(
    request: HttpRequest, stated: StatedEnterprise, form: CallForm, status: int = 200
) -> HttpResponse:
    context = {"stated": stated, "form": form}
    return render(request, "assistance/track/stated.html", context, status=status)
