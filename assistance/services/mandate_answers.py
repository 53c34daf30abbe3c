"""A mandate on the enterprise's side: confirmed with what she allows, refused, withdrawn; and its end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from assistance.events import MandateEvent
from assistance.models import Case, Mandate, MandatedRequest, MandatePurpose, RequestState
from assistance.models.mandate import MandateQuerySet
from assistance.services import belonging, files, mandate_links, mandates
from assistance.services.errors import NotAMemberError
from assistance.services.mandates import Contact, Said
from assistance.services.one_by_one import one_by_one
from assistance.states import MandateState

A_YEAR = timedelta(days=365)
TOLD_BEFORE_END = timedelta(days=30)
_SHORT = timedelta(days=60)
# One case for what was prepared, whoever confirms it how often.
_KEYS = UUID("5e0a4d3c-6b1f-4f0e-9d2a-7c1b8e0f2a64")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the enterprise allows, and the request in the words she sends it in."""

    may_read: bool
    may_write: bool
    is_standing: bool
    valid_to: date
    contact_name: str
    contact_phone: str
    words: Said | None = None


@transaction.atomic
def confirm(*, mandate_id: int, by_id: int | None, terms: Terms) -> tuple[Mandate, Case | None]:
    """Put the mandate in force on her terms, and send the request that waited with it.

    `by_id` is empty where a link was used. Raises MoveNotAllowedError where it was settled
    meanwhile, NotAMemberError, NobodyCoordinatesError.
    """
    mandate = Mandate.objects.locked().get(pk=mandate_id)
    mandate.move_to(MandateState.CONFIRMED)
    _check_principal(mandate, by_id)
    mandate.may_read, mandate.may_write = terms.may_read, terms.may_write
    mandate.is_standing, mandate.valid_to = terms.is_standing, terms.valid_to
    mandate.principal_name = terms.contact_name
    mandate.principal_phone = terms.contact_phone
    mandate.confirmed_at, mandate.confirmed_by_id = timezone.now(), by_id
    if mandate.enterprise is not None:
        mandate.enterprise_name = mandate.enterprise.name_zh
    mandate.save()
    mandate_links.void(mandate, mandate.confirmed_at)
    mandates.note(MandateEvent.CONFIRMED, mandate, by_id)
    case = _file_what_waits(mandate, by_id, terms)
    if mandate.enterprise_id is None:
        mandate_links.tell_confirmed(mandate)
    return mandate, case


@transaction.atomic
def refuse(*, mandate_id: int, by_id: int | None) -> None:
    """Not give the mandate; what was prepared is forgotten. Raises MoveNotAllowedError."""
    mandate = Mandate.objects.locked().get(pk=mandate_id)
    mandates.end(mandate, MandateState.REFUSED, MandateEvent.REFUSED, by_id)


@transaction.atomic
def withdraw(*, mandate_id: int, by_id: int | None) -> None:
    """End it from her side: the filer's access is over at once. Raises MoveNotAllowedError."""
    mandate = Mandate.objects.locked().get(pk=mandate_id)
    mandates.end(mandate, MandateState.WITHDRAWN, MandateEvent.WITHDRAWN, by_id)


@transaction.atomic
def confirm_by_link(*, secret: str, terms: Terms) -> tuple[Mandate, Case | None]:
    """Confirm without an account; the link is used up with it. Raises LinkSpentError."""
    link = mandate_links.use(secret=secret, purpose=MandatePurpose.CONFIRM)
    return confirm(mandate_id=link.mandate_id, by_id=None, terms=terms)


@transaction.atomic
def refuse_by_link(*, secret: str) -> None:
    link = mandate_links.use(secret=secret, purpose=MandatePurpose.CONFIRM)
    refuse(mandate_id=link.mandate_id, by_id=None)


@transaction.atomic
def withdraw_by_link(*, secret: str) -> None:
    link = mandate_links.use(secret=secret, purpose=MandatePurpose.WITHDRAW)
    withdraw(mandate_id=link.mandate_id, by_id=None)


