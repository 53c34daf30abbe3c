"""Links by e-mail for those who are asked and have no account: each works once, by sending only.

Only a keyed digest of the secret is kept. Looking at what a link opens changes nothing.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from assistance.events import ReferralEvent
from assistance.models import LinkPurpose, Referral, ReferralLink, receiver_users
from assistance.services import secret_links
from assistance.services.errors import (
    LinkSpentError,
    NobodyToWriteToError,
    ReferralSettledError,
)
from assistance.states import TAKEN_STATES, ReferralState
from foundation.languages import ZH
from ledger.recording import record
from network.models import Organisation
from notifications.registry import Recipient
from notifications.services.letters import write_letter

# Longer than the days to answer in, even over the longest holidays; the state of the referral
# ends a link sooner.
ANSWER_LIVES = timedelta(days=30)
REPORT_LIVES = timedelta(days=120)
_LIVES = {LinkPurpose.ANSWER: ANSWER_LIVES, LinkPurpose.REPORT: REPORT_LIVES}
_OPENS_IN: dict[str, tuple[str, ...]] = {
    LinkPurpose.ANSWER: (ReferralState.SENT,),
    LinkPurpose.REPORT: TAKEN_STATES,
}


def send_for_answer(referral: Referral) -> bool:
    """Write to a receiver without accounts; True where a letter went out."""
    return _send(referral, LinkPurpose.ANSWER)


def send_for_report(referral: Referral) -> bool:
    """After acceptance: the letter with which the receiver reads on and reports."""
    return _send(referral, LinkPurpose.REPORT)


@transaction.atomic
def send_again(*, referral_id: int, by_id: int) -> bool:
    """Send a fresh link to a receiver without accounts; True where a letter went out."""
    referral = Referral.objects.locked().select_related("case").get(pk=referral_id)
    if referral.state == ReferralState.SENT:
        sent = send_for_answer(referral)
    elif referral.state in TAKEN_STATES:
        sent = send_for_report(referral)
    else:
        raise ReferralSettledError
    if not sent:
        raise NobodyToWriteToError
    facts = {
        "system": referral.system_id,
        "kind": referral.receiver_kind.value,
        "receiver": referral.receiver_id,
    }
    record(
        ReferralEvent.LINK_SENT,
        subject=referral,
        actor_id=by_id,
        stream=referral.case,
        facts=facts,
    )
    return sent


def void(referral: Referral, at: datetime) -> None:
    """Let no unused link of this referral work any more."""
    secret_links.void(ReferralLink, at, referral=referral)


def find(secret: str) -> ReferralLink | None:
    """The link behind a secret, while it works; reading it uses nothing up."""
    link: ReferralLink | None = (
        secret_links.unused(ReferralLink, secret).select_related("referral__case").first()
    )
    return link if link is not None and _opens(link) else None


@transaction.atomic
def use(*, secret: str) -> ReferralLink:
    """Use a link up. Raises LinkSpentError; the caller acts in the same transaction."""
    link: ReferralLink | None = secret_links.unused(ReferralLink, secret).locked().first()
    if link is None or not _opens(link):
        raise LinkSpentError
    secret_links.mark_used(link)
    return link


def _opens(link: ReferralLink) -> bool:
    state = Referral.objects.values_list("state", flat=True).get(pk=link.referral_id)
    return state in _OPENS_IN[link.purpose]


def _send(referral: Referral, purpose: LinkPurpose) -> bool:
    if receiver_users(referral):
        return False
    email = _address(referral)
    if not email:
        return False
    void(referral, timezone.now())
    link, secret = secret_links.make(
        ReferralLink, email=email, lives=_LIVES[purpose], referral=referral, purpose=purpose
    )
    with override(ZH):
        path = reverse("partner:link", args=[secret])
    # The letter is in Chinese: the directory does not say what an organisation reads.
    write_letter(
        key=f"referral-link-{link.pk}",
        template=f"assistance/messages/assistance.referral.{purpose}",
        recipient=Recipient(email=email, language=ZH),
        context={"answer_by": referral.answer_by, "number": referral.case.reference},
        path=path,
    )
    return True


def _address(referral: Referral) -> str:
    """Only organisations are without an account: a volunteer is appointed under her own."""
    organisation = Organisation.objects.filter(pk=referral.receiver_id)
    if referral.organisation_id is None:
        return ""
    return str(organisation.values_list("email", flat=True).get())
