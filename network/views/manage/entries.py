"""The list of entries, one entry with all that belongs to it, and what is done to the entry itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.acting import DONE, done_or_told, posted, tried
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.listing import Sorts, keyset_page
from foundation.text import asked_line
from ledger.timeline import timeline_for
from network.directory_permissions import can_edit_directory, can_look_after_entries
from network.forms.keeping import (
    AddOrganisationForm,
    OrganisationForm,
    PartnerForm,
    organisation_words,
)
from network.hours import weekly
from network.models import Offering, OfferingAtLocation, Organisation, OrganisationMembership
from network.services import entries

ORGANISATION = "manage_network:organisation"
FORM_PAGE = "network/manage/form.html"
ON_A_PAGE = 50
LONGEST_NAME = 120
SORTS = Sorts({"confirmed": ("confirmed_at",)}, default="confirmed")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(can_look_after_entries)
def index(request: HttpRequest) -> HttpResponse:
    """The open entries one looks after, those longest unconfirmed first; `q` finds by name."""
    found = Organisation.objects.looked_after_by(request.user).open()
    typed = asked_line(request.GET.get("q", ""), LONGEST_NAME)
    if typed:
        found = found.filter(name_zh__icontains=typed) | found.filter(name_en__icontains=typed)
    page = keyset_page(found, SORTS.default, request.GET.get("after"), ON_A_PAGE)
    context = {
        "rows": page.rows,
        "q": typed,
        "may_edit": bool(can_edit_directory(request.user)),
        "more_url": page.next_url(q=typed),
    }
    return render(request, "network/manage/list.html", context)


def entry(request: HttpRequest, uuid: UUID) -> Organisation:
    """An entry this person looks after; else 404."""
    return get_object_or_404(Organisation.objects.looked_after_by(request.user), uuid=uuid)


@require_safe
@requires(can_look_after_entries)
def show(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All of an entry, and what may be done to it."""
    return show_entry(request, entry(request, uuid))


def _offerings(organisation: Organisation) -> Iterable[Offering]:
    at = OfferingAtLocation.objects.filter(location__closed_at=None).select_related("location")
    at = at.prefetch_related("schedules").order_by("pk")
    return organisation.offerings.order_by("pk").prefetch_related(
        "terms", Prefetch("at_locations", at, to_attr="at_open")
    )


def _hours(offering: Any) -> list[dict[str, Any]]:
    return [{"at": at, "hours": weekly(at.schedules.all())} for at in offering.at_open]


def show_entry(
    request: HttpRequest,
    organisation: Organisation,
    form: PartnerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    partners = OrganisationMembership.objects.in_force().filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "locations": organisation.locations.filter(closed_at=None).order_by("pk"),
        "offerings": [(one, _hours(one)) for one in _offerings(organisation)],
        "partners": partners.select_related("user").order_by("pk"),
        "partner_form": form or PartnerForm(),
        "may_edit": bool(can_edit_directory(request.user)),
        "is_open": organisation.closed_at is None,
        "happened": timeline_for(organisation, "staff")[-20:],
    }
    return render(request, "network/manage/entry.html", context, status=status)


@form_page
@requires(can_edit_directory)
def add(request: HttpRequest) -> HttpResponse:
    """Add an entry."""
    form = AddOrganisationForm(request.POST or None)
    context = {"form": form, "title": _("Add an organisation")}
    if request.method != "POST":
        return render(request, FORM_PAGE, context)
    if not form.is_valid():
        return render(request, FORM_PAGE, context, status=422)
    try:
        made = entries.add(
            words=entries.OrganisationWords(**form.words),
            by_id=request.user.pk,
            key=form.cleaned_data["idempotency_key"],
        )
    except DomainError as refusal:
        form.add_error("name_zh", str(refusal))
        return render(request, FORM_PAGE, context, status=409)
    messages.success(request, _("The entry is public now. Add where it is and what it offers."))
    return redirect(request, ORGANISATION, made.uuid)


@form_page
@requires(can_look_after_entries)
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change what an entry says of the organisation itself."""
    organisation = entry(request, uuid)
    form = OrganisationForm(posted(request), initial=organisation_words(organisation))
    context = {"form": form, "organisation": organisation, "title": _("Change the entry")}
    status = tried(
        form,
        lambda: entries.change(
            organisation_id=organisation.pk,
            words=entries.OrganisationWords(**form.words),
            by_id=request.user.pk,
        ),
    )
    if status != DONE:
        return render(request, FORM_PAGE, context, status=status)
    messages.success(request, _("The entry is changed, and counts as confirmed today."))
    return redirect(request, ORGANISATION, organisation.uuid)


@require_POST
@requires(can_look_after_entries)
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that all of it is right."""
    organisation = entry(request, uuid)
    return _do(
        request,
        organisation,
        _("Thank you. The entry is confirmed for six months."),
        lambda: entries.confirm(organisation_id=organisation.pk, by_id=request.user.pk),
    )


@require_POST
@requires(can_edit_directory)
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an entry off the public pages."""
    organisation = entry(request, uuid)
    return _do(
        request,
        organisation,
        _("The entry is closed and no longer public."),
        lambda: entries.close(organisation_id=organisation.pk, by_id=request.user.pk),
    )


@require_POST
@requires(can_edit_directory)
def name_partner(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a person with an account look after the entry."""
    organisation = entry(request, uuid)
    form = PartnerForm(request.POST)
    status = tried(
        form,
        lambda: entries.name_partner(
            organisation_id=organisation.pk,
            email=form.cleaned_data["email"],
            by_id=request.user.pk,
        ),
        refused_at="email",
    )
    if status != DONE:
        return show_entry(request, organisation, form, status=status)
    messages.success(request, _("This person looks after the entry now and has been told."))
    return redirect(request, ORGANISATION, organisation.uuid)


@require_POST
@requires(can_edit_directory)
def end_partner(request: HttpRequest, uuid: UUID, membership_id: int) -> HttpResponse:
    """Take a partner off."""
    organisation = entry(request, uuid)
    membership = get_object_or_404(organisation.memberships, pk=membership_id)
    return _do(
        request,
        organisation,
        _("This person no longer looks after the entry."),
        lambda: entries.end_partner(membership_id=membership.pk, by_id=request.user.pk),
    )


def _do(
    request: HttpRequest, organisation: Organisation, done: str, act: Callable[[], object]
) -> HttpResponse:
    to = redirect(request, ORGANISATION, organisation.uuid)
    again = partial(show_entry, request, organisation, status=409)
    return done_or_told(request, act, done, to, again)
