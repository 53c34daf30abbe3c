"""The rounds of applications: their days, as dated data."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation import htmx
from foundation.acting import DONE, posted, tried
from foundation.guards import requires
from network.forms.volunteer_review import RoundForm
from network.models import VolunteerWindow
from network.services import volunteer_rounds
from network.volunteer_permissions import can_set_rounds

MOST_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_set_rounds)
def rounds(request: HttpRequest) -> HttpResponse:
    """The days of each year's round, and a form to set or change one."""
    form = RoundForm(posted(request))
    status = tried(
        form,
        lambda: volunteer_rounds.set_round(**form.cleaned_data, actor_id=request.user.pk),
    )
    if status == DONE:
        messages.success(request, _("The days of the round are set."))
        return htmx.redirect(request, "manage_volunteers:rounds")
    context = {"form": form, "rounds": VolunteerWindow.objects.order_by("-year")[:MOST_SHOWN]}
    return htmx.render(request, "network/volunteer/desk/rounds.html", context, status=status)
