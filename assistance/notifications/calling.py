"""A caller named an enterprise: its owners are asked; the officer hears what they say."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Enterprise, EnterpriseMembership
from assistance.events import CaseEvent
from assistance.models import Case
from assistance.notifications.audiences import case_of, officer
from assistance.notifications.notice import ToStaff
from foundation.languages import pick
from ledger.models import Entry
from notifications.notices import Notice
from notifications.registry import About, NotificationType, Recipient, notification


@notification
class CalledInYourName(NotificationType):
    """Tells that somebody called, and nothing of the case: the number may have been misheard."""

    kind = "assistance.called_in_your_name"
    event = CaseEvent.ENTERPRISE_STATED
    label = gettext_lazy("Somebody called in your enterprise's name")
    template = "assistance/messages/called"
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        owners = EnterpriseMembership.objects.active().owners()
        of_named = owners.filter(enterprise_id=entry.facts["enterprise"])
        for user_id in of_named.order_by("pk").values_list("user_id", flat=True):
            if user_id != entry.actor_id:
                yield Recipient(user_id=user_id, reason=_("You own this enterprise."))

    def context(self, entry: Entry, recipient: Recipient) -> Mapping[str, Any]:
        named = Enterprise.objects.get(pk=entry.facts["enterprise"])
        return {"enterprise": pick(named, "name"), "called_at": entry.at}

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("cases:stated", args=[entry.facts["stated"]])

    def ids(self, entry: Entry) -> dict[str, int | str]:
        return {"assistance.statedenterprise": entry.facts["stated"]}


@notification
class CalledByMistake(Notice):
    """Tells the owners who were asked in vain; nothing of the case, nor of who has the right number."""

    kind = "assistance.called_by_mistake"
    event = CaseEvent.NUMBER_CORRECTED
    label = gettext_lazy("We asked your enterprise about a call by mistake")
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        asked = entry.facts["asked_before"]
        owners = EnterpriseMembership.objects.active().owners().filter(enterprise_id=asked)
        for user_id in owners.order_by("pk").values_list("user_id", flat=True):
            if user_id != entry.actor_id:
                yield Recipient(user_id=user_id, reason=_("You own this enterprise."))

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("cases:list")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        asked = Enterprise.objects.get(pk=entry.facts["asked_before"])
        named = _(
            "We asked whether a call in the name of %(enterprise)s was yours. "
            "The business number had been written down wrongly."
        ) % {"enterprise": pick(asked, "name")}
        return _("The call was not about your enterprise"), [
            named,
            _("You need not do anything."),
        ]


class _ToOfficer(ToStaff):
    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return officer(entry, case_of(entry))


@notification
class CallConfirmed(_ToOfficer):
    kind = "assistance.enterprise_confirmed"
    event = CaseEvent.ENTERPRISE_CONFIRMED
    about = About.TALK
    label = gettext_lazy("An enterprise confirms a call")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("The enterprise confirms that the caller is one of theirs")


@notification
class CallDenied(_ToOfficer):
    kind = "assistance.enterprise_denied"
    event = CaseEvent.ENTERPRISE_DENIED
    about = About.TALK
    label = gettext_lazy("An enterprise knows nothing of a call")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("The enterprise says that the caller is not one of theirs")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("Ask the caller for the business number again. The case stays as it is.")]
