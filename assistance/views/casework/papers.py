"""Taking a file out of a case that does not belong there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assistance.forms.casework import RemoveFileForm
from assistance.models import Attachment
from assistance.permissions import can_remove_file
from assistance.services import removing
from assistance.views.casework.acting import Page, back_to, run
from assistance.views.casework.bench import Bench, on_bench
from foundation.guards import demand


@require_http_methods(["GET", "HEAD", "POST"])
@on_bench
def remove(request: HttpRequest, bench: Bench, pk: UUID) -> HttpResponse:
    """Ask for the reason, then take the file out; one that is gone already stays gone."""
    seen = Attachment.objects.once_visible_to(bench.user).select_related(
        "message__need", "question_item__question__need"
    )
    file = get_object_or_404(seen, pk=pk, case=bench.case)
    if file.removed_at is not None:
        return back_to(request, bench.case)
    file.case = bench.case
    demand(can_remove_file(bench.user, file))
    page = Page(
        heading=_("Remove this file?"),
        button=_("Remove the file"),
        done=_("“%(name)s” is removed.") % {"name": file.name},
        intro=_what_happens(file),
        is_grave=True,
    )
    agency_id = bench.agency_for(file.need.pk if file.need else None)
    return run(
        request,
        bench,
        page,
        RemoveFileForm(request.POST or None),
        lambda said: removing.remove(
            attachment_id=file.pk,
            by_id=bench.user.pk,
            agency_id=agency_id,
            reason=said["reason"],
        ),
    )


def _what_happens(file: Attachment) -> str:
    facts = {"name": file.name, "n": removing.REMOVED_DAYS}
    if file.is_internal:
        return (
            _(
                "“%(name)s” leaves the case now and is deleted for good after %(n)d days. "
                "Only staff read your reason."
            )
            % facts
        )
    return (
        _(
            "“%(name)s” leaves the case now and is deleted for good after %(n)d days. "
            "The SME is told, and reads your reason."
        )
        % facts
    )
