"""A volunteer's own calendar: places by the month, days away."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.guards import requires
from network.services.capacity import Holder
from network.views import volunteer_calendar
from network.views.volunteer_calendar import Place
from network.views.volunteers.person import me
from network.volunteer_permissions import can_serve


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_serve)
def calendar(request: HttpRequest) -> HttpResponse:
    """How many cases I take, month by month."""
    return volunteer_calendar.show_or_save(request, _mine(request))


@require_POST
@requires(can_serve)
def leave(request: HttpRequest) -> HttpResponse:
    """Plan a leave of mine."""
    return volunteer_calendar.add_leave(request, _mine(request))


@require_POST
@requires(can_serve)
def leave_cancel(request: HttpRequest, leave_id: int) -> HttpResponse:
    """Take a leave of mine back."""
    return volunteer_calendar.cancel_leave(request, _mine(request), leave_id)


def _mine(request: HttpRequest) -> Place:
    return Place(
        holder=Holder(volunteer_id=me(request).pk),
        title=_("Places and leave"),
        room="volunteers",
    )
