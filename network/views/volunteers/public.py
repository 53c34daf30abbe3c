"""The public list: only who agreed, and only what she agreed to."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.reference import counties, county_choices
from foundation import htmx
from foundation.listing import Sorts, keyset_page
from foundation.published import published
from foundation.stamping import NETWORK
from network.volunteer_cards import cards_of, shown_for, term_names
from network.volunteer_permissions import can_serve

# By nothing that might not be shown.
SORTS = Sorts({"first": ()}, default="first")


@login_not_required
@require_safe
@published(NETWORK)
def index(request: HttpRequest) -> HttpResponse:
    """Honorary guidance personnel by county and topic.

    A filter finds only those who show the very thing it asks for: nobody learns by filtering
    what is not shown.
    """
    terms = term_names()
    county, topic = request.GET.get("county", ""), request.GET.get("topic", "")
    county = county if county in counties() else ""
    topic = topic if topic in terms else ""
    page = keyset_page(shown_for(county, topic), SORTS.default, request.GET.get("after"))
    context = {
        "cards": cards_of(page.rows, timezone.localdate()),
        "page": page,
        "county": county,
        "topic": topic,
        "counties": county_choices(),
        "topics": list(terms.items()),
        "next_url": page.next_url(county=county, topic=topic),
        "serves": bool(can_serve(request.user)),
    }
    return htmx.render(request, "network/volunteer/list.html", context)
