"""The shape most acts of staff share: a page with one form, one service, back to the case."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from assistance.models import Case
from assistance.views.casework.bench import Bench, case_for
from assistance.views.casework.page import show
from assistance.views.casework.replies import is_picking
from foundation.errors import DomainError
from foundation.htmx import redirect, render

UNPROCESSABLE = 422
CONFLICT = 409


@dataclass(frozen=True)
class Page:
    """What the page of an act says: heading, what will happen, and the verb on the button."""

    heading: str
    button: str
    done: str
    intro: str = ""
    is_grave: bool = False
    template: str = "assistance/casework/act.html"
    extra: dict[str, Any] = field(default_factory=dict)


def run(
    request: HttpRequest,
    bench: Bench,
    page: Page,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Show the form, or do the act; a refusal keeps what was typed and says why."""
    if request.method != "POST" or is_picking(request):
        return _show(request, bench, page, form)
    if not form.is_valid():
        return _show(request, bench, page, form, status=UNPROCESSABLE)
    try:
        act(form.cleaned_data)
    except DomainError as refusal:
        return _show(request, bench, page, form, status=CONFLICT, problem=str(refusal))
    flash.success(request, page.done)
    return back_to(request, bench.case)


def do(request: HttpRequest, bench: Bench, done: str, act: Callable[[], object]) -> HttpResponse:
    """Do an act that needs no form; a refusal is said on the page of the case."""
    try:
        act()
    except DomainError as refusal:
        return turn_down(request, bench, refusal)
    flash.success(request, done)
    return back_to(request, bench.case)


def turn_down(
    request: HttpRequest, bench: Bench, refusal: DomainError, **bound: Any
) -> HttpResponse:
    """Say why it is not possible, over the case as it stands now, with what was typed kept.

    Who may no longer see the case reads the reason on a page of its own.
    """
    case = case_for(request.user, bench.case.reference)
    if case is None:
        context = {"problem": str(refusal), "reference": bench.case.reference}
        return render(request, "assistance/casework/refused.html", context, status=CONFLICT)
    flash.error(request, str(refusal))
    return show(request, Bench(request.user, case), status=CONFLICT, **bound)


def back_to(request: HttpRequest, case: Case) -> HttpResponse:
    """The case, or the desk where the person may no longer see it."""
    still = Case.objects.on_desk_of(request.user).filter(pk=case.pk).exists()
    return (
        redirect(request, "desk:case", case.reference)
        if still
        else redirect(request, "desk:queue")
    )


def _show(
    request: HttpRequest,
    bench: Bench,
    page: Page,
    form: forms.Form,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    context = {
        "case": bench.case,
        "page": page,
        "form": form,
        "problem": problem,
        "back_url": reverse("desk:case", args=[bench.case.reference]),
        **page.extra,
    }
    return render(request, page.template, context, status=status)
