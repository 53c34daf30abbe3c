"""Conflicts of interest: enterprises of which a volunteer takes no case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation import htmx
from foundation.acting import DONE, done_or_told, posted, tried
from foundation.guards import requires
from network.forms.volunteers import ConflictForm
from network.models import ConflictOfInterest
from network.services import volunteer_own
from network.views.volunteers.person import me
from network.volunteer_permissions import can_serve
from network.volunteer_states import Tie


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_serve)
def ties(request: HttpRequest) -> HttpResponse:
    """What I declared, and a form for more."""
    volunteer = me(request)
    form = ConflictForm(posted(request))

    def do() -> None:
        typed = form.cleaned_data
        volunteer_own.declare_conflict(
            key=typed["idempotency_key"],
            volunteer_id=volunteer.pk,
            business_number=typed["business_number"],
            enterprise_name=typed["enterprise_name"],
            tie=Tie(typed["tie"]),
            note=typed["note"],
            actor_id=request.user.pk,
        )

    status = tried(form, do)
    if status == DONE:
        messages.success(request, _("It is declared. No case of this enterprise comes to you."))
        return htmx.redirect(request, "volunteers:ties")
    return _page(request, form, status)


@require_POST
@requires(can_serve)
def tie_end(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """Say that a tie no longer holds."""
    mine = ConflictOfInterest.objects.filter(volunteer__user_id=request.user.pk)
    declared = get_object_or_404(mine, pk=conflict_id)
    return done_or_told(
        request,
        lambda: volunteer_own.end_conflict(conflict_id=declared.pk, actor_id=request.user.pk),
        _("The declaration has ended. It stays on record."),
        htmx.redirect(request, "volunteers:ties"),
        lambda: _page(request, ConflictForm(), 409),
    )


def _page(request: HttpRequest, form: ConflictForm, status: int) -> HttpResponse:
    standing = ConflictOfInterest.objects.standing()
    declared = standing.filter(volunteer__user_id=request.user.pk)
    context = {"form": form, "declared": declared.order_by("-declared_at", "-pk")}
    return htmx.render(request, "network/volunteer/ties.html", context, status=status)
