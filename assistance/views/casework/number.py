"""Putting right the business number that a caller stated, while nobody has confirmed it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assistance.forms.caller import NumberForm
from assistance.permissions import can_correct_number
from assistance.services import calling
from assistance.views.casework.acting import Page, run
from assistance.views.casework.bench import Bench, on_bench
from foundation.guards import demand


@require_http_methods(["GET", "HEAD", "POST"])
@on_bench
def correct(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Ask for the right number and why; the enterprise it names is asked whether the call was theirs."""
    demand(can_correct_number(request.user, bench.case))
    page = Page(
        heading=_("Correct the business number"),
        button=_("Correct the number"),
        done=_("The business number is corrected."),
        intro=_(
            "The enterprise of the old number is asked no longer. That of the new one sees the case "
            "once it confirms the call."
        ),
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
