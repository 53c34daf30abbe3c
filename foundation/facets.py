"""What results may be narrowed to: topic and county, told by each row that is compared."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Func, TextField

TOPIC, COUNTY = "topic", "county"
FACETS = (TOPIC, COUNTY)
EVERYWHERE = "*"
_BY_SPACES = re.compile(r"\s+")

Tags = frozenset[str]


def tag(facet: str, code: str) -> str:
    """One thing a row says of itself."""
    return f"{facet}:{code}"


def tagged(facet: str, codes: Any) -> Func:
    """The codes of an array as text, each written as `tag` writes it."""
    return Func(
        codes,
        template=f"(' {facet}:' || array_to_string(%(expressions)s, ' {facet}:'))",
        output_field=TextField(),
    )


def joined(tags: Any) -> Func:
    """Tags that are kept in an array, as the same text."""
    return Func(
        tags, template="(' ' || array_to_string(%(expressions)s, ' '))", output_field=TextField()
    )


def read_tags(text: str | None) -> Tags:
    """Read what a row says of itself; nothing where it says nothing."""
    return frozenset(one for one in _BY_SPACES.split(text or "") if one and not one.endswith(":"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a visitor narrowed the results to; nothing where a code is empty."""

    topic: str = ""
    county: str = ""

    def __bool__(self) -> bool:
        return bool(self.topic or self.county)

    def code(self, facet: str) -> str:
        return self.topic if facet == TOPIC else self.county

    def to(self, facet: str, code: str) -> "Chosen":
        """The choice with another code of one facet; with none it is given up."""
        return replace(self, topic=code) if facet == TOPIC else replace(self, county=code)

    def fits(self, tags: Tags) -> bool:
        """Is it about the topic, and there for the county?"""
        if self.topic and tag(TOPIC, self.topic) not in tags:
            return False
        places = {tag(COUNTY, self.county), tag(COUNTY, EVERYWHERE)}
        return not self.county or not places.isdisjoint(tags)

    @property
    def pattern(self) -> str:
        """The same for `~` on the text of the tags: what fits is put before what does not."""
        topic = f"(?=.* topic:{re.escape(self.topic)}( |$))" if self.topic else ""
        county = f"(?=.* county:({re.escape(self.county)}|\\*)( |$))" if self.county else ""
        return f"^{topic}{county}"


NOTHING = Chosen()


def counted(facet: str, rows: Iterable[Tags]) -> dict[str, int]:
    """How many rows each code would leave; what is there for every county counts in each named."""
    found: Counter[str] = Counter(one for tags in rows for one in tags)
    everywhere = found[tag(facet, EVERYWHERE)]
    codes = (one.partition(":")[2] for one in found if one.startswith(f"{facet}:"))
    return {code: found[tag(facet, code)] + everywhere for code in codes if code != EVERYWHERE}
