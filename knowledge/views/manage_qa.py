"""Where editors write questions and answers: the list by review date, the editor, what changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Agency
from foundation.differences import differences
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.languages import pick
from foundation.listing import Sorts, keyset_page
from knowledge.forms.questions import DraftForm, WordingForm, begun_with, first_values
from knowledge.models import Question, QuestionVersion
from knowledge.permissions import (
    agencies_written_for,
    can_approve,
    can_edit_knowledge,
    can_read_knowledge,
)
from knowledge.services import questions
from knowledge.services.wording import WORDS, Wording
from knowledge.states import OPEN_VERSION_STATES, PUBLIC_STATES, QuestionState, VersionState
from knowledge.views.reading_dates import choices, read_of
from knowledge.views.shown import shown

FORM_PAGE = "knowledge/manage/edit.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])
_SORTS = Sorts({"review": ("review_due_on",)}, default="review")
_SOON_DAYS = 92
_VIEWS = {
    "": gettext_lazy("All"),
    "waiting": gettext_lazy("Waiting for approval"),
    "due": gettext_lazy("Due for review"),
    "soon": gettext_lazy("Due within 3 months"),
    "draft": gettext_lazy("Drafts"),
    "language": gettext_lazy("One language missing or older"),
    "retired": gettext_lazy("Retired"),
}
_FIELD_NAMES = {
    "question_zh": gettext_lazy("Question (Chinese)"),
    "answer_zh": gettext_lazy("Answer (Chinese)"),
    "question_en": gettext_lazy("Question (English)"),
    "answer_en": gettext_lazy("Answer (English)"),
}


@require_safe
@requires(can_read_knowledge)
def index(request: HttpRequest) -> HttpResponse:
    """All that this person's agencies keep, what is due first."""
    view = request.GET.get("view", "")
    view = view if view in _VIEWS else ""
    all_kept = Question.objects.overseen_by(request.user)
    read, kept = read_of(request.GET.get("read", ""), all_kept.filter(_of_view(view)))
    rows = (
        kept.select_related("agency", "published").defer("search").prefetch_related(_open_ones())
    )
    page = keyset_page(rows, _SORTS.default, request.GET.get("after"))
    context = {
        "rows": [_row(question) for question in page.rows],
        "views": [(code, name, code == view) for code, name in _VIEWS.items()],
        "view": view,
        "read_choices": choices(all_kept.years_read(), read),
        "more_url": page.next_url(view=view, read=read),
        "behind": _in_one_language(request),
    }
    return render(request, "knowledge/manage/index.html", context)


def _of_view(view: str) -> Q:
    if view == "waiting":
        return _has_open(VersionState.IN_REVIEW)
    if view == "due":
        return Q(state=QuestionState.DUE_FOR_REVIEW)
    if view == "soon":
        soon = timezone.localdate() + timedelta(days=_SOON_DAYS)
        return Q(state__in=PUBLIC_STATES, review_due_on__lte=soon)
    if view == "draft":
        return _has_open(VersionState.DRAFT) & ~Q(state=QuestionState.RETIRED)
    if view == "language":
        return Question.is_in_one_language()
    if view == "retired":
        return Q(state=QuestionState.RETIRED)
    return ~Q(state=QuestionState.RETIRED)


def _has_open(state: VersionState) -> Q:
    return Q(Exists(QuestionVersion.objects.filter(question=OuterRef("pk"), state=state)))


def _open_ones() -> Prefetch[str, Any, str]:
    return Prefetch("versions", QuestionVersion.objects.open(), to_attr="open_ones")


def _row(question: Any) -> dict[str, Any]:
    version = question.open_ones[0] if question.open_ones else None
    words = question.published or version
    return {"question": question, "open": version, "title": words.title if words else ""}


def _in_one_language(request: HttpRequest) -> int:
    kept = Question.objects.overseen_by(request.user)
    return kept.filter(Question.is_in_one_language()).count()


