"""Applications: the list that waits, one application, and the two reviews."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.reference.districts import district_words
from foundation import htmx
from foundation.acting import DONE, done_or_told, tried
from foundation.guards import demand, requires
from foundation.listing import Sort, Sorts, keyset_page
from ledger.timeline import timeline_for
from network.forms.volunteer_review import ReasonForm
from network.models import ServiceHours, VolunteerApplication
from network.models.volunteer_application import VolunteerApplicationQuerySet
from network.services import volunteer_reviewing
from network.volunteer_cards import term_names
from network.volunteer_permissions import can_decide, can_review_volunteers, can_set_rounds

SORTS = Sorts({"oldest": ("submitted_at",)}, default="oldest")
PAGE = "network/volunteer/desk/application.html"


@require_safe
@requires(can_review_volunteers)
def index(request: HttpRequest) -> HttpResponse:
    """What waits for a review, the oldest first; or what is decided."""
    context = {
        "page": keyset_page(*listed(request), request.GET.get("after")),
        "is_decided": wants_decided(request),
        "hours_waiting": ServiceHours.objects.waiting().count(),
        "may_set_rounds": bool(can_set_rounds(request.user)),
    }
    return htmx.render(request, "network/volunteer/desk/applications.html", context)


def wants_decided(request: HttpRequest) -> bool:
    return request.GET.get("show") == "decided"


def listed(request: HttpRequest) -> tuple[VolunteerApplicationQuerySet, Sort]:
    """The applications of the list, and their order: what waits longest, what is newest."""
    seen = VolunteerApplication.objects.visible_to(request.user).for_list()
    if wants_decided(request):
        return seen.exclude(pk__in=seen.open().values("pk")), SORTS.pick("-oldest")
    return seen.open(), SORTS.default


@require_safe
@requires(can_review_volunteers)
def show(request: HttpRequest, application_id: int) -> HttpResponse:
    """One application with everything that decides on it."""
    return _page(request, _application(request, application_id), ReasonForm())


@require_POST
@requires(can_review_volunteers)
def review(request: HttpRequest, application_id: int) -> HttpResponse:
    """Pass the first review."""
    return _decide(
        request,
        application_id,
        lambda pk: volunteer_reviewing.review(application_id=pk, by_id=request.user.pk),
        _("The first review is passed. Now somebody else does the second."),
    )


@require_POST
@requires(can_review_volunteers)
def appoint(request: HttpRequest, application_id: int) -> HttpResponse:
    """Pass the second review and appoint."""
    return _decide(
        request,
        application_id,
        lambda pk: volunteer_reviewing.appoint(application_id=pk, by_id=request.user.pk),
        _("The person is appointed and is told so."),
    )


@require_POST
@requires(can_review_volunteers)
def refuse(request: HttpRequest, application_id: int) -> HttpResponse:
    """Decline an application with the reason."""
    application = _application(request, application_id)
    demand(can_decide(request.user, application))
    form = ReasonForm(request.POST)
    status = tried(
        form,
        lambda: volunteer_reviewing.refuse(
            application_id=application.pk,
            by_id=request.user.pk,
            reason=form.cleaned_data["reason"],
        ),
    )
    if status == DONE:
        messages.success(request, _("The application is declined. The person reads your reason."))
        return htmx.redirect(request, "manage_volunteers:application", application.pk)
    return _page(request, application, form, status)


def _decide(
    request: HttpRequest, application_id: int, do: Callable[[int], object], done: str
) -> HttpResponse:
    application = _application(request, application_id)
    demand(can_decide(request.user, application))
    return done_or_told(
        request,
        lambda: do(application.pk),
        done,
        htmx.redirect(request, "manage_volunteers:application", application.pk),
        lambda: _page(request, application, ReasonForm(), 409),
    )


def _application(request: HttpRequest, application_id: int) -> VolunteerApplication:
    seen = VolunteerApplication.objects.visible_to(request.user)
    everyone = seen.select_related("window", "user", "first_reviewer", "second_reviewer")
    return get_object_or_404(everyone, pk=application_id)


def _page(
    request: HttpRequest, application: VolunteerApplication, form: ReasonForm, status: int = 200
) -> HttpResponse:
    terms = term_names()
    lines = timeline_for(application, "staff")
    names = [district_words(application.county, name) for name in application.districts]
    context = {
        "application": application,
        "specialties": [terms[code] for code in application.specialties if code in terms],
        "districts": names,
        "verdict": can_decide(request.user, application),
        "is_early": timezone.localdate() < application.window.opens_on,
        "form": form,
        "history": [{"title": line.text, "at": line.at} for line in reversed(lines)],
    }
    return htmx.render(request, PAGE, context, status=status)
