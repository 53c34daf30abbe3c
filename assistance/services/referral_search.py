"""Looking for somebody who can take a referral: ranked, with reasons; finding nobody is noted."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.reference.districts import district_of
from assistance.models import Case, GuidanceSystem, UnmetReason, UnmetSearch
from assistance.services import referral_past
from network.candidates import candidates
from network.matching import Point, Ranking, Wanted, rank
from network.places import centre_of

# Whoever is ruled out by one of these would not do, however free.
NOT_THEIRS = frozenset({"other_topic", "other_area", "other_districts"})
_LASTING = {
    "conflict": UnmetReason.CONFLICT,
    "asked_before": UnmetReason.DECLINED,
    "no_contact": UnmetReason.UNREACHABLE,
}
# The first that is true of anybody is what is noted: what the network could mend soonest.
_WHY = (
    UnmetReason.BUSY,
    UnmetReason.DECLINED,
    UnmetReason.CONFLICT,
    UnmetReason.UNREACHABLE,
)


def wanted_for(case: Case, system: GuidanceSystem, day: date) -> Wanted:
    """What matching needs to know of a case and the topic it is referred for."""
    return Wanted(
        topic=system.code,
        on=day,
        county=case.county,
        district=case.district,
        point=_point(case),
        language=case.language,
        business_number=case.business_number,
    )


def _point(case: Case) -> Point | None:
    """The middle of the case's district; of a county alone no distance is worth saying."""
    named = district_of(case.county, case.district) if case.district else None
    if named is None:
        return None
    centre = centre_of(named.county, named.zh)
    return Point(centre.latitude, centre.longitude)


def look(case: Case, system: GuidanceSystem) -> Ranking:
    """Rank everyone around the place of the case; nothing is written."""
    day = timezone.localdate()
    wanted = wanted_for(case, system, day)
    found = candidates(
        wanted,
        lambda keys: referral_past.pasts(keys, case_id=case.pk, system_id=system.pk),
    )
    return rank(wanted, found)


@transaction.atomic
def search(*, case: Case, system: GuidanceSystem) -> Ranking:
    """Look, and where nobody is able and free, note the need that the network leaves unmet."""
    ranking = look(case, system)
    if not ranking.fitting:
        barred = Counter(said.code for out in ranking.ruled_out for said in out.reasons)
        note_unmet(case, system, reason_of(ranking), barred)
    return ranking


def note_unmet(
    case: Case, system: GuidanceSystem, reason: UnmetReason, barred: Mapping[str, int]
) -> None:
    """Note that nobody was found for a topic of a case: one row a day, as it was found last."""
    noted, is_new = UnmetSearch.objects.get_or_create(
        case=case,
        system=system,
        searched_on=timezone.localdate(),
        defaults={
            "county": case.county,
            "district": case.district,
            "reason": reason,
            "barred_by": dict(barred),
        },
    )
    if not is_new and noted.reason != reason:
        noted.reason, noted.barred_by = reason, dict(barred)
        noted.save(update_fields=["reason", "barred_by"])


def reason_of(ranking: Ranking) -> UnmetReason:
    """Why nobody was found: what kept those of the topic and the place, who came closest, away."""
    kept: set[str] = set()
    for out in ranking.ruled_out:
        codes = {said.code for said in out.reasons}
        if not codes & NOT_THEIRS:
            kept |= {_closest(codes)}
    return next((reason for reason in _WHY if reason in kept), UnmetReason.NOBODY)


def _closest(codes: set[str]) -> UnmetReason:
    """What keeps one of them away: a place or a leave passes by itself, the others do not."""
    lasting = [reason for code, reason in _LASTING.items() if code in codes]
    return lasting[0] if lasting else UnmetReason.BUSY
