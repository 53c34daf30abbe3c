"""The questions an owner is asked, in which order, and what her answers amount to. Pure: no database."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

OTHER_BUSINESS = "other"
MAIN_OFFICE = "main"
SUBJECT_LENGTH = 120
SUBJECT_FROM_TEXT = 40
_SENTENCE_END = re.compile(r"[。！？!?\n；;]|\.\s")


class Group(models.TextChoices):
    """The five groups of the stepper."""

    PROBLEM = "problem", _("What it is about")
    SYSTEM = "system", _("Kind of help")
    ENTERPRISE = "enterprise", _("Your business")
    PAPERS = "papers", _("Your papers")
    CONTACT = "contact", _("How to reach you")


# One question per page. `subject` is asked only when somebody wants to change it.
STEPS: dict[str, Group] = {
    "problem": Group.PROBLEM,
    "hopes": Group.PROBLEM,
    "subject": Group.PROBLEM,
    "system": Group.SYSTEM,
    "enterprise": Group.ENTERPRISE,
    "branch": Group.ENTERPRISE,
    "business": Group.ENTERPRISE,
    "details": Group.ENTERPRISE,
    "papers": Group.PAPERS,
    "contact": Group.CONTACT,
    "confirm": Group.CONTACT,
}
OFF_THE_ROUTE = ("subject",)

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Asker:
    """What is known of the person who asks: her enterprises by id, and branches by enterprise."""

    is_guest: bool = True
    enterprises: Mapping[int, str] = field(default_factory=dict)
    branches: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    def own(self, chosen: str) -> int | None:
        """The id of her own enterprise that was chosen, if it is one."""
        known = {str(pk): pk for pk in self.enterprises}
        return known.get(chosen)


def chosen_enterprise(answers: Answers, asker: Asker) -> int | None:
    return asker.own(str(answers.get("enterprise", {}).get("enterprise", "")))


def route(answers: Answers, asker: Asker) -> list[str]:
    """The steps this person goes through, given what she has answered so far."""
    steps = ["problem", "hopes", "system"]
    if asker.enterprises:
        steps.append("enterprise")
    own = chosen_enterprise(answers, asker)
    other = answers.get("enterprise", {}).get("enterprise") == OTHER_BUSINESS
    if own is not None and asker.branches.get(own):
        steps.append("branch")
    if not asker.enterprises or other:
        steps += ["business", "details"]
    steps += ["papers", "contact"]
    if asker.is_guest:
        steps.append("confirm")
    return steps


def first_gap(on_route: list[str], complete: Collection[str]) -> str | None:
    """The first step that still needs an answer; None when all is said."""
    return next((step for step in on_route if step not in complete), None)


def following(on_route: list[str], step: str) -> str | None:
    """The step after this one; None after the last."""
    if step not in on_route:
        return None
    rest = on_route[on_route.index(step) + 1 :]
    return rest[0] if rest else None


def preceding(on_route: list[str], step: str) -> str | None:
    if step not in on_route or on_route.index(step) == 0:
        return None
    return on_route[on_route.index(step) - 1]


def subject_of(description: str) -> str:
    """A title for what she wrote: its first sentence, cut where it is long."""
    first = _SENTENCE_END.split(description.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= SUBJECT_FROM_TEXT else first[: SUBJECT_FROM_TEXT - 1] + "…"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Everything a case needs to begin; clean, but not yet kept."""

    description: str
    contact_name: str
    contact_email: str
    subject: str = ""
    hoped_for: str = ""
    system_codes: tuple[str, ...] = ()
    is_unsure: bool = False
    enterprise_id: int | None = None
    branch_id: int | None = None
    enterprise_name: str = ""
    business_number: str = ""
    industry: str = ""
    county: str = ""
    district: str = ""
    regular_staff: int | None = None
    has_factory: bool | None = None
    contact_phone: str = ""
    contact_time: str = ""
    language: str = "zh-hant"
    source: str = "web"
    kind: str = "request"
    read_before_id: int | None = None
    consents: tuple[str, ...] = ()
