"""Published answers and a case: what she had read, what was drafted from it, and drafting one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assistance.forms.known_answers import FromCaseForm
from assistance.models import Answer, KnownAnswer
from assistance.permissions import can_draft_answer
from assistance.services import known_answers
from assistance.views.casework.acting import CONFLICT, UNPROCESSABLE
from assistance.views.casework.bench import Bench, on_bench
from foundation.errors import DomainError
from foundation.guards import demand
from foundation.htmx import redirect, render
from foundation.languages import pick
from knowledge.models import LONGEST_QUESTION, Question, Topic
from knowledge.personal_data import Finding, pieces, without
from knowledge.services.wording import Wording


@require_http_methods(["GET", "HEAD", "POST"])
@on_bench
def known(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Show both kinds of links; draft an answer from what the case was told."""
    allowed = can_draft_answer(bench.user, bench.case)
    if request.method == "POST":
        demand(allowed)
        return _draft(request, bench)
    start, taken = _without_personal_data(bench) if allowed else ({}, Taken())
    form = _form(bench, initial=start) if allowed else None
    return _show(request, bench, form, taken=taken, reason=allowed.reason)


def _form(bench: Bench, data: Any = None, **more: Any) -> FromCaseForm:
    lead = bench.case.lead_agency
    return FromCaseForm(data, agencies=[(lead.pk, pick(lead, "name"))], **more)


def _draft(request: HttpRequest, bench: Bench) -> HttpResponse:
    form = _form(bench, request.POST)
    if not form.is_valid():
        return _show(request, bench, form, status=UNPROCESSABLE)
    try:
        question = known_answers.draft_from(
            case_id=bench.case.pk,
            by_id=request.user.pk,
            wording=Wording(**form.wording),
            key=form.cleaned_data["idempotency_key"],
            is_checked=form.cleaned_data["is_checked"],
        )
    except known_answers.PersonalDataLeftError as left:
        form.add_error("is_checked", str(left))
        return _show(request, bench, form, status=UNPROCESSABLE)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _show(request, bench, form, status=CONFLICT)
    flash.success(request, _("The draft is kept. Send it to a second person when it is ready."))
    return redirect(request, "manage_qa:question", slug=question.slug)


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the case as it stands, each finding in it marked."""

    label: str
    pieces: list[tuple[str, bool]]


@dataclass(slots=True)
class Taken:
    """What was found in the case's own words, and where; nothing goes out of sight unsaid."""

    found: list[Finding] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Each finding once, with what it looks like."""
        return list(dict.fromkeys((one.text, str(one.kind.label)) for one in self.found))


def _without_personal_data(bench: Bench) -> tuple[dict[str, Any], Taken]:
    """What was asked and answered, blotted; and what was found in it."""
    case = bench.case
    sent = Answer.objects.filter(case=case, sent_at__isnull=False).order_by("-sent_at").first()
    parts = [part.text for part in sent.parts.order_by("pk")] if sent else []
    told = "\n\n".join([sent.opening, *parts, sent.closing]) if sent else ""
    code = "en" if case.language.startswith("en") else "zh"
    start: dict[str, Any] = {}
    taken = Taken()
    texts = (
        (f"question_{code}", _("What was asked"), case.subject),
        (f"answer_{code}", _("What was answered"), told),
    )
    for name, label, text in texts:
        findings = known_answers.found_in(case, text)
        taken.found += findings
        taken.sources.append(Source(label, pieces(text, findings)))
        start[name] = without(text, findings)
    start[f"question_{code}"] = start[f"question_{code}"][:LONGEST_QUESTION]
    system = case.main_system
    start["topics"] = list(
        Topic.objects.filter(code=system.code if system else "").values_list("pk", flat=True)
    )
    return start, taken


def _show(
    request: HttpRequest,
    bench: Bench,
    form: FromCaseForm | None,
    *,
    taken: Taken | None = None,
    reason: Any = "",
    status: int = 200,
) -> HttpResponse:
    # What was drafted from the case is its agency's until it is published.
    seen = Question.objects.visible_to(bench.user)
    links = KnownAnswer.objects.filter(case=bench.case, question__in=seen)
    links = links.select_related("question__published")
    context = {
        "case": bench.case,
        "links": [(link, _title(link)) for link in links.order_by("known_as", "pk")],
        "form": form,
        "taken": taken or _without_personal_data(bench)[1] if form else Taken(),
        "reason": reason,
    }
    return render(request, "assistance/casework/known.html", context, status=status)


def _title(link: KnownAnswer) -> str:
    """The published question; of a draft, how it is worded now."""
    newest = None if link.question.published else link.question.versions.newest_first().first()
    return newest.title if newest else link.question.title
