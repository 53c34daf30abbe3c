"""What the suggestion rules may know about an owner's question, and what they answer with."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All but the text may be unknown.

    industry: section letter A-S of the statistical classification. county: code of counties.yaml.
    years_in_business: whole years since founding. is_young: less than five years where the exact
    age is not known. registered: False for someone who has not registered a business yet.
    """

    text: str = ""
    industry: str = ""
    county: str = ""
    regular_staff: int | None = None
    years_in_business: int | None = None
    is_young: bool | None = None
    registered: bool | None = None
    has_factory: bool | None = None
    need: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a system is suggested: a code and its parameters, worded in a language only when shown."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one rule found for one system. Support alone never makes a suggestion."""

    system_code: str
    weight: float
    reason: Reason
    is_support: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    system_code: str
    score: float
    reasons: tuple[Reason, ...]

    def as_data(self) -> dict[str, Any]:
        """As stored beside a case, so that accuracy can be measured later."""
        return {
            "system": self.system_code,
            "score": self.score,
            "reasons": [asdict(reason) for reason in self.reasons],
        }
