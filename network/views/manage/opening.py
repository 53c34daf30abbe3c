"""When services are given at a place, and the days that differ."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.acting import DONE, done_or_told, posted, tried
from foundation.guards import requires
from foundation.htmx import redirect, render
from network.directory_permissions import can_look_after_entries
from network.forms.keeping_services import ExceptionForm, WeekForm, week_words
from network.models import HoursException, Location, OfferingAtLocation
from network.services import points
from network.views.manage.entries import FORM_PAGE, ORGANISATION, entry, form_page

DAYS_PAGE = "network/manage/days.html"


@form_page
@requires(can_look_after_entries)
def week(request: HttpRequest, uuid: UUID, offering_id: int, at_id: int) -> HttpResponse:
    """The hours of a service at one place."""
    organisation = entry(request, uuid)
    rows = OfferingAtLocation.objects.select_related("offering", "location")
    at = get_object_or_404(
        rows, pk=at_id, offering=offering_id, offering__organisation=organisation
    )
    form = WeekForm(posted(request), initial=week_words(at))
    names = {"service": at.offering.name, "place": at.location.name}
    title = _("Hours of %(service)s at %(place)s") % names
    context = {"form": form, "organisation": organisation, "title": title}
    status = tried(
        form, lambda: points.set_week(at_id=at.pk, week=form.week, by_id=request.user.pk)
    )
    if status != DONE:
        return render(request, FORM_PAGE, context, status=status)
    messages.success(request, _("Saved. It is public now."))
    return redirect(request, ORGANISATION, organisation.uuid)


@form_page
@requires(can_look_after_entries)
def days(request: HttpRequest, uuid: UUID, location_id: int) -> HttpResponse:
    """The days on which a place is closed or keeps other hours, and a form for more."""
    location = _location(request, uuid, location_id)
    form = ExceptionForm(posted(request))

    def act() -> object:
        said = form.cleaned_data
        return points.add_exception(
            location_id=location.pk,
            days=(said["first_on"], said["last_on"]),
            span=said["hours"],
            reason_zh=said["reason_zh"],
            reason_en=said["reason_en"],
            by_id=request.user.pk,
            key=said["idempotency_key"],
        )

    status = tried(form, act)
    if status != DONE:
        return _show(request, location, form, status=status)
    messages.success(request, _("Saved. It is public now."))
    return redirect(request, "manage_network:days", uuid, location.pk)


@require_POST
@requires(can_look_after_entries)
def days_remove(
    request: HttpRequest, uuid: UUID, location_id: int, exception_id: int
) -> HttpResponse:
    """Let the ordinary week hold on these days again."""
    location = _location(request, uuid, location_id)
    exception: HoursException = get_object_or_404(location.exceptions, pk=exception_id)
    return done_or_told(
        request,
        lambda: points.remove_exception(exception_id=exception.pk, by_id=request.user.pk),
        _("The ordinary hours hold on these days again."),
        redirect(request, "manage_network:days", uuid, location.pk),
        lambda: _show(request, location, ExceptionForm(), status=409),
    )


def _location(request: HttpRequest, uuid: UUID, location_id: int) -> Location:
    own = entry(request, uuid).locations.filter(closed_at=None)
    return get_object_or_404(own, pk=location_id)


def _show(
    request: HttpRequest, location: Location, form: ExceptionForm, status: int = 200
) -> HttpResponse:
    context = {
        "organisation": location.organisation,
        "location": location,
        "exceptions": location.exceptions.not_over_on(timezone.localdate()).in_order(),
        "form": form,
    }
    return render(request, DAYS_PAGE, context, status=status)