@form_page
@requires(can_edit_knowledge)
def add(request: HttpRequest) -> HttpResponse:
    """Write a question for the first time; `question` begins with what was searched for in vain."""
    begun = begun_with(request.GET.get("question", ""))
    form = DraftForm(request.POST or None, agencies=_agencies(request), initial=begun)
    if request.method != "POST":
        return render(request, FORM_PAGE, {"form": form})
    if not form.is_valid():
        return render(request, FORM_PAGE, {"form": form}, status=422)
    try:
        question, _is_new = questions.draft(
            agency_id=int(form.cleaned_data["agency"]),
            by_id=request.user.pk,
            wording=Wording(**form.wording),
            key=form.cleaned_data["idempotency_key"],
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return render(request, FORM_PAGE, {"form": form}, status=409)
    messages.success(request, _("The draft is kept. Send it to a second person when it is ready."))
    return redirect(request, "manage_qa:question", slug=question.slug)


def _agencies(request: HttpRequest) -> list[tuple[int, str]]:
    current = Agency.objects.current().filter(pk__in=agencies_written_for(request.user))
    return [(agency.pk, agency.name) for agency in current.by_name()]


def kept_question(request: HttpRequest, slug: str) -> Question:
    """A question of this person's agencies; another's is a 404."""
    kept = Question.objects.kept_by(request.user).with_words().defer("search")
    return get_object_or_404(kept, slug=slug)


def read_question(request: HttpRequest, slug: str) -> Question:
    """A question that this person keeps or audits; another's is a 404."""
    read = Question.objects.overseen_by(request.user).with_words().defer("search")
    return get_object_or_404(read, slug=slug)


@require_safe
@requires(can_read_knowledge)
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question: what readers see, what is being written, and what may be done."""
    return show_question(request, read_question(request, slug))


def show_question(request: HttpRequest, one: Question, *, status: int = 200) -> HttpResponse:
    """Draw the page; after a refused act with the reason on top."""
    versions = list(
        one.versions.select_related("author", "changed_by", "approver")
        .prefetch_related("topics", "laws")
        .newest_first()
    )
    draft = next((v for v in versions if v.state in OPEN_VERSION_STATES), None)
    context = {
        "question": one,
        "may_write": one.agency_id in agencies_written_for(request.user),
        "published": shown(one, one.published) if one.published else None,
        "draft": shown(one, draft) if draft else None,
        "versions": versions,
        "approve": can_approve(request.user, one, draft) if draft else None,
        "confirm": can_approve(request.user, one, one.published) if one.published else None,
        "title": (draft or versions[0]).title,
    }
    return render(request, "knowledge/manage/question.html", context, status=status)


@form_page
@requires(can_edit_knowledge)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the draft, or begin a new wording of what is published."""
    one = kept_question(request, slug)
    before = one.versions.open().first() or one.published or one.versions.newest_first()[0]
    form = WordingForm(request.POST or None, initial=first_values(before))
    context = {"form": form, "question": one, "before": before, "published": one.published}
    if request.method != "POST":
        return render(request, FORM_PAGE, context)
    if not form.is_valid():
        return render(request, FORM_PAGE, context, status=422)
    try:
        questions.revise(
            question_id=one.pk, by_id=request.user.pk, wording=Wording(**form.wording)
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return render(request, FORM_PAGE, context, status=409)
    messages.success(request, _("The draft is kept. Send it to a second person when it is ready."))
    return redirect(request, "manage_qa:question", slug=slug)


@require_safe
@requires(can_read_knowledge)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The open wording as readers will see it."""
    one = read_question(request, slug)
    version = one.versions.open().prefetch_related("topics", "laws").first() or one.published
    if version is None:
        raise Http404
    context = {"one": shown(one, version), "both": "both" in request.GET, "is_preview": True}
    return render(request, "knowledge/qa/detail.html", context)


@require_safe
@requires(can_read_knowledge)
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed from one wording to a later one."""
    one = read_question(request, slug)
    versions = list(one.versions.prefetch_related("topics", "laws").newest_first())
    new = _numbered(versions, request.GET.get("new", "")) or versions[0]
    earlier = [version for version in versions if version.number < new.number]
    old = _numbered(earlier, request.GET.get("old", "")) or (earlier[0] if earlier else None)
    context = {
        "question": one,
        "versions": versions,
        "new": new,
        "old": old,
        "fields": _compared(old, new) if old else [],
        "title": new.title,
    }
    return render(request, "knowledge/manage/compare.html", context)


def _numbered(versions: list[QuestionVersion], typed: str) -> QuestionVersion | None:
    return next((one for one in versions if str(one.number) == typed), None)


def _compared(old: QuestionVersion, new: QuestionVersion) -> list[dict[str, Any]]:
    rows = [(_FIELD_NAMES[name], getattr(old, name), getattr(new, name)) for name in WORDS]
    rows.append((_("Legal basis"), _laws(old), _laws(new)))
    rows.append((_("Topics"), _topics(old), _topics(new)))
    return [
        {"name": name, "pieces": differences(before, after)}
        for name, before, after in rows
        if before != after
    ]


def _laws(version: QuestionVersion) -> str:
    return "\n".join(sorted(law.title for law in version.laws.all()))


def _topics(version: QuestionVersion) -> str:
    return "\n".join(sorted(pick(topic, "name") for topic in version.topics.all()))
