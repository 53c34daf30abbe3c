"""A volunteer's own pages: overview, details, what is shown, service record."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation import htmx
from foundation.acting import DONE, posted, tried
from foundation.guards import requires
from network.capacity_reading import places_of_volunteers
from network.forms.volunteers import ConsentsForm, ProfileForm, profile_of
from network.models import (
    ConflictOfInterest,
    Leave,
    PublicConsent,
    ServiceHours,
    Volunteer,
    VolunteerApplication,
)
from network.services import volunteer_own
from network.views.volunteers.person import me
from network.volunteer_cards import card_of, shown_fields, term_names
from network.volunteer_permissions import can_serve
from network.volunteer_standing import record_of
from network.volunteer_states import ShownField


@require_safe
@requires(can_serve)
def show(request: HttpRequest) -> HttpResponse:
    """Everything of mine at a glance, each with the way to change it."""
    volunteer, today = me(request), timezone.localdate()
    places = places_of_volunteers([volunteer.pk], today)[volunteer.pk]
    mine = VolunteerApplication.objects.of(request.user.pk)
    context = {
        "volunteer": volunteer,
        "record": record_of(volunteer, today),
        "places": places.most(today),
        "free": places.free(today),
        "is_away": places.calendar.is_away(today),
        "leaves": Leave.objects.of_volunteer(volunteer.pk).not_over_on(today).count(),
        "waiting": ServiceHours.objects.filter(volunteer=volunteer).waiting().count(),
        "ties": ConflictOfInterest.objects.standing().filter(volunteer=volunteer).count(),
        "shown": PublicConsent.objects.standing().filter(volunteer=volunteer).count(),
        "application": mine.open().for_list().first(),
    }
    return htmx.render(request, "network/volunteer/me.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_serve)
def details(request: HttpRequest) -> HttpResponse:
    """Change what I say about myself."""
    volunteer = me(request)
    form = ProfileForm(posted(request), initial=profile_of(volunteer))
    status = tried(
        form,
        lambda: volunteer_own.change_profile(
            volunteer_id=volunteer.pk, said=form.cleaned_data, actor_id=request.user.pk
        ),
    )
    if status == DONE:
        messages.success(request, _("Your details are kept."))
        return htmx.redirect(request, "volunteers:me")
    return htmx.render(request, "network/volunteer/details.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_serve)
def consents(request: HttpRequest) -> HttpResponse:
    """Say what everybody may read of me; the card beside shows what they read now."""
    volunteer, today = me(request), timezone.localdate()
    shown = shown_fields([volunteer.pk])[volunteer.pk]
    form = ConsentsForm(posted(request), initial={"fields_shown": sorted(shown)})

    def do() -> None:
        fields = {ShownField(field) for field in form.cleaned_data["fields_shown"]}
        volunteer_own.set_consents(
            volunteer_id=volunteer.pk, fields=fields, actor_id=request.user.pk
        )

    status = tried(form, do)
    if status == DONE:
        messages.success(request, _("What is shown has changed at once."))
        return htmx.redirect(request, "volunteers:consents")
    places = places_of_volunteers([volunteer.pk], today)[volunteer.pk]
    card = card_of(volunteer, shown, term_names(), places, today) if shown else None
    context = {"form": form, "card": card, "is_listed": _is_listed(volunteer)}
    return htmx.render(request, "network/volunteer/consents.html", context, status=status)


@require_safe
@requires(can_serve)
def record(request: HttpRequest) -> HttpResponse:
    """The service record, for printing on A4."""
    return htmx.render(request, "network/volunteer/record.html", record_context(me(request)))


def record_context(volunteer: Volunteer) -> dict[str, Any]:
    """What the sheet of a service record shows."""
    today = timezone.localdate()
    given = ServiceHours.objects.filter(volunteer=volunteer).confirmed().order_by("day", "pk")
    terms = term_names()
    return {
        "volunteer": volunteer,
        "record": record_of(volunteer, today),
        "specialties": [terms[code] for code in volunteer.specialties if code in terms],
        "hours": given.with_topics().select_related("reviewed_by"),
        "today": today,
    }


def _is_listed(volunteer: Volunteer) -> bool:
    return Volunteer.objects.shown().filter(pk=volunteer.pk).exists()
