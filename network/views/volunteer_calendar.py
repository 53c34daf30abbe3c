"""The calendar page that volunteers and organisations share: places by the month, days away."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import htmx
from foundation.acting import DONE, done_or_told, tried
from network.capacity import month_of, next_month
from network.capacity_reading import Places, places_of_organisations, places_of_volunteers
from network.forms.volunteer_calendar import LeaveForm, PlacesForm
from network.models import Leave
from network.services import capacity
from network.services.capacity import MONTHS_AHEAD, Holder

PAGE = "network/volunteer/calendar.html"


@dataclass(frozen=True)
class Place:
    """Whose calendar it is, what it is called, and the names of its doors."""

    holder: Holder
    title: str
    room: str
    args: tuple[Any, ...] = ()
    words: dict[str, str] = field(default_factory=dict)


def months_ahead(today: date) -> list[date]:
    """The present month and those for which places can be set."""
    months = [month_of(today)]
    while len(months) <= MONTHS_AHEAD:
        months.append(next_month(months[-1]))
    return months


def show_or_save(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the calendar; save the places where they were sent."""
    data = request.POST if request.method == "POST" else None
    form = _places(place, data)
    status = tried(
        form,
        lambda: capacity.say_places(
            holder=place.holder,
            usual=form.cleaned_data["usual"],
            by_month=form.by_month,
            actor_id=request.user.pk,
        ),
    )
    if status == DONE:
        messages.success(request, _("Your places are kept."))
        return htmx.redirect(request, f"{place.room}:calendar", *place.args)
    return _page(request, place, form, LeaveForm(), status)


def add_leave(request: HttpRequest, place: Place) -> HttpResponse:
    """Plan a leave."""
    form = LeaveForm(request.POST)
    status = tried(
        form,
        lambda: capacity.plan_leave(
            key=form.cleaned_data["idempotency_key"],
            holder=place.holder,
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            actor_id=request.user.pk,
        ),
    )
    if status == DONE:
        messages.success(request, _("The leave is planned. Nothing is referred to you then."))
        return htmx.redirect(request, f"{place.room}:calendar", *place.args)
    return _page(request, place, _places(place), form, status)


def cancel_leave(request: HttpRequest, place: Place, leave_id: int) -> HttpResponse:
    """Take a leave back."""
    mine = Leave.objects.filter(**place.holder.columns)
    leave = get_object_or_404(mine, pk=leave_id)
    return done_or_told(
        request,
        lambda: capacity.cancel_leave(leave_id=leave.pk, actor_id=request.user.pk),
        _("The leave is taken back."),
        htmx.redirect(request, f"{place.room}:calendar", *place.args),
        lambda: _page(request, place, _places(place), LeaveForm(), 409),
    )


def _places(place: Place, data: QueryDict | None = None) -> PlacesForm:
    months = months_ahead(timezone.localdate())
    return PlacesForm(data, months=months, calendar=_of(place).calendar)


def _of(place: Place) -> Places:
    today, holder = timezone.localdate(), place.holder
    if holder.volunteer_id is not None:
        return places_of_volunteers([holder.volunteer_id], today)[holder.volunteer_id]
    organisation_id = holder.organisation_id
    return places_of_organisations([organisation_id], today)[organisation_id]


def _page(
    request: HttpRequest, place: Place, form: PlacesForm, leave_form: LeaveForm, status: int
) -> HttpResponse:
    today = timezone.localdate()
    places = _of(place)
    leaves = Leave.objects.filter(**place.holder.columns).not_over_on(today)
    context = {
        "place": place,
        "form": form,
        "leave_form": leave_form,
        "leaves": leaves.order_by("starts_on", "pk"),
        "is_away": places.calendar.is_away(today),
        "places": places.most(today),
        "taken": places.taken_in(today),
        "free": places.free(today),
    }
    return htmx.render(request, PAGE, context, status=status)
