"""Where administrators keep the working-day calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from assistance.catalogue_permissions import can_edit_calendar
from assistance.forms.working_calendar import FIRST_YEAR, LAST_YEAR, DayForm, YearForm, year_label
from assistance.services import working_calendar
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.holidays import years_at_hand
from foundation.htmx import redirect, render
from foundation.models import CalendarDay

PAGE = "assistance/catalogue/calendar.html"


@require_safe
@requires(can_edit_calendar)
def year(request: HttpRequest) -> HttpResponse:
    """The days the calendar names in a year, and forms to add, change and import."""
    return render(request, PAGE, _page(_wanted_year(request), DayForm(), _year_form()))


@require_POST
@requires(can_edit_calendar)
def name_day(request: HttpRequest) -> HttpResponse:
    """Say of one day whether agencies work."""
    form = DayForm(request.POST)
    if not form.is_valid():
        page = _page(timezone.localdate().year, form, _year_form())
        return render(request, PAGE, page, status=422)
    day = working_calendar.name_day(actor_id=request.user.pk, **form.cleaned_data).day
    messages.success(request, _("The day is saved. New deadlines count with it."))
    return _to_year(request, day.year)


@require_POST
@requires(can_edit_calendar)
def unname_day(request: HttpRequest) -> HttpResponse:
    """Let a day follow the weekday rule again."""
    form = DayForm({"is_working": "no", "day": request.POST.get("day", "")})
    if not form.is_valid():
        page = _page(timezone.localdate().year, form, _year_form())
        return render(request, PAGE, page, status=422)
    day = form.cleaned_data["day"]
    try:
        working_calendar.unname_day(day=day, actor_id=request.user.pk)
    except DomainError as refusal:
        form.add_error("day", str(refusal))
        return render(request, PAGE, _page(day.year, form, _year_form()), status=409)
    messages.success(request, _("The day is removed. It follows the weekday rule again."))
    return _to_year(request, day.year)


@require_POST
@requires(can_edit_calendar)
def import_year(request: HttpRequest) -> HttpResponse:
    """Take over the official calendar of a year."""
    form = _year_form(request.POST)
    if not form.is_valid():
        page = _page(timezone.localdate().year, DayForm(), form)
        return render(request, PAGE, page, status=422)
    wanted = form.cleaned_data["year"]
    try:
        count = working_calendar.import_year(year=wanted, actor_id=request.user.pk)
    except DomainError as refusal:
        form.add_error("year", str(refusal))
        return render(request, PAGE, _page(wanted, DayForm(), form), status=409)
    said = ngettext("%(count)d day was taken over.", "%(count)d days were taken over.", count)
    messages.success(request, said % {"count": count})
    return _to_year(request, wanted)


def _year_form(data: Any = None) -> YearForm:
    return YearForm(data, years=years_at_hand())


def _wanted_year(request: HttpRequest) -> int:
    typed = request.GET.get("year", "")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    return wanted if FIRST_YEAR <= wanted <= LAST_YEAR else timezone.localdate().year


def _to_year(request: HttpRequest, wanted: int) -> HttpResponse:
    response = redirect(request, "manage:calendar")
    header = "HX-Redirect" if "HX-Redirect" in response.headers else "Location"
    response[header] = f"{response[header]}?year={wanted}"
    return response


def _page(wanted: int, day_form: DayForm, year_form: YearForm) -> dict[str, Any]:
    return {
        "year_label": year_label(wanted),
        "previous_label": year_label(wanted - 1),
        "next_label": year_label(wanted + 1),
        "previous_year": wanted - 1 if wanted > FIRST_YEAR else None,
        "next_year": wanted + 1 if wanted < LAST_YEAR else None,
        "days": CalendarDay.objects.in_year(wanted).order_by("day"),
        "form": day_form,
        "year_form": year_form,
    }
