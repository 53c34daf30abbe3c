"""What the public reads of a volunteer: only what she agreed to, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.reference import county_name
from accounts.reference.districts import district_words
from network.capacity import Calendar
from network.models import PublicConsent, TaxonomyTerm, Volunteer
from network.volunteer_states import ShownField


@dataclass(frozen=True, slots=True)
class Card:
    """Empty where nothing may be shown. `is_free` is None where capacity may not be shown."""

    volunteer_id: int
    name: str = ""
    title: str = ""
    county: str = ""
    districts: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    introduction: str = ""
    is_free: bool | None = None


def shown_fields(volunteer_ids: Iterable[int]) -> dict[int, set[str]]:
    """Which fields each volunteer agreed to show, in one query."""
    wanted = list(volunteer_ids)
    found: dict[int, set[str]] = {pk: set() for pk in wanted}
    given = PublicConsent.objects.standing().filter(volunteer_id__in=wanted)
    for pk, field in given.values_list("volunteer_id", "field"):
        found[pk].add(field)
    return found


def term_names() -> dict[str, str]:
    """The topics by code, in the reader's language."""
    return {term.code: term.name for term in TaxonomyTerm.objects.in_order()}


def card_of(
    volunteer: Volunteer, shown: set[str], terms: dict[str, str], calendar: Calendar, day: date
) -> Card:
    """The card of one volunteer, with the fields in `shown` and no other."""
    has_county = ShownField.COUNTY in shown
    free = calendar.places_in(day) > 0 and not calendar.is_away(day)
    districts = volunteer.districts if has_county else []
    specialties = volunteer.specialties if ShownField.SPECIALTIES in shown else []
    return Card(
        volunteer_id=volunteer.pk,
        name=volunteer.name if ShownField.NAME in shown else "",
        title=volunteer.title if ShownField.TITLE in shown else "",
        county=county_name(volunteer.county) if has_county else "",
        districts=tuple(district_words(volunteer.county, name) for name in districts),
        specialties=tuple(terms[code] for code in specialties if code in terms),
        languages=tuple(volunteer.language_words) if ShownField.LANGUAGES in shown else (),
        introduction=volunteer.introduction if ShownField.INTRODUCTION in shown else "",
        is_free=free if ShownField.CAPACITY in shown else None,
    )
