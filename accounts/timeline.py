"""What happened around people and enterprises, in words."""

from django.utils.translation import gettext_lazy as _

from accounts.events import (
    AccountEvent,
    EnterpriseEvent,
    InvitationEvent,
    MembershipEvent,
    StaffEvent,
)
from ledger.timeline import sentence

sentence(AccountEvent.ADMITTED, public=None, staff=_("The account was made by staff."))
sentence(AccountEvent.PROFILE_CHANGED, public=_("Name or phone was changed."))
sentence(AccountEvent.LANGUAGE_CHANGED, public=_("The language was changed."))
sentence(AccountEvent.SHORTCUTS_CHANGED, public=_("Keyboard shortcuts were switched."))

sentence(EnterpriseEvent.REGISTERED, public=_("The enterprise was registered."))
sentence(EnterpriseEvent.DETAILS_CHANGED, public=_("Details of the enterprise were changed."))
sentence(EnterpriseEvent.BRANCH_ADDED, public=_("A branch or factory was added."))
sentence(EnterpriseEvent.BRANCH_CHANGED, public=_("A branch or factory was changed."))
sentence(EnterpriseEvent.BRANCH_CLOSED, public=_("A branch or factory was closed."))

sentence(MembershipEvent.CLAIMED, public=_("Someone asked to join the enterprise."))
sentence(MembershipEvent.ACCEPTED, public=_("A request to join was accepted."))
sentence(MembershipEvent.REFUSED, public=_("A request to join was not accepted."))
sentence(MembershipEvent.WITHDRAWN, public=_("A request to join was withdrawn."))
sentence(MembershipEvent.ROLE_CHANGED, public=_("A person's role was changed."))
sentence(MembershipEvent.ENDED, public=_("A person left the enterprise."))
sentence(
    MembershipEvent.REMOVED,
    public=_("An administrator removed a person who had no right to the enterprise."),
)

sentence(InvitationEvent.SENT, public=_("Someone was invited."))
sentence(InvitationEvent.ACCEPTED, public=_("An invitation was accepted."))
sentence(InvitationEvent.REVOKED, public=_("An invitation was taken back."))

sentence(StaffEvent.ROLE_GIVEN, public=None, staff=_("A staff role was given."))
sentence(StaffEvent.ROLE_ENDED, public=None, staff=_("A staff role was ended."))
sentence(StaffEvent.ROLE_LAPSED, public=None, staff=_("A staff role no longer counts."))
sentence(StaffEvent.ABSENCE_PLANNED, public=None, staff=_("A deputy was named."))
sentence(StaffEvent.ABSENCE_CANCELLED, public=None, staff=_("An absence was taken back."))
