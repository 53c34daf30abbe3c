"""Papers of a request: what is asked for by the chosen systems, uploading, taking out again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assistance.forms.intake import UploadForm
from assistance.models import Attachment, Draft, ScanState, SystemEdition
from assistance.services import files
from assistance.views.intake.in_hand import begin_or_continue, draft_in_hand
from assistance.views.intake.reading import Reading, step_url
from assistance.views.limits import within_limit
from foundation.errors import DomainError
from foundation.htmx import redirect, render, wants_fragment
from foundation.languages import is_english
from foundation.uploads import check_upload

OTHER_PAPER = "other"
MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that is asked for, and the files she has given for it."""

    code: str
    name: str
    is_required: bool
    files: tuple[dict[str, Any], ...]
    upload_url: str
    form: UploadForm


def papers_context(reading: Reading) -> dict[str, Any]:
    """What the page of papers shows."""
    return {"papers": papers_of(reading)}


def papers_of(reading: Reading) -> list[Paper]:
    """The papers of the chosen systems, each once, and a place for others."""
    wanted: dict[str, tuple[str, bool]] = {}
    for edition in _chosen(reading):
        for paper in edition.documents:
            name = paper["en"] if is_english() else paper["zh"]
            needed = bool(paper.get("required")) or wanted.get(paper["code"], ("", False))[1]
            wanted[paper["code"]] = (name, needed)
    wanted[OTHER_PAPER] = (_("Anything else that helps"), False)
    given: dict[str, list[dict[str, Any]]] = {code: [] for code in wanted}
    if reading.draft is not None:
        for row in Attachment.objects.filter(draft=reading.draft, removed_at=None):
            given.get(row.document_code, given[OTHER_PAPER]).append(as_line(row))
    return [
        Paper(
            code,
            name,
            needed,
            tuple(given[code]),
            reverse("request:upload", args=[code]),
            UploadForm(auto_id=f"{code}_%s"),
        )
        for code, (name, needed) in wanted.items()
    ]


def as_line(row: Attachment) -> dict[str, Any]:
    """A file as the component `file_list` draws it."""
    state = {ScanState.PENDING: "pending", ScanState.INFECTED: "refused"}
    return {
        "name": row.name,
        "size": row.size,
        "state": state.get(ScanState(row.scan_state), "ready"),
        "url": reverse("files:download", args=[row.pk]),
        "remove_url": reverse("request:remove_file", args=[row.pk]),
    }


def _chosen(reading: Reading) -> list[SystemEdition]:
    codes = reading.answers.get("system", {}).get("systems", [])
    return [one for one in reading.editions if one.system.code in codes]


@login_not_required
@require_POST
def upload(request: HttpRequest, paper: str) -> HttpResponse:
    """Take files for one paper: one by one with progress, or several with a plain form."""
    arrived = request.FILES.getlist("file")[:MOST_AT_ONCE]
    if not within_limit(request, "upload"):
        return _answer_refusal(request, _("Many files came from here. Wait a little, please."))
    if not arrived:
        return _answer_refusal(request, _("Choose a file first."))
    hand = begin_or_continue(request)
    if hand.draft is None:
        return _answer_refusal(request, _("Many files came from here. Wait a little, please."))
    kept, refusals = _take_all(request, hand.draft, paper, arrived)
    if wants_fragment(request):
        return hand.give(_answer_row(request, kept, refusals))
    for line in refusals:
        messages.error(request, line)
    return hand.give(redirect(request, f"{step_url('papers')}#paper-{paper}"))


def _take_all(
    request: HttpRequest, draft: Draft, paper: str, arrived: list[UploadedFile]
) -> tuple[list[Attachment], list[str]]:
    kept: list[Attachment] = []
    refusals: list[str] = []
    for one in arrived:
        try:
            kept.append(_take(request, draft, paper, one))
        except DomainError as refusal:
            refusals.append(f"{_shown(one.name)}: {refusal}" if len(arrived) > 1 else str(refusal))
    return kept, refusals


def _take(request: HttpRequest, draft: Draft, paper: str, one: UploadedFile) -> Attachment:
    known = {row.code for row in papers_of(Reading(request, draft))}
    checked = check_upload(one)
    return files.add_to_draft(
        draft_id=draft.pk,
        checked=checked,
        content=one,
        document_code=paper if paper in known else OTHER_PAPER,
        by_id=request.user.pk if request.user.is_authenticated else None,
    )


def _answer_row(request: HttpRequest, kept: list[Attachment], refusals: list[str]) -> HttpResponse:
    """One row of the list, or the reason as plain text beside the progress bar."""
    if refusals:
        return _plain("\n".join(refusals))
    rows = [as_line(row) for row in kept]
    return render(request, "assistance/intake/file_row.html", {"files": rows})


def _answer_refusal(request: HttpRequest, reason: str) -> HttpResponse:
    if wants_fragment(request):
        return _plain(reason)
    messages.error(request, reason)
    return redirect(request, step_url("papers"))


def _plain(reason: str) -> HttpResponse:
    return HttpResponse(reason, content_type="text/plain; charset=utf-8", status=422)


def _shown(name: str | None) -> str:
    return (name or "")[:60]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then take a file out of the draft in hand."""
    draft = draft_in_hand(request)
    rows = Attachment.objects.filter(pk=pk, draft=draft) if draft else Attachment.objects.none()
    row = rows.first()
    if row is None or draft is None:
        return redirect(request, step_url("papers"))
    if request.method != "POST":
        return render(request, "assistance/intake/remove_file.html", {"file": row})
    files.remove_from_draft(attachment_id=row.pk, draft_id=draft.pk)
    messages.success(request, _("“%(name)s” is removed.") % {"name": row.name})
    return redirect(request, step_url("papers"))
