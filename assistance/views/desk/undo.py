"""Undoing an assignment, one or many, for two minutes after it."""

from django.contrib import messages as words
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assistance.models import Case
from assistance.permissions import can_change_desk
from assistance.services import bulk, undoing
from assistance.views.desk.bulk import answer_with, ticked
from foundation.guards import requires
from foundation.htmx import redirect

MOST_DIGITS = 18


@require_POST
@requires(can_change_desk)
def undo_assign(request: HttpRequest) -> HttpResponse:
    cases = ticked(request)
    if not cases:
        words.info(request, _("There is nothing to undo."))
        return redirect(request, "desk:queue")
    up_to = request.GET.get("up_to", "")
    is_number = up_to.isascii() and up_to.isdecimal() and len(up_to) <= MOST_DIGITS
    known = int(up_to) if is_number else 0

    def give_back(case_id: int) -> Case:
        return undoing.undo_assign(case_id=case_id, by_id=request.user.pk, up_to=known)

    outcomes = bulk.each([case.pk for case in cases], give_back)
    return answer_with(request, cases, outcomes, _undone)


def _undone(count: int) -> str:
    return ngettext(
        "Undone: %(n)d case is back where it was.",
        "Undone: %(n)d cases are back where they were.",
        count,
    ) % {"n": count}
