"""The workspace of partners and volunteers: what they are asked, what they have taken."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assistance.models import Referral
from assistance.referral_permissions import can_receive
from assistance.states import RECEIVED_STATES, TAKEN_STATES, ReferralState
from assistance.timeline.names import system_name
from assistance.views.partner.cards import OF_CASE, card
from foundation.guards import requires
from foundation.htmx import render
from foundation.listing import Sort, keyset_page

ON_A_PAGE = 20
MOST_OPEN = 100
NEWEST_FIRST = Sort("settled", ("-settled_at",))
_SETTLED = (ReferralState.COMPLETED, ReferralState.DECLINED)


@require_safe
@requires(can_receive)
def inbox(request: HttpRequest) -> HttpResponse:
    """Cards to answer first, then what is being done; what is over shows nothing of the SME."""
    mine = Referral.objects.put_to(request.user).with_names()
    now = (
        mine.filter(state__in=RECEIVED_STATES)
        .select_related("case__enterprise")
        .only(*_columns(), *OF_CASE)
    )
    cards = [card(one) for one in now.order_by("answer_by", "pk")[:MOST_OPEN]]
    past = mine.filter(state__in=_SETTLED)
    page = keyset_page(past, NEWEST_FIRST, request.GET.get("after", ""), ON_A_PAGE)
    context = {
        "to_answer": [one for one in cards if one["referral"].state == ReferralState.SENT],
        "taken": [one for one in cards if one["referral"].state in TAKEN_STATES],
        "page": page,
        "past": [{"referral": one, "system": system_name(one.system_id)} for one in page.rows],
    }
    return render(request, "assistance/partner/inbox.html", context)


def _columns() -> list[str]:
    own = [column.name for column in Referral._meta.concrete_fields]
    names = ("name_zh", "name_en")
    return [
        *own,
        *(f"organisation__{name}" for name in names),
        "volunteer__name",
        "system__code",
        "referred_by__name",
        "accepted_by__name",
    ]
