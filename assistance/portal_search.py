"""What the one search of the portal finds here: guidance systems, and for staff their cases."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import standing
from accounts.roles import Permission
from assistance.models import Case, SystemEdition
from assistance.routing import Facts, suggest
from assistance.search import best_matches, number_in
from foundation.languages import is_english, pick
from foundation.search import Best, Found, Hit, best, excerpt, marked
from foundation.sought import Sought

_CASE_FIELDS = ("reference", "subject", "enterprise_name", "state")


def systems(sought: Sought, *, user: Any, limit: int, is_loose: bool = False) -> Found:
    """The systems that fit an owner's words, best first, then those whose page holds them."""
    editions = list(
        SystemEdition.objects.on(timezone.localdate()).select_related("system").in_order()
    )
    fitting = [one.system_code for one in suggest(Facts(text=sought.typed))]
    holding = [
        edition.system.code
        for edition in editions
        if sought.is_in(edition.all_words, is_loose=is_loose)
    ]
    by_code = {edition.system.code: edition for edition in editions}
    found = [by_code[code] for code in dict.fromkeys([*fitting, *holding]) if code in by_code]
    hits = tuple(_system(edition, sought) for edition in found[:limit])
    return Found("systems", _("Guidance systems"), hits, len(found))


def _system(edition: SystemEdition, sought: Sought) -> Hit:
    between = ": " if is_english() else "："
    return Hit(
        title=marked(pick(edition, "name"), sought),
        url=reverse("systems:detail", args=[edition.system.code]),
        snippet=excerpt(between.join((pick(edition, "heading"), pick(edition, "gives"))), sought),
    )


def cases(sought: Sought, *, user: Any, limit: int, is_loose: bool = False) -> Found:
    """The cases on a member of staff's desk, by number or by words; nobody else's search asks."""
    label = _("Cases")
    if not standing(user).may(Permission.DESK_USE):
        return Found("cases", label)
    found = _cases(sought, user, limit, is_loose=is_loose)
    hits = tuple(_case(case, sought) for case in found.rows)
    return Found("cases", label, hits, found.number, found.has_more)


def _cases(sought: Sought, user: Any, limit: int, *, is_loose: bool) -> Best:
    if number_in(sought.typed):
        rows = list(best_matches(user, sought.typed, limit + 1).only(*_CASE_FIELDS))
        return Best(rows[:limit], min(len(rows), limit), len(rows) > limit)
    seen = Case.objects.on_desk_of(user)
    fetched = Case.objects.only(*_CASE_FIELDS)
    return best(seen, sought, limit=limit, is_loose=is_loose, rows=fetched)


def _case(case: Case, sought: Sought) -> Hit:
    named = (case.reference, case.enterprise_name, case.get_state_display())
    return Hit(
        title=marked(case.subject, sought),
        url=reverse("desk:case", args=[case.reference]),
        about=" ・ ".join(filter(None, named)),
    )
