"""Applying, and what has become of the application."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from foundation import htmx
from foundation.acting import DONE, done_or_told, posted, tried
from foundation.guards import requires
from ledger.timeline import timeline_for
from network.forms.volunteers import ApplicationForm, profile_of
from network.models import MonthlyCapacity, Volunteer, VolunteerApplication, VolunteerWindow
from network.services import volunteer_applying
from network.services.volunteer_applying import Stated
from network.volunteer_permissions import can_apply
from network.volunteer_states import Training


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_apply)
def apply(request: HttpRequest) -> HttpResponse:
    """The form; or, while an application is under review, how it stands."""
    mine = VolunteerApplication.objects.of(request.user.pk)
    latest = mine.for_list().order_by("-pk").first()
    if latest is not None and latest.is_open and request.method != "POST":
        return _page(request, None, latest)
    form = ApplicationForm(posted(request), initial=_known(request))

    def do() -> None:
        volunteer_applying.apply(
            key=form.cleaned_data["idempotency_key"],
            user_id=request.user.pk,
            stated=Stated(**form.stated),
        )

    status = tried(form, do)
    if status == DONE:
        messages.success(request, _("Your application is with us."))
        return htmx.redirect(request, "volunteers:apply")
    return _page(request, form, latest, status)


@require_POST
@requires(can_apply)
def withdraw(request: HttpRequest, application_id: int) -> HttpResponse:
    """Take one's application back."""
    mine = VolunteerApplication.objects.of(request.user.pk)
    application = get_object_or_404(mine, pk=application_id)
    return done_or_told(
        request,
        lambda: volunteer_applying.withdraw(
            application_id=application.pk, actor_id=request.user.pk
        ),
        _("Your application is taken back."),
        htmx.redirect(request, "volunteers:apply"),
        lambda: _page(request, None, application, 409),
    )


def _page(
    request: HttpRequest,
    form: ApplicationForm | None,
    latest: VolunteerApplication | None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    window = latest.window if latest and latest.is_open else None
    window = window or VolunteerWindow.objects.taking_on(today)
    context = {
        "form": form,
        "latest": latest,
        "window": window,
        "is_open": window is not None and window.is_open_on(today),
        "history": _history(latest) if latest else [],
    }
    return htmx.render(request, "network/volunteer/apply.html", context, status=status)


def _history(application: VolunteerApplication) -> list[dict[str, Any]]:
    lines = timeline_for(application, "public")
    return [{"title": line.text, "at": line.at} for line in reversed(lines)]


def _known(request: HttpRequest) -> dict[str, Any]:
    """What is filled in already: for another term, all that is known."""
    volunteer = Volunteer.objects.filter(user_id=request.user.pk).first()
    if volunteer is None:
        person = User.objects.get(pk=request.user.pk)
        return {"name": person.name, "phone": person.phone}
    usual = MonthlyCapacity.objects.of_volunteer(volunteer.pk).filter(month=None).first()
    basic = volunteer.trainings.filter(kind=Training.BASIC).order_by("pk").first()
    before = VolunteerApplication.objects.of(request.user.pk).order_by("-pk").first()
    return {
        **profile_of(volunteer),
        "places": usual.places if usual else None,
        "basic_certificate": basic.certificate if basic else "",
        "basic_trained_on": basic.held_on if basic else None,
        "qualification": before.qualification if before else None,
        "experience": before.experience if before else "",
    }
