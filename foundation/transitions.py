"""What may follow what: a table of states, checked before every move."""

from collections.abc import Mapping, Set

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class MoveNotAllowedError(DomainError):
    message = _("This has changed in the meantime, so the step is no longer possible.")

    def __init__(self, current: str, wanted: str) -> None:
        super().__init__()
        self.current = str(current)
        self.wanted = str(wanted)

    def __repr__(self) -> str:
        return f"MoveNotAllowedError({self.current!r} to {self.wanted!r})"


class Course:
    """The lawful moves between the states of one kind of thing."""

    def __init__(self, moves: Mapping[str, Set[str]]) -> None:
        self._moves = {
            str(state): frozenset(str(after) for after in following)
            for state, following in moves.items()
        }
        unknown = {after for following in self._moves.values() for after in following}
        unknown -= self.states
        if unknown:
            raise ValueError(f"moves lead to states that the course does not list: {unknown}")

    @property
    def states(self) -> frozenset[str]:
        return frozenset(self._moves)

    @property
    def ends(self) -> frozenset[str]:
        """States that nothing follows."""
        return frozenset(state for state, following in self._moves.items() if not following)

    def following(self, state: str) -> frozenset[str]:
        return self._moves[str(state)]

    def allows(self, current: str, wanted: str) -> bool:
        return str(wanted) in self.following(current)

    def check(self, current: str, wanted: str) -> None:
        """Raise MoveNotAllowedError unless `wanted` may follow `current`."""
        if not self.allows(current, wanted):
            raise MoveNotAllowedError(current, wanted)
