"""Keeping the rules that name an agency: drafted, rehearsed, turned on, ended; versions stay."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from assistance.events import RoutingEvent
from assistance.models import RoutingRule, RuleVersion
from assistance.services.errors import AgencyNotInForceError
from assistance.states import RuleState
from foundation.errors import DomainError
from foundation.idempotency import once
from foundation.transitions import MoveNotAllowedError
from ledger.recording import record


class RuleAsksForNothingError(DomainError):
    message = _("Say for which cases the rule is meant: name at least one condition.")


@dataclass(frozen=True, kw_only=True)
class RuleTerms:
    """What a version asks for and whom it names; what is left empty asks for nothing."""

    name_zh: str
    name_en: str
    agency_id: int
    rank: int = 100
    system_id: int | None = None
    counties: list[str] = field(default_factory=list)
    industries: list[str] = field(default_factory=list)
    staff_at_least: int | None = None
    staff_at_most: int | None = None
    words: list[str] = field(default_factory=list)

    @property
    def asks_for_something(self) -> bool:
        sizes = self.staff_at_least is not None or self.staff_at_most is not None
        return bool(self.system_id or self.counties or self.industries or self.words or sizes)


@transaction.atomic
def add(*, terms: RuleTerms, by_id: int, key: UUID) -> tuple[RuleVersion, bool]:
    """Draft a new rule; the same key drafts one. Returns its version and whether this call made it.

    Raises RuleAsksForNothingError and AgencyNotInForceError.
    """

    def do() -> Model:
        _check(terms)
        rule = RoutingRule.objects.create(created_at=timezone.now())
        return _write(rule, 1, terms, by_id)

    pk, is_new = once(key=key, act="routing.add", by=f"user:{by_id}", do=do)
    return RuleVersion.objects.get(pk=pk), is_new


@transaction.atomic
def draft(*, rule_id: int, terms: RuleTerms, by_id: int) -> RuleVersion:
    """Change the draft of a rule, or begin one beside the version in force.

    Raises RuleAsksForNothingError and AgencyNotInForceError.
    """
    rule = RoutingRule.objects.locked().get(pk=rule_id)
    _check(terms)
    begun = rule.versions.locked().filter(state=RuleState.DRAFT).first()
    if begun is None:
        last = rule.versions.aggregate(last=Max("number"))["last"] or 0
        return _write(rule, last + 1, terms, by_id)
    wanted = asdict(terms)
    changed = [name for name, said in wanted.items() if getattr(begun, name) != said]
    if not changed:
        return begun
    for name in changed:
        setattr(begun, name, wanted[name])
    begun.drafted_by_id, begun.drafted_at = by_id, timezone.now()
    begun.save()
    _record(RoutingEvent.DRAFTED, begun, by_id, {"changed": changed})
    return begun


@transaction.atomic
def discard(*, version_id: int, by_id: int) -> None:
    """Drop a draft; a rule that never had another version goes with it."""
    version = _locked(version_id)
    if version.state != RuleState.DRAFT:
        raise MoveNotAllowedError(version.state, RuleState.DRAFT)
    _record(RoutingEvent.DISCARDED, version, by_id)
    rule = version.rule
    version.delete()
    if not rule.versions.exists():
        rule.delete()


@transaction.atomic
def turn_on(*, version_id: int, by_id: int) -> RuleVersion:
    """Put a draft in force for cases from now on; the version before it ends.

    Raises MoveNotAllowedError and AgencyNotInForceError.
    """
    version = _locked(version_id)
    now = timezone.now()
    version.move_to(RuleState.IN_FORCE)
    _check_agency(version.agency_id)
    before = version.rule.versions.locked().filter(state=RuleState.IN_FORCE).first()
    if before is not None:
        before.move_to(RuleState.ENDED)
        before.ended_at = now
        before.save(update_fields=["state", "ended_at"])
    version.turned_on_at, version.turned_on_by_id = now, by_id
    version.save(update_fields=["state", "turned_on_at", "turned_on_by"])
    _record(RoutingEvent.TURNED_ON, version, by_id)
    return version


@transaction.atomic
def end(*, version_id: int, by_id: int) -> RuleVersion:
    """Take the version in force out of force; cases it placed keep what it said."""
    version = _locked(version_id)
    version.move_to(RuleState.ENDED)
    version.ended_at = timezone.now()
    version.save(update_fields=["state", "ended_at"])
    _record(RoutingEvent.ENDED, version, by_id)
    return version


def _locked(version_id: int) -> RuleVersion:
    """Lock the rule, then its version: always in this order."""
    rule_id = RuleVersion.objects.values_list("rule_id", flat=True).get(pk=version_id)
    rule = RoutingRule.objects.locked().get(pk=rule_id)
    version = RuleVersion.objects.locked().get(pk=version_id)
    version.rule = rule
    return version


def _check(terms: RuleTerms) -> None:
    if not terms.asks_for_something:
        raise RuleAsksForNothingError
    _check_agency(terms.agency_id)


def _check_agency(agency_id: int) -> None:
    if not Agency.objects.on(timezone.localdate()).filter(pk=agency_id).exists():
        raise AgencyNotInForceError


def _write(rule: RoutingRule, number: int, terms: RuleTerms, by_id: int) -> RuleVersion:
    version = RuleVersion.objects.create(
        rule=rule,
        number=number,
        drafted_by_id=by_id,
        drafted_at=timezone.now(),
        **asdict(terms),
    )
    _record(RoutingEvent.DRAFTED, version, by_id)
    return version


def _record(
    event: RoutingEvent,
    version: RuleVersion,
    by_id: int,
    more: Mapping[str, list[str]] | None = None,
) -> None:
    facts = {"rule": version.rule_id, "version": version.number, **(more or {})}
    record(event, subject=version, actor_id=by_id, stream=version.rule, facts=facts)
