"""What the public reads of a volunteer: only what she agreed to, field by field."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.reference.districts import district_words
from network.capacity_reading import Places, places_of_volunteers
from network.models import PublicConsent, TaxonomyTerm, Volunteer
from network.models.volunteer import VolunteerQuerySet
from network.volunteer_states import ShownField

# More marks than these nobody counts.
MOST_SLOTS = 12


@dataclass(frozen=True, slots=True)
class Card:
    """Empty where nothing may be shown. `free` is None where capacity may not be shown."""

    volunteer_id: int
    name: str = ""
    title: str = ""
    county: str = ""
    districts: tuple[str, ...] = ()
    more_counties: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    introduction: str = ""
    most: int = 0
    free: int | None = None
    free_again_on: date | None = None

    @property
    def slots(self) -> list[bool]:
        """A mark for each place of the month, True where it is gone; none where there are many."""
        if not self.free or self.most > MOST_SLOTS:
            return []
        return [n >= self.free for n in range(self.most)][::-1]


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


def shown_for(county: str, topic: str) -> VolunteerQuerySet:
    """Those on the public list, of a county and a topic where these are asked for.

    A filter finds only those who show the very thing it asks for: nobody learns by filtering
    what is not shown.
    """
    found = Volunteer.objects.shown()
    if county:
        found = found.showing(ShownField.COUNTY).in_county(county)
    if topic:
        found = found.showing(ShownField.SPECIALTIES).filter(specialties__contains=[topic])
    return found


def number_by_county(topic: str) -> Counter[str]:
    """How many show that they serve each county, in one query."""
    found = shown_for("", topic).showing(ShownField.COUNTY)
    rows = found.values_list("county", "more_counties")
    return Counter(county for home, more in rows for county in (home, *more))


def cards_of(volunteers: Iterable[Volunteer], day: date) -> list[Card]:
    """The cards of many, in a fixed number of queries."""
    rows = list(volunteers)
    ids = [one.pk for one in rows]
    shown, places, terms = shown_fields(ids), places_of_volunteers(ids, day), term_names()
    return [card_of(one, shown[one.pk], terms, places[one.pk], day) for one in rows]


def card_of(
    volunteer: Volunteer, shown: set[str], terms: dict[str, str], places: Places, day: date
) -> Card:
    """The card of one volunteer, with the fields in `shown` and no other."""
    has_county = ShownField.COUNTY in shown
    free = places.free(day) if ShownField.CAPACITY in shown else None
    districts = volunteer.districts if has_county else []
    specialties = volunteer.specialties if ShownField.SPECIALTIES in shown else []
    return Card(
        volunteer_id=volunteer.pk,
        name=volunteer.name if ShownField.NAME in shown else "",
        title=volunteer.title if ShownField.TITLE in shown else "",
        county=volunteer.county_words if has_county else "",
        districts=tuple(district_words(volunteer.county, name) for name in districts),
        more_counties=tuple(volunteer.more_county_words) if has_county else (),
        specialties=tuple(terms[code] for code in specialties if code in terms),
        languages=tuple(volunteer.language_words) if ShownField.LANGUAGES in shown else (),
        introduction=volunteer.introduction if ShownField.INTRODUCTION in shown else "",
        most=places.most(day) if free is not None else 0,
        free=free,
        free_again_on=places.next_free(day) if free == 0 else None,
    )
