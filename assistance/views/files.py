"""Serving papers: to whoever may see the case, the session that follows it, or writes the draft."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.permissions import standing
from assistance.models import Attachment, Case, Mandate, MessageKind
from assistance.models.attachment import of_mandates
from assistance.models.case import CaseQuerySet
from assistance.permissions import agency_acting
from assistance.services.readings import note_reading
from assistance.views.intake.in_hand import draft_in_hand
from assistance.views.track import granted_references
from foundation.papers import open_paper


@login_not_required
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A paper as an attachment; unread by a scanner, removed or foreign ones are all a 404."""
    row = _mine(request, pk)
    if row is None:
        raise Http404
    _note(request, row)
    return send_paper(row)


def send_paper(row: Attachment) -> HttpResponseBase:
    """The bytes of a paper that the visitor may read, never shown as a page of ours."""
    try:
        content = open_paper(row.storage_name)
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(content, as_attachment=True, filename=row.name, content_type=row.mime)
    response.headers["Content-Length"] = str(row.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _mine(request: HttpRequest, pk: UUID) -> Attachment | None:
    rows = Attachment.objects.readable().select_related("case").filter(pk=pk)
    seen = rows.visible_to(request.user).first() if request.user.is_authenticated else None
    if seen is not None:
        return seen
    followed = granted_references(request)
    if followed:
        public = Q(message=None) | ~Q(message__kind=MessageKind.NOTE)
        mine = _followed(followed)
        of_mandate = of_mandates(Mandate.objects.none(), mine)
        seen = rows.filter(Q(public, case__in=mine) | of_mandate).first()
        if seen is not None:
            return seen
    draft = draft_in_hand(request)
    return rows.filter(draft=draft).first() if draft is not None else None


def _followed(references: list[str]) -> CaseQuerySet:
    return Case.objects.followed_by_code().filter(reference__in=references)


def _note(request: HttpRequest, row: Attachment) -> None:
    """Staff who open a paper are written down, for the SME to see."""
    if row.case is None or not request.user.is_authenticated:
        return
    who = standing(request.user)
    applies = row.case.enterprise_id in who.enterprise_ids or row.case.applicant_id == who.user_id
    if not who.is_staff or applies or request.method != "GET":
        return
    note_reading(
        case_id=row.case.pk,
        reader_id=request.user.pk or 0,
        agency_id=agency_acting(request.user, row.case),
        what=f"file:{row.pk}",
    )
