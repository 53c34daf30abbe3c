"""Who is asked to confirm an entry, who hears of being its partner, and what is silent on purpose."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import StaffMembership
from accounts.roles import Permission
from ledger.models import Entry
from network.directory_events import DirectoryEvent
from network.models import Organisation, OrganisationMembership
from notifications.notices import Notice
from notifications.registry import About, Concerns, Recipient, notification, silence

_YOU_ARE_ITS_PARTNER = gettext_lazy("You are a partner of this organisation.")
_YOU_LOOK_AFTER_IT = gettext_lazy("You look after the directory.")


def _organisation(entry: Entry) -> Organisation:
    return Organisation.objects.get(pk=entry.subject_id)


@notification
class ConfirmEntry(Notice):
    """To its partners; to those who look after the directory where it has none."""

    kind = "network.confirm_entry"
    event = DirectoryEvent.CONFIRMATION_ASKED
    label = gettext_lazy("An entry of the directory must be confirmed")
    concerns = Concerns.EVERYONE
    about = About.WORK

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        partners = OrganisationMembership.objects.in_force().filter(
            organisation_id=entry.subject_id, user__is_active=True
        )
        people = sorted(set(partners.values_list("user_id", flat=True)))
        reason = _YOU_ARE_ITS_PARTNER
        if not people:
            keepers = StaffMembership.objects.in_force().giving(Permission.NETWORK_EDIT)
            keepers = keepers.filter(user__is_active=True)
            people = sorted(set(keepers.values_list("user_id", flat=True)))
            reason = _YOU_LOOK_AFTER_IT
        for user_id in people:
            yield Recipient(user_id=user_id, reason=reason)

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        title = _("Is the entry of %(name)s still right?") % {"name": _organisation(entry).name}
        return title, [
            _("Nobody has confirmed it for nearly six months. Look it over and confirm it."),
            _("An entry that is not confirmed sinks in the lists and says so."),
        ]

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("manage_network:organisation", args=[_organisation(entry).uuid])


@notification
class PartnerNamed(Notice):
    """To the person who speaks for an organisation from now on."""

    kind = "network.partner_named"
    event = DirectoryEvent.PARTNER_NAMED
    label = gettext_lazy("You were named partner of an organisation")
    concerns = Concerns.EVERYONE
    about = About.PEOPLE
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        yield Recipient(user_id=entry.facts["user_id"], reason=_YOU_ARE_ITS_PARTNER)

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        title = _("You now speak for %(name)s") % {"name": _organisation(entry).name}
        return title, [_("You keep its entry in the directory right and confirm it.")]

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("manage_network:organisation", args=[_organisation(entry).uuid])


_KEEPERS_DID_IT = "Whoever looks after the entry did it and sees it on the page."
for _event in (
    DirectoryEvent.ADDED,
    DirectoryEvent.CHANGED,
    DirectoryEvent.CONFIRMED,
    DirectoryEvent.CLOSED,
    DirectoryEvent.LOCATION_ADDED,
    DirectoryEvent.LOCATION_CHANGED,
    DirectoryEvent.LOCATION_CLOSED,
    DirectoryEvent.OFFERING_ADDED,
    DirectoryEvent.OFFERING_CHANGED,
    DirectoryEvent.HOURS_CHANGED,
    DirectoryEvent.EXCEPTION_ADDED,
    DirectoryEvent.EXCEPTION_REMOVED,
    DirectoryEvent.PARTNER_ENDED,
    DirectoryEvent.IMPORTED,
):
    silence(_event, because=_KEEPERS_DID_IT)
