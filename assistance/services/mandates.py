"""Filing for an enterprise from outside it: asked for once, confirmed by her, ended by either side.

Nothing reaches an agency before the enterprise has confirmed (docs/adr/0023).
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import Enterprise, EnterpriseMembership, User
from accounts.roles import Role
from assistance.asking import Asking
from assistance.events import CaseEvent, MandateEvent
from assistance.models import (
    Case,
    ConsentPurpose,
    GuidanceSystem,
    Mandate,
    MandatedRequest,
    RequestState,
)
from assistance.services import files, intake, mandate_links
from assistance.services.errors import (
    AlreadyAskedError,
    MandateNotInForceError,
    NobodyThereError,
    OutsideMandateError,
    OwnAddressError,
    OwnEnterpriseError,
    TooManyMandatesError,
)
from assistance.states import MandateState, Source
from foundation.idempotency import once
from foundation.transitions import MoveNotAllowedError
from foundation.uploads import CheckedUpload
from ledger.recording import record

OPEN_AT_ONCE = 20
CONSENTS = (ConsentPurpose.HANDLE.value, ConsentPurpose.SHARE_WITH_AGENCIES.value)
Said = dict[str, Any]
_LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What the filer states of the mandate, before the enterprise has said anything."""

    capacity: str
    firm: str
    enterprise_name: str
    business_number: str
    principal_name: str
    principal_email: str
    principal_phone: str
    language: str
    given_on: date
    given_how: str
    may_read: bool
    may_write: bool
    is_standing: bool
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who is reached about a case that was filed for her, and as whom she has it."""

    name: str
    email: str
    phone: str
    language: str
    user_id: int | None = None


@transaction.atomic
def prepare(
    *,
    key: UUID,
    filer_id: int,
    stated: Stated,
    systems: Collection[str],
    papers: "Sequence[tuple[CheckedUpload, File[Any]]]" = (),
) -> Mandate:
    """Write down a mandate; nobody else hears of it yet. Sent twice under one key, it is done once.

    `papers` have been checked.

    Raises OwnEnterpriseError, OwnAddressError, TooManyMandatesError.
    """

    def write() -> Mandate:
        User.objects.locked().get(pk=filer_id)
        _check_may_hold(filer_id, stated)
        mandate = Mandate.objects.create(
            filer_id=filer_id, prepared_at=timezone.now(), **asdict(stated)
        )
        mandate.systems.set(GuidanceSystem.objects.filter(code__in=systems))
        return mandate

    def do() -> Mandate:
        return files.keep_with_mandate(papers=papers, by_id=filer_id, write=write)

    pk, _is_new = once(key=key, act="assistance.mandate", by=str(filer_id), do=do)
    return Mandate.objects.get(pk=pk)


@transaction.atomic
def ask(*, mandate_id: int, filer_id: int, said: Said | None = None) -> Mandate:
    """Ask the enterprise to confirm, with the request to be sent then where there is one.

    Members of the enterprise are asked in the portal; where it has no account here, the stated
    address by a letter. Raises MoveNotAllowedError, AlreadyAskedError, OutsideMandateError,
    TooManyLettersError.
    """
    User.objects.locked().get(pk=filer_id)
    mandate = Mandate.objects.locked().get(pk=mandate_id, filer_id=filer_id)
    mandate.move_to(MandateState.ASKED)
    asked = Mandate.objects.filter(filer_id=filer_id, state=MandateState.ASKED)
    if asked.filter(business_number=mandate.business_number).exists():
        raise AlreadyAskedError
    now = timezone.now()
    mandate.asked_at = now
    mandate.enterprise = _known(mandate.business_number)
    mandate.save(update_fields=["state", "asked_at", "enterprise"])
    if said is not None:
        check_scope(mandate, said["systems"])
        MandatedRequest.objects.create(mandate=mandate, said=said, prepared_at=now)
    if mandate.enterprise is None:
        mandate_links.ask(mandate)
    note(MandateEvent.ASKED, mandate, filer_id)
    return mandate


@transaction.atomic
def ask_again(*, mandate_id: int, filer_id: int) -> Mandate:
    """Ask once more; an older link stops working. Raises MoveNotAllowedError, TooManyLettersError."""
    mandate = Mandate.objects.locked().get(pk=mandate_id, filer_id=filer_id)
    if mandate.state != MandateState.ASKED or mandate.enterprise_id is not None:
        raise MoveNotAllowedError(mandate.state, MandateState.ASKED)
    mandate.asked_at = timezone.now()
    mandate.save(update_fields=["asked_at"])
    mandate_links.ask(mandate)
    note(MandateEvent.ASKED_AGAIN, mandate, filer_id)
    return mandate


@transaction.atomic
def lay_down(*, mandate_id: int, filer_id: int) -> None:
    """File no more for this enterprise; one that nobody was asked about yet is thrown away."""
    mandate = Mandate.objects.locked().get(pk=mandate_id, filer_id=filer_id)
    if mandate.state == MandateState.PREPARED:
        files.forget_mandate(mandate)
        return
    end(mandate, MandateState.LAID_DOWN, MandateEvent.LAID_DOWN, filer_id)


@transaction.atomic
def file_under(*, key: UUID, mandate_id: int, filer_id: int, said: Said) -> Case:
    """File one more request under a mandate that allows it, once per key; she is told.

    Raises MandateNotInForceError, OutsideMandateError, NobodyThereError, NobodyCoordinatesError.
    """
    mandate = Mandate.objects.locked().get(pk=mandate_id, filer_id=filer_id)
    if not mandate.is_in_force() or not mandate.is_standing:
        raise MandateNotInForceError
    check_scope(mandate, said["systems"])
    case = file_case(key=key, mandate=mandate, said=said, contact=_contact(mandate))
    now = case.submitted_at
    MandatedRequest.objects.get_or_create(
        case=case,
        defaults={
            "mandate": mandate,
            "state": RequestState.FILED,
            "prepared_at": now,
            "settled_at": now,
        },
    )
    return case


def file_case(*, key: UUID, mandate: Mandate, said: Said, contact: Contact) -> Case:
    """Make a case of what was prepared; it is the enterprise's, and names who filed it."""
    known = mandate.enterprise
    asking = Asking(
        **{name: said.get(name, "") for name in ("description", "subject", "hoped_for")},
        system_codes=tuple(said["systems"]),
        is_unsure=not said["systems"],
        county=said.get("county") or (known.county if known else ""),
        district=said.get("district", ""),
        industry=said.get("industry") or (known.industry if known else ""),
        enterprise_id=mandate.enterprise_id,
        enterprise_name=mandate.enterprise_name,
        business_number=mandate.business_number,
        regular_staff=known.regular_staff if known else None,
        contact_name=contact.name,
        contact_email=contact.email,
        contact_phone=contact.phone,
        language=contact.language,
        source=Source.MANDATE,
        consents=CONSENTS,
    )
    return intake.submit(
        key=key,
        by=f"mandate-{mandate.pk}",
        asking=asking,
        applicant_id=contact.user_id,
        opened_by_id=mandate.filer_id,
    )


