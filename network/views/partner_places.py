"""The calendar of an organisation, kept by its partners."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import htmx
from foundation.guards import requires
from network.models import Organisation, OrganisationMembership
from network.services.capacity import Holder
from network.views import volunteer_calendar
from network.views.volunteer_calendar import Place
from network.volunteer_permissions import can_speak_for_an_organisation


@require_safe
@requires(can_speak_for_an_organisation)
def index(request: HttpRequest) -> HttpResponse:
    """My organisations; straight to the calendar where there is one."""
    mine = OrganisationMembership.objects.of(request.user).select_related("organisation")
    rows = list(mine.order_by("organisation__name_zh", "pk"))
    if len(rows) == 1:
        return htmx.redirect(request, "partner_places:calendar", rows[0].organisation.uuid)
    return htmx.render(request, "network/partner/places.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_speak_for_an_organisation)
def calendar(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """How many cases we take, month by month."""
    return volunteer_calendar.show_or_save(request, _ours(request, organisation))


@require_POST
@requires(can_speak_for_an_organisation)
def leave(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Plan days on which we take nothing."""
    return volunteer_calendar.add_leave(request, _ours(request, organisation))


@require_POST
@requires(can_speak_for_an_organisation)
def leave_cancel(request: HttpRequest, organisation: UUID, leave_id: int) -> HttpResponse:
    """Take such days back."""
    return volunteer_calendar.cancel_leave(request, _ours(request, organisation), leave_id)


def _ours(request: HttpRequest, organisation: UUID) -> Place:
    mine = OrganisationMembership.objects.of(request.user).values("organisation")
    found = get_object_or_404(Organisation, uuid=organisation, pk__in=mine)
    return Place(
        holder=Holder(organisation_id=found.pk),
        title=_("Places of %(name)s") % {"name": found.name},
        room="partner_places",
        args=(found.uuid,),
    )
