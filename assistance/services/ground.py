"""The ground an act stands on: checked after the lock, for it may have changed since the page."""

from collections.abc import Collection

from assistance.models import Case, Need
from foundation.transitions import MoveNotAllowedError


def check_state(thing: Case | Need, expected: Collection[str]) -> None:
    """Refuse an act on a locked case or need that is no longer in one of these states.

    The course of states alone does not tell apart two acts that lead to the same state, like
    taking an offer on and going on after the SME's answer.
    """
    if thing.state not in expected:
        raise MoveNotAllowedError(thing.state, "/".join(sorted(expected)))
