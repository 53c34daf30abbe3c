"""Letters with which an enterprise without an account here confirms, refuses or ends a mandate."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from assistance.models import Mandate, MandateLink, MandatePurpose, RequestState
from assistance.services import secret_links
from assistance.services.errors import LinkSpentError, TooManyLettersError
from assistance.states import MandateState
from notifications.registry import Recipient
from notifications.services.letters import write_letter

# An enterprise that says nothing for so long is asked no more.
CONFIRM_LIVES = timedelta(days=30)
# The mandate's own end closes it sooner; a yearly letter brings a new one.
WITHDRAW_LIVES = timedelta(days=400)
_LIVES = {MandatePurpose.CONFIRM: CONFIRM_LIVES, MandatePurpose.WITHDRAW: WITHDRAW_LIVES}
_OPENS_IN = {
    MandatePurpose.CONFIRM: MandateState.ASKED,
    MandatePurpose.WITHDRAW: MandateState.CONFIRMED,
}
MOST_LETTERS = 5
LETTERS_WINDOW = timedelta(days=1)


def ask(mandate: Mandate) -> None:
    """Write the letter that asks. Raises TooManyLettersError: nobody is flooded by strangers."""
    since = timezone.now() - LETTERS_WINDOW
    recent = MandateLink.objects.filter(email=mandate.principal_email, created_at__gt=since)
    by_filer = MandateLink.objects.filter(mandate__filer_id=mandate.filer_id, created_at__gt=since)
    asked = Q(purpose=MandatePurpose.CONFIRM)
    if recent.filter(asked).count() >= MOST_LETTERS:
        raise TooManyLettersError
    if by_filer.filter(asked).count() >= MOST_LETTERS * 4:
        raise TooManyLettersError
    _send(mandate, MandatePurpose.CONFIRM, "asked")


def tell_confirmed(mandate: Mandate) -> None:
    """Write the letter that keeps a way to withdraw."""
    _send(mandate, MandatePurpose.WITHDRAW, "confirmed")


def remind(mandate: Mandate) -> None:
    _send(mandate, MandatePurpose.WITHDRAW, "reminder")


def void(mandate: Mandate, at: datetime) -> None:
    secret_links.void(MandateLink, at, mandate=mandate)


def find(secret: str) -> MandateLink | None:
    """The link behind a secret, while it works; reading it uses nothing up."""
    link: MandateLink | None = (
        secret_links.unused(MandateLink, secret).select_related("mandate__filer").first()
    )
    return link if link is not None and _opens(link) else None


def use(*, secret: str, purpose: MandatePurpose) -> MandateLink:
    """Use a link up, in the transaction of the act. Raises LinkSpentError.

    The mandate is locked before its link, as in every act on it.
    """
    found = secret_links.unused(MandateLink, secret).filter(purpose=purpose)
    mandate_id = found.values_list("mandate_id", flat=True).first()
    if mandate_id is None:
        raise LinkSpentError
    Mandate.objects.locked().get(pk=mandate_id)
    link: MandateLink | None = found.locked().first()
    if link is None or not _opens(link):
        raise LinkSpentError
    secret_links.mark_used(link)
    return link


def _opens(link: MandateLink) -> bool:
    mandate = Mandate.objects.get(pk=link.mandate_id)
    return mandate.state == _OPENS_IN[MandatePurpose(link.purpose)]


def _send(mandate: Mandate, purpose: MandatePurpose, letter: str) -> None:
    void(mandate, timezone.now())
    link, secret = secret_links.make(
        MandateLink,
        email=mandate.principal_email,
        lives=_LIVES[purpose],
        mandate=mandate,
        purpose=purpose,
    )
    with override(mandate.language):
        path = reverse("mandates:link", args=[secret])
    waiting = mandate.requests.filter(state=RequestState.WAITING)
    write_letter(
        key=f"mandate-link-{link.pk}",
        template=f"assistance/messages/assistance.mandate.{letter}",
        recipient=Recipient(email=mandate.principal_email, language=mandate.language),
        context={
            "mandate": mandate,
            "filer": mandate.filer,
            "until": timezone.localdate(link.expires_at),
            "with_request": waiting.exists(),
        },
        path=path,
    )
