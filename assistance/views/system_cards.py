"""An edition of a system as lists and pickers show it, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Agency
from assistance.models import NeedGroup, SystemAgency, SystemEdition
from foundation.languages import fell_back, is_english, pick

# What a card and a page say in the reader's language, where it is there.
_ON_CARD = ("heading", "gives", "eligibility")
_ON_PAGE = ("heading", "name", "mission", "gives", "eligibility")


@dataclass(frozen=True, slots=True)
class SystemCard:
    """What the components `system_card` and `system_mini` draw."""

    number: int
    code: str
    url: str
    ask_url: str
    heading: str
    name: str
    name_other: str
    gives: str
    eligible: str
    agency: str
    days: int
    # Names of the texts that are there in the other language only.
    foreign: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GroupOfCards:
    code: str
    title: str
    cards: tuple[SystemCard, ...]


def ask_url(code: str) -> str:
    """The start of a request that already names the system."""
    return f"{reverse('request:start')}?system={code}"


def short_agency_name(agency: Agency) -> str:
    """Without the ministry's name, as people say it."""
    if is_english():
        return agency.abbr or agency.name_en
    return agency.name_zh.removeprefix("經濟部")


def agency_line(edition: SystemEdition) -> str:
    return _(", ").join(short_agency_name(agency) for agency in edition.agencies_on())


def card_of(edition: SystemEdition, *, short_name: bool = False) -> SystemCard:
    system = edition.system
    return SystemCard(
        number=system.number,
        code=system.code,
        url=reverse("systems:detail", args=[system.code]),
        ask_url=ask_url(system.code),
        heading=pick(edition, "heading"),
        name=pick(edition, "short" if short_name else "name"),
        name_other=edition.short_zh if is_english() else edition.short_en,
        gives=pick(edition, "gives"),
        eligible=pick(edition, "eligibility"),
        agency=agency_line(edition),
        days=edition.first_answer_days,
        foreign=_foreign(edition, _ON_CARD),
    )


def by_need(
    editions: Iterable[SystemEdition], *, only: str = "", short_name: bool = False
) -> list[GroupOfCards]:
    """Cards under the five needs, in order; `only` keeps one group."""
    cards: dict[str, list[SystemCard]] = {group: [] for group in NeedGroup.values}
    for edition in editions:
        cards[edition.system.group].append(card_of(edition, short_name=short_name))
    return [
        GroupOfCards(group.value, str(group.label), tuple(cards[group.value]))
        for group in NeedGroup
        if cards[group.value] and only in {"", group.value}
    ]


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    required: bool
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class ShownAgency:
    name: str
    hotline: str
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """An edition in full, in the reader's language."""

    heading: str
    name: str
    name_other: str
    mission: str
    gives: str
    eligibility: str
    services: tuple[Item, ...]
    problems: tuple[Item, ...]
    documents: tuple[Item, ...]
    agencies: tuple[ShownAgency, ...]
    former: tuple[ShownAgency, ...]
    foreign: frozenset[str] = frozenset()

    @property
    def is_partly_foreign(self) -> bool:
        """Must the page say that some of it is there in the other language only?"""
        items = (*self.services, *self.problems, *self.documents)
        return bool(self.foreign) or any(item.is_foreign for item in items)


def _foreign(edition: SystemEdition, names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if fell_back(edition, name))


def _items(rows: Iterable[dict[str, Any]]) -> tuple[Item, ...]:
    wanted, other = ("en", "zh") if is_english() else ("zh", "en")
    return tuple(
        Item(
            row.get(wanted) or row.get(other, ""),
            bool(row.get("required", True)),
            is_foreign=not row.get(wanted),
        )
        for row in rows
    )


def show(edition: SystemEdition, *, former: Iterable[SystemAgency] = ()) -> ShownEdition:
    """The edition as its page reads; `former` lists the ended terms of agencies."""
    return ShownEdition(
        heading=pick(edition, "heading"),
        name=pick(edition, "name"),
        name_other=edition.name_zh if is_english() else edition.name_en,
        mission=pick(edition, "mission"),
        gives=pick(edition, "gives"),
        eligibility=pick(edition, "eligibility"),
        services=_items(edition.services),
        problems=_items(edition.problems),
        documents=_items(edition.documents),
        agencies=tuple(
            ShownAgency(pick(agency, "name"), agency.hotline) for agency in edition.agencies_on()
        ),
        former=tuple(ShownAgency(pick(term.agency, "name"), "", term.valid_to) for term in former),
        foreign=_foreign(edition, _ON_PAGE),
    )
