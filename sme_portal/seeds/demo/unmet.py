"""Searches for somebody to refer the demonstration's needs to: some find nobody."""

from django.db import transaction

from assistance.models import Need, UnmetSearch
from assistance.services import referral_search
from assistance.states import CaseState
from foundation.idempotency import once
from sme_portal.seeds.demo.clock import moved_clock
from sme_portal.seeds.demo.directory import SORTS
from sme_portal.seeds.demo.people import key

MOST = 80
# What every county has somebody for needs no looking.
EVERYWHERE = {code for sort in SORTS if sort.every == 1 for code in sort.terms}


def seed_unmet() -> int:
    """Look once for each of the latest needs, on the day it arose; returns how many found nobody.

    Comes after the directory and the volunteers: those who are there decide what is found.
    """
    with transaction.atomic():
        if Need.objects.exists():
            once(key=key("unmet"), act="sme_portal.seed_unmet", by="demo", do=_look)
    return UnmetSearch.objects.count()


def _look() -> Need:
    needs = Need.objects.exclude(case__state=CaseState.MERGED)
    needs = needs.exclude(system__code__in=EVERYWHERE).select_related("case", "system")
    with moved_clock() as set_clock:
        for need in needs.order_by("-created_at", "-pk")[:MOST]:
            set_clock(need.created_at)
            referral_search.search(case=need.case, system=need.system)
    return Need.objects.earliest("pk")
