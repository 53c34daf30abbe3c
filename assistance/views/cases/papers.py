"""Taking back a paper that was sent by mistake, before an agency has used it."""

from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assistance.models import Attachment
from assistance.permissions import can_take_back
from assistance.services import removing
from assistance.views.cases.door import Door
from foundation.errors import DomainError
from foundation.guards import demand
from foundation.htmx import redirect, render

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, door: Door, pk: UUID) -> HttpResponse:
    """Ask, then take the file out of the case; one that is gone already stays gone."""
    own = Attachment.objects.for_sme().select_related("question_item__question")
    file = get_object_or_404(own, pk=pk, case=door.case)
    if file.removed_at is not None:
        return redirect(request, door.url("detail"))
    file.case = door.case
    context = {"case": door.case, "file": file, "back": door.url("detail")}
    context["days"] = removing.REMOVED_DAYS
    if request.method != "POST":
        is_opened = str(file.pk) in removing.opened_files(door.case)
        demand(can_take_back(file, actor_id=door.actor_id, is_opened=is_opened))
        return render(request, "assistance/cases/remove_file.html", context)
    try:
        removing.take_back(attachment_id=file.pk, by_id=door.actor_id)
    except DomainError as refusal:
        context["refusal"] = str(refusal)
        return render(request, "assistance/cases/remove_file.html", context, status=CONFLICT)
    flash.success(request, _("“%(name)s” is removed.") % {"name": file.name})
    return redirect(request, door.url("detail"))
