"""Looking for somebody who can take a referral: ranked, with reasons; finding nobody is noted."""

from collections import Counter
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.reference.districts import district_of
from assistance.models import Case, GuidanceSystem, UnmetSearch
from assistance.services import referral_past
from network.candidates import candidates
from network.matching import Point, Ranking, Wanted, rank
from network.places import centre_of


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
        UnmetSearch.objects.get_or_create(
            case=case,
            system=system,
            searched_on=timezone.localdate(),
            defaults={
                "county": case.county,
                "district": case.district,
                "barred_by": dict(barred),
            },
        )
    return ranking
