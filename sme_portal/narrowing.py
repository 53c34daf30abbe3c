"""The choices of the one search: which kind, topic and county, each a link with what it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.reference import county_names
from foundation.facets import COUNTY, FACETS, NOTHING, TOPIC, Chosen, counted
from foundation.search import Found

LABELS: Mapping[str, str | Promise] = {TOPIC: _("Topic"), COUNTY: _("County or city")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a facet: its name, how many it leaves, and where it leads."""

    name: str
    count: str
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """What the results can be narrowed to in one respect."""

    code: str
    label: str | Promise
    choices: Sequence[Choice]
    chosen: str
    all_url: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What stands in the address: the words, one kind, a topic and a county."""

    query: str
    kind: str = ""
    chosen: Chosen = NOTHING
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the results, relative to the page."""
        parts = {"q": self.query, "kind": self.kind}
        parts |= {facet: self.chosen.code(facet) for facet in FACETS}
        return "?" + urlencode({name: value for name, value in parts.items() if value})

    @property
    def everything_url(self) -> str:
        return self.with_kind("").url

    @property
    def unnarrowed_url(self) -> str:
        return replace(self, chosen=NOTHING).url

    def with_kind(self, kind: str) -> Narrowed:
        return replace(self, kind=kind)

    def facets(self, groups: Sequence[Found]) -> list[Facet]:
        """Those with something to choose from, or something chosen."""
        found = [self._facet(facet, groups) for facet in FACETS]
        return [facet for facet in found if len(facet.choices) > 1 or facet.chosen]

    def _facet(self, facet: str, groups: Sequence[Found]) -> Facet:
        """Count under all the other choices; the chosen one stays, also where it leaves nothing."""
        asked = [group for group in groups if self.kind in {"", group.kind}]
        others, now = self.chosen.to(facet, ""), self.chosen.code(facet)
        fitting = [tags for group in asked for tags in group.tags if others.fits(tags)]
        counts, names = counted(facet, fitting), self.names.get(facet, {})
        more = "+" if any(group.has_more for group in asked) else ""
        choices = [
            Choice(
                name,
                f"{counts.get(code, 0)}{more}",
                replace(self, chosen=self.chosen.to(facet, code)).url,
                code == now,
            )
            for code, name in names.items()
            if counts.get(code) or code == now
        ]
        all_url = replace(self, chosen=others).url
        return Facet(facet, LABELS[facet], choices, names.get(now, ""), all_url)


def asked_for(given: Mapping[str, str], typed: str, topics: Mapping[str, str]) -> Narrowed:
    """Read the address; what is not known is not chosen."""
    names = {TOPIC: topics, COUNTY: county_names()}
    codes = {facet: given.get(facet, "") for facet in FACETS}
    known = {facet: code for facet, code in codes.items() if code in names[facet]}
    return Narrowed(typed, given.get("kind", ""), Chosen(**known), names)
