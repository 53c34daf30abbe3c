"""What decides which cases, needs and messages a person may read, as plain values for queries."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.permissions import standing
from accounts.roles import Permission


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose eyes a query looks through; querysets ask it in `seen_by`, and nothing else."""

    user_id: int | None
    enterprise_ids: Collection[int]
    # The agencies whose cases and needs this person may read.
    agency_ids: Collection[int] = ()
    reads_all: bool = False

    @property
    def own_ids(self) -> tuple[Any, ...]:
        """As an SME: herself and her enterprises."""
        return self.user_id, self.enterprise_ids

    @property
    def ids(self) -> tuple[Any, ...]:
        """The values with which a kept query is asked; `reads_all` decides which query it is."""
        return self.user_id, self.enterprise_ids, self.agency_ids


def sight_of(user: User | AnonymousUser) -> Sight:
    who = standing(user)
    return Sight(
        who.user_id,
        who.enterprise_ids,
        who.agencies_where(Permission.CASE_READ_AGENCY),
        who.may(Permission.CASE_READ_ALL),
    )


# Whoever looks after the network, or reads every case.
_COUNT_ALL = (Permission.CASE_READ_ALL, Permission.NETWORK_EDIT, Permission.NETWORK_REVIEW)


def counts_all(user: User | AnonymousUser) -> bool:
    """Are the figures this person reads those of all cases, though she may not read all of them?

    Figures are numbers by place, topic and unit; the list behind one holds what she may read.
    """
    who = standing(user)
    return any(who.may(permission) for permission in _COUNT_ALL)
