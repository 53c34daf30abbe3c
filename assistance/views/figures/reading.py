"""Which rows stand behind a number: read from its address, 404 where it names what there is not."""

from typing import Any

from django.db.models import TextChoices
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.reference import counties, county_name
from accounts.reference.districts import district_words
from assistance.forms.figures import quarters_offered
from assistance.models import GuidanceSystem
from assistance.views.figures.topics import topics
from foundation.languages import EN, ZH, is_english
from foundation.quarters import Quarter
from foundation.text import TextNotAllowedError, clean_line

LONGEST_DISTRICT = 40
# How an address says that no county or district was stated.
UNSTATED = "-"
_YEARS = range(2000, 2200)


class Asked:
    """The filters of an address, gathered for a query, and how they read."""

    def __init__(self, request: HttpRequest) -> None:
        self.given: QueryDict = request.GET
        self.filters: dict[str, Any] = {}
        try:
            self.quarter = Quarter.from_code(
                self.given.get("quarter") or quarters_offered()[0].code
            )
        except ValueError as wrong:
            raise Http404 from wrong
        if self.quarter.year not in _YEARS:
            raise Http404
        self.words: list[str] = [self.quarter.label(EN if is_english() else ZH)]

    def county(self, column: str) -> str:
        """The county asked for; "" where any or none is."""
        county = self.given.get("county", "")
        if county not in {"", UNSTATED, *counties()}:
            raise Http404
        if county:
            self.filters[column] = "" if county == UNSTATED else county
            self.words.append(county_name(county) or _("County not stated"))
        return "" if county == UNSTATED else county

    def district(self, county: str) -> None:
        try:
            district = clean_line(self.given.get("district", "")[:LONGEST_DISTRICT])
        except TextNotAllowedError as wrong:
            raise Http404 from wrong
        if district:
            self.filters["district"] = "" if district == UNSTATED else district
            words = district_words(county, self.filters["district"])
            self.words.append(words or _("District not stated"))

    def topic(self) -> None:
        if topic := self.given.get("topic", ""):
            pk = get_object_or_404(GuidanceSystem, code=topic).pk
            self.filters["system_id"] = pk
            self.words.append(topics([pk])[pk].name)

    def one_of(self, choices: type[TextChoices], name: str, column: str) -> None:
        """A value of a fixed list."""
        if value := self.given.get(name, ""):
            if value not in choices.values:
                raise Http404
            self.filters[column] = value
            self.words.append(str(choices(value).label))

    def more_url(self, cursor: str) -> str:
        """The address of the next page of the list."""
        query = self.given.copy()
        query["after"] = cursor
        return f"?{query.urlencode()}"
