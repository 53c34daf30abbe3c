"""The answer to "may I?": yes, or no with a reason fit to show."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    reason: "str | Promise" = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def refused(reason: "str | Promise") -> Verdict:
    """Say no, and why."""
    return Verdict(allowed=False, reason=reason)
