"""The places and services of an entry: adding them, changing them, closing a place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.acting import DONE, done_or_told, posted, tried
from foundation.guards import requires
from foundation.htmx import redirect, render
from network.directory_permissions import can_look_after_entries
from network.forms.keeping import AddLocationForm, LocationForm, location_words
from network.forms.keeping_services import AddOfferingForm, OfferingForm, offering_words
from network.models import Location, Offering, Organisation
from network.services import points
from network.views.manage.entries import FORM_PAGE, ORGANISATION, entry, form_page, show_entry


@form_page
@requires(can_look_after_entries)
def add_location(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add a place."""
    organisation = entry(request, uuid)
    form = AddLocationForm(posted(request))

    def act() -> object:
        return points.add_location(
            organisation_id=organisation.pk,
            words=points.LocationWords(**form.words),
            by_id=request.user.pk,
            key=form.cleaned_data["idempotency_key"],
        )

    return _settle(request, organisation, form, _("Add a location"), act)


@form_page
@requires(can_look_after_entries)
def change_location(request: HttpRequest, uuid: UUID, location_id: int) -> HttpResponse:
    """Change a place."""
    organisation = entry(request, uuid)
    location = _location(organisation, location_id)
    form = LocationForm(posted(request), initial=location_words(location))

    def act() -> object:
        words = points.LocationWords(**form.words)
        return points.change_location(location_id=location.pk, words=words, by_id=request.user.pk)

    return _settle(request, organisation, form, _("Change the location"), act)


@require_POST
@requires(can_look_after_entries)
def close_location(request: HttpRequest, uuid: UUID, location_id: int) -> HttpResponse:
    """Take a place off the public pages."""
    organisation = entry(request, uuid)
    location = _location(organisation, location_id)
    return done_or_told(
        request,
        lambda: points.close_location(location_id=location.pk, by_id=request.user.pk),
        _("The location is no longer shown."),
        redirect(request, ORGANISATION, organisation.uuid),
        lambda: show_entry(request, organisation, status=409),
    )


@form_page
@requires(can_look_after_entries)
def add_offering(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add a service."""
    organisation = entry(request, uuid)
    form = AddOfferingForm(posted(request), places=_places(organisation))

    def act() -> object:
        return points.add_offering(
            organisation_id=organisation.pk,
            words=points.OfferingWords(**form.words),
            by_id=request.user.pk,
            key=form.cleaned_data["idempotency_key"],
        )

    return _settle(request, organisation, form, _("Add a service"), act)


@form_page
@requires(can_look_after_entries)
def change_offering(request: HttpRequest, uuid: UUID, offering_id: int) -> HttpResponse:
    """Change a service."""
    organisation = entry(request, uuid)
    offering: Offering = get_object_or_404(organisation.offerings, pk=offering_id)
    given = None if request.POST else offering_words(offering)
    form = OfferingForm(posted(request), initial=given, places=_places(organisation))

    def act() -> object:
        words = points.OfferingWords(**form.words)
        return points.change_offering(offering_id=offering.pk, words=words, by_id=request.user.pk)

    return _settle(request, organisation, form, _("Change the service"), act)


def _settle(
    request: HttpRequest, organisation: Organisation, form: Any, title: str, act: Any
) -> HttpResponse:
    """Show the form, or do what it asks for and go back to the entry."""
    context = {"form": form, "organisation": organisation, "title": title}
    status = tried(form, act)
    if status != DONE:
        return render(request, FORM_PAGE, context, status=status)
    messages.success(request, _("Saved. It is public now."))
    return redirect(request, ORGANISATION, organisation.uuid)


def _location(organisation: Organisation, location_id: int) -> Location:
    own = organisation.locations.filter(closed_at=None)
    location: Location = get_object_or_404(own, pk=location_id)
    return location


def _places(organisation: Organisation) -> list[tuple[int, str]]:
    own = organisation.locations.filter(closed_at=None).order_by("pk")
    return [(one.pk, one.name) for one in own]
