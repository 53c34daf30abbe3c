"""Volunteers for those who review them: the list, one person, trainings, terms, hours."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.reference import counties, county_choices
from foundation import htmx
from foundation.acting import DONE, done_or_told, tried
from foundation.guards import requires
from foundation.listing import Sorts, keyset_page
from ledger.timeline import timeline_for
from network.capacity_reading import places_of_volunteers
from network.forms.volunteer_review import ReasonForm, TrainingForm
from network.models import ConflictOfInterest, ServiceHours, Volunteer, VolunteerTerm
from network.models.volunteer import VolunteerQuerySet
from network.services import volunteer_hours, volunteer_terms
from network.views.volunteers.own import record_context
from network.volunteer_permissions import can_review_volunteers
from network.volunteer_standing import standing_of
from network.volunteer_states import Training

SORTS = Sorts({"name": ("name",)}, default="name")
WAITING = Sorts({"oldest": ("entered_at",)}, default="oldest")
PAGE = "network/volunteer/desk/volunteer.html"
HOURS_PAGE = "network/volunteer/desk/hours.html"


@require_safe
@requires(can_review_volunteers)
def index(request: HttpRequest) -> HttpResponse:
    """Everyone who is or was appointed, by name; of one county where one is asked for."""
    county = county_asked(request)
    found = listed(request, county)
    page = keyset_page(found, SORTS.default, request.GET.get("after"))
    today = timezone.localdate()
    rows = [
        {
            "volunteer": one,
            "standing": standing_of(one.terms.all(), one.trainings.all(), today),
            "last": max((term.ends_on for term in one.terms.all()), default=None),
        }
        for one in page.rows
    ]
    context = {
        "page": page,
        "rows": rows,
        "county": county,
        "counties": county_choices(),
        "next_url": page.next_url(county=county),
    }
    return htmx.render(request, "network/volunteer/desk/people.html", context)


def county_asked(request: HttpRequest) -> str:
    """The county that the list is narrowed to, "" for all."""
    county = request.GET.get("county", "")
    return county if county in counties() else ""


def listed(request: HttpRequest, county: str) -> VolunteerQuerySet:
    """Everyone in the list, with what tells how each stands."""
    seen = Volunteer.objects.visible_to(request.user)
    found = seen.in_county(county) if county else seen
    return found.select_related("user").prefetch_related("terms", "trainings")


@require_safe
@requires(can_review_volunteers)
def show(request: HttpRequest, volunteer_id: int) -> HttpResponse:
    """One volunteer: terms, trainings, hours, ties."""
    return _page(request, _volunteer(request, volunteer_id), TrainingForm(), ReasonForm())


@require_safe
@requires(can_review_volunteers)
def record(request: HttpRequest, volunteer_id: int) -> HttpResponse:
    """The service record of one volunteer, for printing."""
    context = record_context(_volunteer(request, volunteer_id)) | {"is_staff_view": True}
    return htmx.render(request, "network/volunteer/record.html", context)


@require_POST
@requires(can_review_volunteers)
def training(request: HttpRequest, volunteer_id: int) -> HttpResponse:
    """Put a training on record."""
    volunteer = _volunteer(request, volunteer_id)
    form = TrainingForm(request.POST)

    def do() -> None:
        typed = form.cleaned_data
        volunteer_terms.record_training(
            volunteer_id=volunteer.pk,
            kind=Training(typed["kind"]),
            held_on=typed["held_on"],
            certificate=typed["certificate"],
            by_id=request.user.pk,
        )

    status = tried(form, do)
    if status == DONE:
        messages.success(request, _("The training is on record."))
        return htmx.redirect(request, "manage_volunteers:volunteer", volunteer.pk)
    return _page(request, volunteer, form, ReasonForm(), status)


@require_POST
@requires(can_review_volunteers)
def term_end(request: HttpRequest, term_id: int) -> HttpResponse:
    """End a term before its last day."""
    seen = Volunteer.objects.visible_to(request.user)
    term = get_object_or_404(VolunteerTerm, pk=term_id, volunteer__in=seen)
    form = ReasonForm(request.POST)
    status = tried(
        form,
        lambda: volunteer_terms.end_term(
            term_id=term.pk, by_id=request.user.pk, reason=form.cleaned_data["reason"]
        ),
    )
    if status == DONE:
        messages.success(request, _("The term has ended. The person reads your reason."))
        return htmx.redirect(request, "manage_volunteers:volunteer", term.volunteer_id)
    return _page(request, _volunteer(request, term.volunteer_id), TrainingForm(), form, status)


@require_safe
@requires(can_review_volunteers)
def hours(request: HttpRequest) -> HttpResponse:
    """Hours that wait to be confirmed, the oldest first."""
    return _hours(request, ReasonForm())


@require_POST
@requires(can_review_volunteers)
def hours_confirm(request: HttpRequest, hours_id: int) -> HttpResponse:
    """Confirm one entry."""
    entered = _entered(request, hours_id)
    return done_or_told(
        request,
        lambda: volunteer_hours.confirm(hours_id=entered.pk, by_id=request.user.pk),
        _("The hours are confirmed."),
        htmx.redirect(request, "manage_volunteers:hours"),
        lambda: _hours(request, ReasonForm(), status=409),
    )


@require_POST
@requires(can_review_volunteers)
def hours_return(request: HttpRequest, hours_id: int) -> HttpResponse:
    """Send one entry back with the reason."""
    entered = _entered(request, hours_id)
    form = ReasonForm(request.POST)
    status = tried(
        form,
        lambda: volunteer_hours.send_back(
            hours_id=entered.pk, by_id=request.user.pk, reason=form.cleaned_data["reason"]
        ),
    )
    if status == DONE:
        messages.success(request, _("The hours are sent back. The person reads your reason."))
        return htmx.redirect(request, "manage_volunteers:hours")
    return _hours(request, form, entered.pk, status)


def _volunteer(request: HttpRequest, volunteer_id: int) -> Volunteer:
    seen = Volunteer.objects.visible_to(request.user).select_related("user")
    return get_object_or_404(seen, pk=volunteer_id)


def _entered(request: HttpRequest, hours_id: int) -> ServiceHours:
    seen = Volunteer.objects.visible_to(request.user)
    return get_object_or_404(ServiceHours, pk=hours_id, volunteer__in=seen)


def _hours(
    request: HttpRequest, form: ReasonForm, sent_back: int = 0, status: int = 200
) -> HttpResponse:
    waiting = ServiceHours.objects.waiting().with_topics().select_related("volunteer")
    page = keyset_page(waiting, WAITING.default, request.GET.get("after"))
    context = {"page": page, "form": form, "sent_back": sent_back}
    return htmx.render(request, HOURS_PAGE, context, status=status)


def _page(
    request: HttpRequest,
    volunteer: Volunteer,
    training_form: TrainingForm,
    end_form: ReasonForm,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    lines = timeline_for(volunteer, "staff")[:-31:-1]
    places = places_of_volunteers([volunteer.pk], today)[volunteer.pk]
    context: dict[str, Any] = record_context(volunteer) | {
        "ties": ConflictOfInterest.objects.standing().filter(volunteer=volunteer),
        "places": places.most(today),
        "taken": places.taken_in(today),
        "training_form": training_form,
        "end_form": end_form,
        "history": [{"title": line.text, "at": line.at} for line in lines],
    }
    return htmx.render(request, PAGE, context, status=status)
