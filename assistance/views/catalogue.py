"""Where administrators keep the catalogue: list, new edition with preview, agencies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assistance.catalogue_permissions import can_edit_catalogue, can_edit_system
from assistance.forms.catalogue import AgenciesForm, EditionForm, initial_of
from assistance.models import GuidanceSystem, SystemAgency, SystemEdition
from assistance.services import catalogue
from assistance.views.system_cards import card_of, show
from foundation.errors import DomainError
from foundation.guards import demand, requires
from foundation.htmx import redirect, render
from foundation.languages import pick

FORM_PAGE = "assistance/catalogue/edit.html"
AGENCIES_PAGE = "assistance/catalogue/agencies.html"


@require_safe
@requires(can_edit_catalogue)
def systems(request: HttpRequest) -> HttpResponse:
    """The eleven systems: edition in force, agencies, promises, what is planned."""
    editions = SystemEdition.objects.visible_to(request.user)
    context = {
        "rows": [
            {"edition": one, "card": card_of(one, short_name=True)}
            for one in editions.current_editions()
        ],
        "planned": editions.planned().select_related("system"),
    }
    return render(request, "assistance/catalogue/systems.html", context)


@require_safe
@requires(can_edit_catalogue)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a new edition, filled with the one in force."""
    system = _system(request, code)
    edition = SystemEdition.objects.current_editions().filter(system=system).first()
    initial = initial_of(edition) if edition else {}
    form = EditionForm(initial={"valid_from": timezone.localdate(), **initial})
    return render(request, FORM_PAGE, _page(request, system, form))


@require_POST
@requires(can_edit_catalogue)
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The page as owners will read it. Nothing is saved."""
    system = _system(request, code)
    form = EditionForm(request.POST)
    if not form.is_valid():
        return render(request, FORM_PAGE, _page(request, system, form), status=422)
    shown = SystemEdition(
        system=system, valid_from=form.cleaned_data["valid_from"], **form.content
    )
    context = _page(request, system, form) | {"shown": show(shown), "edition": shown}
    return render(request, FORM_PAGE, context)


@require_POST
@requires(can_edit_catalogue)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Let the new edition take effect on its day."""
    system = _system(request, code)
    demand(can_edit_system(request.user, system))
    form = EditionForm(request.POST)
    if not form.is_valid():
        return render(request, FORM_PAGE, _page(request, system, form), status=422)
    try:
        catalogue.publish_edition(
            system_id=system.pk,
            actor_id=request.user.pk,
            valid_from=form.cleaned_data["valid_from"],
            content=catalogue.EditionContent(**form.content),
            key=form.cleaned_data["idempotency_key"],
        )
    except DomainError as refusal:
        form.add_error("valid_from", str(refusal))
        return render(request, FORM_PAGE, _page(request, system, form), status=409)
    messages.success(request, _("The new edition is saved. It takes effect on the day you chose."))
    return redirect(request, "manage:systems")


@require_POST
@requires(can_edit_catalogue)
def withdraw(request: HttpRequest, code: str, edition_id: int) -> HttpResponse:
    """Take back an edition that is only planned."""
    system = _system(request, code)
    demand(can_edit_system(request.user, system))
    editions = SystemEdition.objects.visible_to(request.user).filter(system=system)
    edition = get_object_or_404(editions, pk=edition_id)
    try:
        catalogue.withdraw_edition(edition_id=edition.pk, actor_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        form = EditionForm(initial=initial_of(edition))
        return render(request, FORM_PAGE, _page(request, system, form), status=409)
    messages.success(request, _("The planned edition is withdrawn."))
    return redirect(request, "manage:systems")


@require_safe
@requires(can_edit_catalogue)
def agencies(request: HttpRequest, code: str) -> HttpResponse:
    """Who answers for the system, now and formerly, and a form to change it."""
    system = _system(request, code)
    answering = SystemAgency.objects.answering_for(system.pk, timezone.localdate())
    places = dict(zip(("first", "second", "third"), answering, strict=False))
    initial = {name: term.agency_id for name, term in places.items()}
    form = AgenciesForm(initial={"valid_from": timezone.localdate(), **initial})
    return render(request, AGENCIES_PAGE, _agencies_page(request, system, form))


@require_POST
@requires(can_edit_catalogue)
def assign_agencies(request: HttpRequest, code: str) -> HttpResponse:
    """Change who answers for the system from a day on."""
    system = _system(request, code)
    demand(can_edit_system(request.user, system))
    form = AgenciesForm(request.POST)
    if not form.is_valid():
        return render(request, AGENCIES_PAGE, _agencies_page(request, system, form), status=422)
    try:
        catalogue.assign_agencies(
            system_id=system.pk,
            actor_id=request.user.pk,
            valid_from=form.cleaned_data["valid_from"],
            agency_ids=form.agency_ids,
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return render(request, AGENCIES_PAGE, _agencies_page(request, system, form), status=409)
    messages.success(request, _("The agencies are saved."))
    return redirect(request, "manage:system_agencies", code=system.code)


def _system(request: HttpRequest, code: str) -> GuidanceSystem:
    return get_object_or_404(GuidanceSystem.objects.visible_to(request.user), code=code)


def _name_of(system: GuidanceSystem) -> str:
    edition = SystemEdition.objects.current().filter(system=system).first()
    return pick(edition, "short") if edition else system.code


def _page(request: HttpRequest, system: GuidanceSystem, form: EditionForm) -> dict[str, Any]:
    return {
        "system": system,
        "name": _name_of(system),
        "form": form,
        "may_edit": can_edit_system(request.user, system),
        "history": SystemEdition.objects.visible_to(request.user).history_of(system.pk),
        "today": timezone.localdate(),
    }


def _agencies_page(
    request: HttpRequest, system: GuidanceSystem, form: AgenciesForm
) -> dict[str, Any]:
    return {
        "system": system,
        "name": _name_of(system),
        "form": form,
        "may_edit": can_edit_system(request.user, system),
        "terms": SystemAgency.objects.history_of(system.pk),
        "today": timezone.localdate(),
    }