def check_scope(mandate: Mandate, codes: Collection[str]) -> None:
    """Refuse what the mandate does not cover; one for some systems covers no open choice."""
    allowed = set(mandate.systems.values_list("code", flat=True))
    if allowed and (not codes or not set(codes) <= allowed):
        raise OutsideMandateError


def end(mandate: Mandate, state: MandateState, event: MandateEvent, by_id: int | None) -> None:
    """End a locked mandate: its filer sees nothing more, and the cases keep the fact."""
    now = timezone.now()
    mandate.move_to(state)
    mandate.ended_at = now
    mandate.save(update_fields=["state", "ended_at"])
    _drop_what_waits(mandate, now)
    mandate_links.void(mandate, now)
    note(event, mandate, by_id)
    for case in Case.objects.filter(mandated_request__mandate=mandate).order_by("pk"):
        record(
            CaseEvent.MANDATE_ENDED, subject=case, actor_id=by_id, facts={"mandate": mandate.pk}
        )


def note(event: MandateEvent, mandate: Mandate, by_id: int | None, **facts: Any) -> None:
    about = {"filer": mandate.filer_id, "enterprise": mandate.enterprise_id}
    record(event, subject=mandate, actor_id=by_id, facts=about | facts)


def _drop_what_waits(mandate: Mandate, now: datetime) -> None:
    waiting = mandate.requests.filter(state=RequestState.WAITING)
    waiting.update(state=RequestState.DROPPED, said={}, settled_at=now)


def _check_may_hold(filer_id: int, stated: Stated) -> None:
    own = EnterpriseMembership.objects.active().filter(user_id=filer_id)
    if own.filter(enterprise__business_number=stated.business_number).exists():
        raise OwnEnterpriseError
    addresses = EmailAddress.objects.filter(user_id=filer_id)
    mine = User.objects.filter(pk=filer_id, email__iexact=stated.principal_email)
    if addresses.filter(email__iexact=stated.principal_email).exists() or mine.exists():
        raise OwnAddressError
    begun = Mandate.objects.filter(
        filer_id=filer_id, state__in=[MandateState.PREPARED, MandateState.ASKED]
    )
    if begun.count() >= OPEN_AT_ONCE:
        raise TooManyMandatesError


def _known(number: str) -> Enterprise | None:
    """The enterprise, where somebody belongs to it who can confirm."""
    members = EnterpriseMembership.objects.active().filter(enterprise__business_number=number)
    found = members.select_related("enterprise").first()
    return found.enterprise if found else None


def _contact(mandate: Mandate) -> Contact:
    """Who is told of a request filed without asking again: who confirmed, or an owner in her stead."""
    if mandate.enterprise_id is None:
        return Contact(
            name=mandate.principal_name,
            email=mandate.principal_email,
            phone=mandate.principal_phone,
            language=mandate.language,
            user_id=mandate.confirmed_by_id,
        )
    members = EnterpriseMembership.objects.active().filter(enterprise_id=mandate.enterprise_id)
    people = list(members.select_related("user").order_by("pk"))
    people.sort(key=lambda one: (one.user_id != mandate.confirmed_by_id, one.role != Role.OWNER))
    if not people:
        raise NobodyThereError
    return of_member(people[0].user, phone=mandate.principal_phone)


def of_member(user: User, *, phone: str, name: str = "") -> Contact:
    """A member of the enterprise as the contact of its case."""
    return Contact(
        name=name or str(user)[:_LONGEST_NAME],
        email=user.email,
        phone=phone or user.phone,
        language=user.language,
        user_id=user.pk,
    )