def end_due(now: datetime) -> int:
    """Lapse what nobody confirmed, expire what is over, remind of what goes on; tell how many."""
    today = timezone.localdate(now)
    asked_before = now - mandate_links.CONFIRM_LIVES
    begun = Mandate.objects.filter(state=MandateState.PREPARED, prepared_at__lt=asked_before)
    unanswered = Mandate.objects.filter(state=MandateState.ASKED, asked_at__lt=asked_before)
    over = Mandate.objects.filter(state=MandateState.CONFIRMED, valid_to__lt=today)
    return (
        one_by_one(begun.values_list("pk", flat=True), _throw_away)
        + one_by_one(unanswered.values_list("pk", flat=True), lambda pk: _lapse(pk, asked_before))
        + one_by_one(over.values_list("pk", flat=True), lambda pk: _expire(pk, today))
        + one_by_one(_to_remind(now).values_list("pk", flat=True), lambda pk: _remind(pk, now))
    )


def _check_principal(mandate: Mandate, by_id: int | None) -> None:
    """Under the lock: who confirms belongs to the enterprise, or reads the stated address."""
    if by_id is None:
        return
    if mandate.enterprise_id is not None:
        belonging.check_member(user_id=by_id, enterprise_id=mandate.enterprise_id)
        return
    own = EmailAddress.objects.filter(
        user_id=by_id, verified=True, email__iexact=mandate.principal_email
    )
    if not own.exists():
        raise NotAMemberError


def _file_what_waits(mandate: Mandate, by_id: int | None, terms: Terms) -> Case | None:
    waiting = MandatedRequest.objects.filter(mandate=mandate, state=RequestState.WAITING).first()
    if waiting is None:
        return None
    said = waiting.said | (terms.words or {})
    case = mandates.file_case(
        key=uuid5(_KEYS, str(waiting.pk)),
        mandate=mandate,
        said=said,
        contact=_contact(mandate, by_id, terms),
    )
    waiting.state, waiting.case, waiting.said = RequestState.FILED, case, {}
    waiting.settled_at = case.submitted_at
    waiting.save()
    return case


def _contact(mandate: Mandate, by_id: int | None, terms: Terms) -> Contact:
    if mandate.enterprise_id is not None and by_id is not None:
        member = User.objects.get(pk=by_id)
        return mandates.of_member(member, phone=terms.contact_phone, name=terms.contact_name)
    return Contact(
        name=terms.contact_name,
        email=mandate.principal_email,
        phone=terms.contact_phone,
        language=mandate.language,
        user_id=by_id,
    )


@transaction.atomic
def _throw_away(mandate_id: int) -> int:
    """Forget what its filer began and never sent."""
    mandate = Mandate.objects.locked().filter(pk=mandate_id, state=MandateState.PREPARED).first()
    if mandate is None:
        return 0
    files.forget_mandate(mandate)
    return 1


@transaction.atomic
def _lapse(mandate_id: int, asked_before: datetime) -> int:
    mandate = Mandate.objects.locked().get(pk=mandate_id)
    is_due = mandate.asked_at is not None and mandate.asked_at < asked_before
    if mandate.state != MandateState.ASKED or not is_due:
        return 0
    mandates.end(mandate, MandateState.LAPSED, MandateEvent.LAPSED, None)
    return 1


@transaction.atomic
def _expire(mandate_id: int, today: date) -> int:
    mandate = Mandate.objects.locked().get(pk=mandate_id)
    if mandate.state != MandateState.CONFIRMED or mandate.valid_to >= today:
        return 0
    mandates.end(mandate, MandateState.EXPIRED, MandateEvent.EXPIRED, None)
    return 1


def _to_remind(now: datetime) -> MandateQuerySet:
    """Once a year of each that goes on, and once before the end of a long one."""
    today = timezone.localdate(now)
    yearly = Q(reminded_on__lte=today - A_YEAR)
    yearly |= Q(reminded_on=None, confirmed_at__lte=now - A_YEAR)
    told = Q(reminded_on__gte=F("valid_to") - TOLD_BEFORE_END)
    ending = Q(valid_to__lte=today + TOLD_BEFORE_END, confirmed_at__lte=now - _SHORT) & ~told
    return Mandate.objects.in_force(today).filter(yearly | ending)


@transaction.atomic
def _remind(mandate_id: int, now: datetime) -> int:
    rows = _to_remind(now).filter(pk=mandate_id).values("pk")
    mandate = Mandate.objects.locked().filter(pk__in=rows).first()
    if mandate is None:
        return 0
    mandate.reminded_on = timezone.localdate(now)
    mandate.save(update_fields=["reminded_on"])
    if mandate.enterprise_id is None:
        mandate_links.remind(mandate)
    mandates.note(MandateEvent.REMINDED, mandate, None)
    return 1
