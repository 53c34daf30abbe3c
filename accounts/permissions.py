"""Where a person stands: enterprises, agencies, roles, and what follows from them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Enterprise, EnterpriseMembership, StaffMembership, User
from accounts.roles import (
    Permission,
    Role,
    permissions_of,
    roles_with,
)
from accounts.states import MembershipState
from foundation.prepared import Prepared
from foundation.verdicts import ALLOWED, Verdict, refused

_NOWHERE: Mapping[Role, frozenset[int]] = MappingProxyType({})


@dataclass(frozen=True)
class Standing:
    """All that decides what a person may do, read once per request from the database."""

    user_id: int | None = None
    enterprise_ids: frozenset[int] = frozenset()
    owned_enterprise_ids: frozenset[int] = frozenset()
    agency_ids: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    agencies_by_role: Mapping[Role, frozenset[int]] = field(default_factory=lambda: _NOWHERE)

    @property
    def is_staff(self) -> bool:
        """Holds at least one role in an agency."""
        return bool(self.agency_ids)

    @property
    def is_applicant(self) -> bool:
        """Asks for help: for an enterprise, or for herself where she has no role in an agency."""
        return bool(self.enterprise_ids) or not self.is_staff

    def may(self, permission: Permission | str) -> bool:
        return permission in self.permissions

    def has_role(self, role: Role) -> bool:
        return role in self.roles

    def agencies_where(self, permission: Permission) -> frozenset[int]:
        """The agencies in which one of the person's roles gives this permission."""
        found: frozenset[int] = frozenset()
        for role in roles_with(permission):
            found |= self.agencies_by_role.get(role, frozenset())
        return found


NOBODY = Standing()


def standing(user: Any) -> Standing:
    """Where a person stands now, in one query, kept on the user object of a request.

    Nothing of it is stored in the session, so an ended role counts from the next request.
    """
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    kept: Standing | None = getattr(user, "_standing", None)
    if kept is None:
        kept = _read(user.pk)
        user._standing = kept
    return kept


def forget_standing(user: Any) -> None:
    """Read it anew at the next question, after a role of this very person has changed."""
    if hasattr(user, "_standing"):
        del user._standing


def _held(memberships: "QuerySet[Any]", place: str) -> ArraySubquery:
    """The roles of the person of the outer query, each as “role:place”."""
    own = memberships.filter(user_id=OuterRef("pk")).order_by()
    word = Concat("role", Value(":"), place, output_field=TextField())
    return ArraySubquery(own.values_list(word))


def _with_roles(people: Any, today: date) -> Any:
    return people.annotate(
        belongs=_held(EnterpriseMembership.objects.active(), "enterprise_id"),
        works=_held(StaffMembership.objects.in_force(today), "agency_id"),
    )


@Prepared
def _person(user_id: int, today: date) -> Any:
    return _with_roles(User.objects.filter(pk=user_id), today)


@Prepared
def _roles(user_id: int, today: date) -> Any:
    return _with_roles(User.objects.filter(pk=user_id), today).values_list("belongs", "works")


def person(user_id: int) -> User | None:
    """The person of a session together with where she stands now, in one query."""
    found = _person.first(user_id, timezone.localdate())
    if found is not None:
        found._standing = _from_roles(found.pk, *_taken_off(found))
    return found


def _taken_off(user: User) -> tuple[list[str], list[str]]:
    return user.__dict__.pop("belongs"), user.__dict__.pop("works")


def _read(user_id: int) -> Standing:
    held = _roles.first(user_id, timezone.localdate())
    return _from_roles(user_id, *held) if held else NOBODY


def _from_roles(user_id: int, belongs: list[str], works: list[str]) -> Standing:
    memberships = [(role, int(pk)) for role, _, pk in (word.partition(":") for word in belongs)]
    places: dict[Role, set[int]] = defaultdict(set)
    for word in works:
        role, _colon, pk = word.partition(":")
        places[Role(role)].add(int(pk))
    return Standing(
        user_id=user_id,
        enterprise_ids=frozenset(pk for _role, pk in memberships),
        owned_enterprise_ids=frozenset(pk for role, pk in memberships if role == Role.OWNER),
        agency_ids=frozenset().union(*places.values()),
        roles=frozenset(places) | {Role(role) for role, _pk in memberships},
        permissions=frozenset().union(*(permissions_of(role) for role in places)),
        agencies_by_role=MappingProxyType({r: frozenset(ids) for r, ids in places.items()}),
    )


def can_use_account(user: Any) -> Verdict:
    """Has an account and is signed in."""
    if user.is_authenticated and user.is_active:
        return ALLOWED
    return refused(_("Sign in first."))


def can_administer_staff(user: Any) -> Verdict:
    if standing(user).may(Permission.STAFF_ADMINISTER):
        return ALLOWED
    return refused(_("Only administrators give and end staff roles."))


def can_plan_absence(user: Any) -> Verdict:
    if standing(user).is_staff:
        return ALLOWED
    return refused(_("Only members of staff name a deputy."))


def can_review_all_claims(user: Any) -> Verdict:
    if standing(user).may(Permission.ENTERPRISE_REVIEW):
        return ALLOWED
    return refused(_("Only administrators review requests on behalf of enterprises."))


def can_manage_enterprise(user: Any, enterprise: Enterprise) -> Verdict:
    """May change its details, branches, members and invitations."""
    if enterprise.pk in standing(user).owned_enterprise_ids:
        return ALLOWED
    return refused(_("Only an owner of the enterprise can do this."))


def can_review_claim(user: Any, membership: EnterpriseMembership) -> Verdict:
    """May accept or refuse a request to join: an owner, or an administrator in their stead."""
    if membership.user_id == user.pk:
        return refused(_("You cannot decide on your own request."))
    if membership.state != MembershipState.PENDING:
        return refused(_("This request has already been decided."))
    place = standing(user)
    if membership.enterprise_id in place.owned_enterprise_ids:
        return ALLOWED
    if place.may(Permission.ENTERPRISE_REVIEW):
        return ALLOWED
    return refused(_("Only an owner of the enterprise can do this."))
