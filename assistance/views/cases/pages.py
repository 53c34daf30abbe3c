"""What an applicant reads: her cases, one case, who opened it, and a page for the printer."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from assistance.forms.cases import MessageForm, PaperForm, QuestionReplyForm, RatingForm
from assistance.models import Case, CaseReading, Draft, StatedEnterprise
from assistance.services import messages
from assistance.states import OPEN_CASE_STATES, CaseState, Side
from assistance.views.cases.context import case_context
from assistance.views.cases.door import Door
from assistance.views.mandates.rows import asked_of
from foundation.htmx import render
from foundation.listing import Sort, keyset_page

CASES_ON_A_PAGE = 25
READERS_ON_A_PAGE = 50
MOST_OPEN_CASES = 100
NEWEST_FIRST = Sort("submitted", ("-submitted_at",))
LATEST_FIRST = Sort("at", ("-at",))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the person's own cases: unfinished drafts, what is open, what is settled."""
    mine = Case.objects.of_applicant(request.user).select_related("lead_agency")
    page = keyset_page(
        mine.exclude(state__in=OPEN_CASE_STATES),
        NEWEST_FIRST,
        after=request.GET.get("after", ""),
        size=CASES_ON_A_PAGE,
    )
    open_cases = sorted(
        mine.filter(state__in=OPEN_CASE_STATES).order_by("-updated_at")[:MOST_OPEN_CASES],
        key=lambda case: case.state != CaseState.WAITING,
    )
    context = {
        "drafts": Draft.objects.visible_to(request.user).order_by("-updated_at")[:10],
        "open_cases": open_cases,
        "calls": StatedEnterprise.objects.visible_to(request.user).select_related("enterprise")[
            :10
        ],
        "mandates": asked_of(request.user),
        "page": page,
    }
    return render(request, "assistance/cases/list.html", context)


@require_safe
def detail(request: HttpRequest, door: Door) -> HttpResponse:
    """Show one case; what the agencies wrote counts as read from now on."""
    response = show(request, door)
    if door.case.has_unread_for_sme:
        messages.mark_read(case_id=door.case.pk, side=Side.SME)
    return response


def show(request: HttpRequest, door: Door, *, status: int = 200, **bound: object) -> HttpResponse:
    """Draw the page, with whatever form was just refused in the place of its empty twin."""
    context = case_context(door, everything="all" in request.GET)
    forms = {
        "message_form": MessageForm(),
        "rating_form": SimpleLazyObject(RatingForm),
        "paper_form": SimpleLazyObject(partial(PaperForm, auto_id="paper_%s")),
    }
    reply_form = bound.pop("reply_form", None)
    reply_to = bound.pop("reply_to", None)
    for asked in context["questions"]:
        is_this = asked["question"].pk == reply_to
        prefix = f"q{asked['question'].pk}_%s"
        asked["form"] = reply_form if is_this else QuestionReplyForm(auto_id=prefix)
    context |= forms | bound
    return render(request, "assistance/cases/detail.html", context, status=status)


@require_safe
def readers(request: HttpRequest, door: Door) -> HttpResponse:
    """Tell who opened the case and when."""
    rows = CaseReading.objects.filter(case=door.case).select_related("reader", "agency")
    page = keyset_page(
        rows, LATEST_FIRST, after=request.GET.get("after", ""), size=READERS_ON_A_PAGE
    )
    context = {"case": door.case, "door": door, "page": page, "back": door.url("detail")}
    return render(request, "assistance/cases/readers.html", context)


@require_safe
def print_page(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the whole record without chrome, for paper."""
    context = case_context(door, everything=True) | {"back": door.url("detail")}
    return render(request, "assistance/cases/print.html", context)
