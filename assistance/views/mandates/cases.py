"""The cases somebody filed under mandates, as far as those say; after their end, a 404."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.permissions import standing
from assistance.mandate_permissions import can_file_for_others
from assistance.models import Case
from assistance.views.cases.door import Door
from assistance.views.cases.pages import show
from assistance.views.mandates.rows import filing_of

READS = frozenset({"print"})
WRITES = READS | {"message", "answer", "upload"}


def filers_door(request: HttpRequest, reference: str) -> Door:
    """Open a case filed under a mandate that is in force and lets the filer read."""
    who = standing(request.user)
    if who.user_id is None or not can_file_for_others(request.user):
        raise Http404
    found = Case.objects.filed_by(request.user).filter(reference=reference)
    case = found.select_related("lead_agency", "lead_officer", "merged_into").first()
    filing = filing_of(case) if case else None
    if case is None or filing is None:
        raise Http404
    acts = WRITES if filing.mandate.may_write else READS
    return Door(case, who.user_id, str(who.user_id), "acting", acts)


def writers_door(request: HttpRequest, reference: str) -> Door:
    """Likewise, for those who may write."""
    door = filers_door(request, reference)
    if not door.may("message"):
        raise Http404
    return door


@require_safe
def case(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the case; what is new to the enterprise stays new to it."""
    return show(request, door)
