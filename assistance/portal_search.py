"""What the one search of the portal finds here: guidance systems, and for staff their cases."""

import datetime as dt
from itertools import compress
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import standing
from accounts.roles import Permission
from assistance.models import Case, SystemEdition
from assistance.models.sight import sight_of
from assistance.routing import Facts, suggest
from assistance.search import best_matches, number_in
from foundation.facets import NOTHING, TOPIC, Chosen, tag
from foundation.finding import Best, Finder
from foundation.languages import is_english, pick
from foundation.prepared import Prepared
from foundation.search import Found, Hit, excerpt, marked
from foundation.sought import Sought

_CASE_FIELDS = ("reference", "subject", "enterprise_name", "state")


@Prepared
def _editions(day: dt.date) -> "QuerySet[SystemEdition]":
    return SystemEdition.objects.on(day).select_related("system").in_order()


def systems(
    sought: Sought,
    *,
    user: Any,
    limit: int,
    or_loose: bool = False,
    chosen: Chosen = NOTHING,
) -> Found:
    """The systems that fit an owner's words, best first, then those whose page holds them."""
    editions = _editions(timezone.localdate())
    fitting = [one.system_code for one in suggest(Facts(text=sought.typed))]
    holding = [one.system.code for one in editions if sought.is_in(one.all_words)]
    by_code = {edition.system.code: edition for edition in editions}
    found = [by_code[code] for code in dict.fromkeys([*fitting, *holding]) if code in by_code]
    tags = tuple(frozenset({tag(TOPIC, edition.system.code)}) for edition in found)
    fits = map(chosen.fits, tags)
    shown = list(compress(found, fits))
    hits = tuple(_system(edition, sought) for edition in shown[:limit])
    label = _("Guidance systems")
    return Found("systems", label, hits, len(shown), is_suggested=not holding, tags=tags)


def _system(edition: SystemEdition, sought: Sought) -> Hit:
    between = ": " if is_english() else "："
    return Hit(
        title=marked(pick(edition, "name"), sought),
        url=reverse("systems:detail", args=[edition.system.code]),
        snippet=excerpt(between.join((pick(edition, "heading"), pick(edition, "gives"))), sought),
    )


def cases(
    sought: Sought,
    *,
    user: Any,
    limit: int,
    or_loose: bool = False,
    chosen: Chosen = NOTHING,
) -> Found:
    """The cases on a member of staff's desk, by number or by all words; nobody else's search asks.

    They are narrowed on the desk, by much more than topics and counties: here they fit no choice.
    """
    label = _("Cases")
    if not standing(user).may(Permission.DESK_USE):
        return Found("cases", label)
    found = _cases(sought, user, limit, chosen)
    return Found.of("cases", label, (_case(case, sought) for case in found.rows), found)


def _on_desk(*, agencies: frozenset[int] | None) -> "QuerySet[Case]":
    return Case.objects.all() if agencies is None else Case.objects.of_agencies(agencies)


_find_cases = Finder(_on_desk, rows=lambda: Case.objects.only(*_CASE_FIELDS))


def _cases(sought: Sought, user: Any, limit: int, chosen: Chosen) -> Best:
    if number_in(sought.typed):
        rows = list(best_matches(user, sought.typed, limit + 1).only(*_CASE_FIELDS))
        number, tags = min(len(rows), limit), (frozenset[str](),) * len(rows)
        shown = [] if chosen else rows[:limit]
        return Best(shown, 0 if chosen else number, len(rows) > limit, tags=tags)
    sight = sight_of(user)
    agencies = None if sight.reads_all else frozenset(sight.agency_ids)
    return _find_cases(sought, limit=limit, chosen=chosen, agencies=agencies)


def _case(case: Case, sought: Sought) -> Hit:
    named = (case.reference, case.enterprise_name, case.get_state_display())
    return Hit(
        title=marked(case.subject, sought),
        url=reverse("desk:case", args=[case.reference]),
        about=" ・ ".join(filter(None, named)),
    )
