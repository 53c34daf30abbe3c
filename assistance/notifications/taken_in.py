"""A case went into an account or an enterprise: whoever followed it by code hears where it is now."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import EnterpriseMembership
from accounts.states import MembershipState
from assistance.events import CaseEvent
from assistance.models import Case
from assistance.notifications.audiences import YOU_ASKED, case_of
from assistance.notifications.notice import CaseNotice
from foundation.languages import pick
from ledger.models import Entry
from notifications.registry import Concerns, Recipient, notification


class _TakenIn(CaseNotice):
    """Goes to the address of the case, unless it is that of the person who did it, or of a leaver."""

    concerns = Concerns.APPLICANT
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        case = case_of(entry)
        own = EmailAddress.objects.filter(user_id=entry.actor_id, email__iexact=case.contact_email)
        if case.contact_email and not own.exists() and not _has_left(case):
            yield Recipient(email=case.contact_email, language=case.language, reason=YOU_ASKED)

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("cases:list")


def _has_left(case: Case) -> bool:
    if case.enterprise_id is None:
        return False
    held = EnterpriseMembership.objects.filter(
        enterprise_id=case.enterprise_id, user__email__iexact=case.contact_email
    )
    return held.filter(state=MembershipState.ENDED).exists() and not held.active().exists()


@notification
class TakenIntoAccount(_TakenIn):
    kind = "assistance.taken_into_account"
    event = CaseEvent.CLAIMED_INTO_ACCOUNT
    label = gettext_lazy("Your case goes into an account")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("Your case has been taken into an account")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [
            _("From now on it is followed there; the number and a code no longer open it."),
            _("If it was neither you nor somebody of your business, please call us at once."),
        ]


@notification
class TakenIntoEnterprise(_TakenIn):
    kind = "assistance.taken_into_enterprise"
    event = CaseEvent.ENTERPRISE_CONFIRMED
    label = gettext_lazy("An enterprise confirms your case as its own")

    def headline(self, entry: Entry, case: Case) -> str:
        name = pick(case.enterprise, "name") if case.enterprise else case.enterprise_name
        return _("%(enterprise)s has confirmed your case as its own") % {"enterprise": name}

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [
            _("From now on it is followed there; the number and a code no longer open it."),
            _(
                "Sign in with an account that belongs to the enterprise, or ask your colleagues "
                "how it goes on."
            ),
        ]
