"""Putting right the business number that a caller stated, while nobody has confirmed it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assistance.forms.caller import NumberForm
from assistance.permissions import can_correct_number
from assistance.services import calling
from assistance.views.casework.acting import Page, run
from assistance.views.casework.bench import Bench, on_bench
from foundation.guards import demand

_ASKED = gettext_lazy("The enterprise it belongs to sees the case once it confirms the call.")
_ASKED_NO_LONGER = gettext_lazy(
    "The enterprise of the old number is asked no longer. That of the new one sees the case "
    "once it confirms the call."
)


@require_http_methods(["GET", "HEAD", "POST"])
@on_bench
def correct(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Ask for the right number and why; the enterprise it names is asked whether the call was theirs."""
    demand(can_correct_number(request.user, bench.case))
    known = bool(bench.case.business_number)
    page = Page(
        heading=_("Correct the business number") if known else _("Add the business number"),
        button=_("Save the number"),
        done=_("The business number is saved."),
        intro=str(_ASKED_NO_LONGER if known else _ASKED),
    )
    form = NumberForm(
        request.POST or None, initial={"business_number": bench.case.business_number}
    )
    return run(
        request,
        bench,
        page,
        form,
        lambda said: calling.correct_number(
            case_id=bench.case.pk,
            number=said["business_number"],
            by_id=bench.user.pk,
            reason=said["reason"],
        ),
    )
