"""Hours given: entering them, taking them out again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation import htmx
from foundation.acting import DONE, done_or_told, posted, tried
from foundation.guards import requires
from foundation.listing import Sorts, keyset_page
from network.forms.volunteers import HoursForm
from network.models import ServiceHours
from network.services import volunteer_hours
from network.views.volunteers.person import me
from network.volunteer_permissions import can_serve
from network.volunteer_states import HoursKind

SORTS = Sorts({"newest": ("-day",)}, default="newest")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_serve)
def hours(request: HttpRequest) -> HttpResponse:
    """What I entered and how it stands, and a form for more."""
    volunteer = me(request)
    form = HoursForm(posted(request))

    def do() -> None:
        typed = form.cleaned_data
        volunteer_hours.enter(
            key=typed["idempotency_key"],
            volunteer_id=volunteer.pk,
            day=typed["day"],
            minutes=typed["minutes"],
            kind=HoursKind(typed["kind"]),
            what=typed["what"],
        )

    status = tried(form, do)
    if status == DONE:
        messages.success(request, _("Your hours are entered and wait to be confirmed."))
        return htmx.redirect(request, "volunteers:hours")
    return _page(request, form, status)


@require_POST
@requires(can_serve)
def hours_remove(request: HttpRequest, hours_id: int) -> HttpResponse:
    """Take out what is not confirmed."""
    mine = ServiceHours.objects.filter(volunteer__user_id=request.user.pk)
    entered = get_object_or_404(mine, pk=hours_id)
    return done_or_told(
        request,
        lambda: volunteer_hours.remove(hours_id=entered.pk, actor_id=request.user.pk),
        _("The entry is taken out."),
        htmx.redirect(request, "volunteers:hours"),
        lambda: _page(request, HoursForm(), 409),
    )


def _page(request: HttpRequest, form: HoursForm, status: int) -> HttpResponse:
    mine = ServiceHours.objects.filter(volunteer__user_id=request.user.pk)
    context = {
        "form": form,
        "page": keyset_page(mine.shown().with_topics(), SORTS.default, request.GET.get("after")),
        "confirmed": mine.confirmed().minutes(),
        "waiting": mine.waiting().minutes(),
    }
    return htmx.render(request, "network/volunteer/hours.html", context, status=status)
