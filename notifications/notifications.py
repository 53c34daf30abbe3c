"""What is told of the happenings in accounts, and what the post room keeps quiet about.

Accounts lie beneath the post room and cannot declare these themselves.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.events import (
    AccountEvent,
    EnterpriseEvent,
    InvitationEvent,
    MembershipEvent,
    StaffEvent,
)
from accounts.models import (
    Absence,
    Agency,
    EnterpriseInvitation,
    EnterpriseMembership,
    Removal,
    StaffMembership,
    User,
)
from accounts.roles import Permission, roles_with
from foundation.languages import pick
from ledger.models import Entry
from notifications import record_notices
from notifications.events import PostEvent
from notifications.notices import (
    AboutEnterprise,
    Notice,
    ToTheMember,
    day_words,
    enterprise_name,
    role_name,
)
from notifications.registry import (
    Concerns,
    Recipient,
    notification,
    silence,
)

__all__ = ["record_notices"]


@notification
class ClaimToReview(Notice):
    kind = "accounts.claim_to_review"
    event = MembershipEvent.CLAIMED
    label = gettext_lazy("Someone asks to join your enterprise")

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("account:claims")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        members = EnterpriseMembership.objects.active().owners()
        owners = list(
            members.filter(enterprise_id=entry.facts["enterprise_id"]).values_list(
                "user_id", flat=True
            )
        )
        reason = gettext_lazy("You are an owner of this enterprise.")
        if not owners:
            reviewers = StaffMembership.objects.in_force().filter(
                role__in=roles_with(Permission.ENTERPRISE_REVIEW)
            )
            owners = list(reviewers.values_list("user_id", flat=True).distinct())
            reason = gettext_lazy("You review such requests for enterprises without an owner.")
        return [Recipient(user_id=user_id, reason=reason) for user_id in owners]

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        name = enterprise_name(entry)
        return (
            _("Someone asks to join %(enterprise)s") % {"enterprise": name},
            [
                _("A person has asked to join %(enterprise)s.") % {"enterprise": name},
                _("This person sees nothing of the enterprise until you agree."),
            ],
        )


@notification
class ClaimAccepted(ToTheMember):
    kind = "accounts.claim_accepted"
    event = MembershipEvent.ACCEPTED
    label = gettext_lazy("Your request to join an enterprise is decided")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = {"enterprise": enterprise_name(entry), "role": role_name(entry)}
        return (
            _("You now belong to %(enterprise)s") % filling,
            [
                _("Your request was accepted. Your role: %(role)s.") % filling,
                _("You can ask for help in its name and follow its requests."),
            ],
        )


@notification
class ClaimRefused(ToTheMember):
    kind = "accounts.claim_refused"
    event = MembershipEvent.REFUSED
    label = gettext_lazy("Your request to join an enterprise was not accepted")

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("account:profile")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = {"enterprise": enterprise_name(entry)}
        return (
            _("Your request to join %(enterprise)s was not accepted") % filling,
            [_("If you think this is a mistake, talk to the owner of the enterprise.")],
        )


@notification
class MemberRoleChanged(ToTheMember):
    kind = "accounts.member_role_changed"
    event = MembershipEvent.ROLE_CHANGED
    label = gettext_lazy("Your role in an enterprise has changed")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = {"enterprise": enterprise_name(entry), "role": role_name(entry)}
        return (
            _("Your role in %(enterprise)s has changed") % filling,
            [_("Your role is now: %(role)s.") % filling],
        )


@notification
class MembershipEnded(ToTheMember):
    kind = "accounts.membership_ended"
    event = MembershipEvent.ENDED
    label = gettext_lazy("You no longer belong to an enterprise")
    may_switch_off = False

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("account:profile")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = {"enterprise": enterprise_name(entry)}
        return (
            _("You no longer belong to %(enterprise)s") % filling,
            [_("Its requests are closed to you from now on.")],
        )


@notification
class PersonRemoved(ToTheMember):
    kind = "accounts.person_removed"
    event = MembershipEvent.REMOVED
    label = gettext_lazy("An administrator removed you from an enterprise")
    may_switch_off = False

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("account:profile")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        reason = Removal.objects.values_list("reason", flat=True).get(pk=entry.facts["removal"])
        filling = {"enterprise": enterprise_name(entry)}
        return (
            _("You no longer belong to %(enterprise)s") % filling,
            [
                _("An administrator of the portal removed you, for this reason:"),
                reason,
                _("If this is wrong, ask anew to join the enterprise."),
            ],
        )


@notification
class OwnershipSettled(AboutEnterprise):
    kind = "accounts.ownership_settled"
    event = MembershipEvent.REMOVED
    label = gettext_lazy("An administrator removed somebody from your enterprise")
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        members = EnterpriseMembership.objects.active()
        here = members.filter(enterprise_id=entry.facts["enterprise_id"]).order_by("pk")
        for user_id in here.values_list("user_id", flat=True):
            yield Recipient(user_id=user_id, reason=gettext_lazy("You belong to this enterprise."))

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        owners = EnterpriseMembership.objects.active().owners()
        has_owner = owners.filter(enterprise_id=entry.facts["enterprise_id"]).exists()
        filling = {
            "enterprise": enterprise_name(entry),
            "name": str(User.objects.get(pk=entry.facts["user_id"])),
        }
        without = _("It has no owner now. Tell us who should be, and we make that person owner.")
        return (
            _("Somebody no longer belongs to %(enterprise)s") % filling,
            [
                _("An administrator of the portal removed %(name)s, who had no right to it.")
                % filling,
                *([] if has_owner else [without]),
            ],
        )


@notification
class Invitation(Notice):
    kind = "accounts.invitation"
    event = InvitationEvent.SENT
    label = gettext_lazy("You are invited to join an enterprise")
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        invitation = EnterpriseInvitation.objects.get(pk=entry.subject_id)
        if invitation.accepted_at is None and invitation.revoked_at is None:
            yield Recipient(
                email=invitation.email,
                language=invitation.language,
                reason=gettext_lazy("An owner of the enterprise gave this address."),
            )

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        invitation = EnterpriseInvitation.objects.get(pk=entry.subject_id)
        filling = {
            "enterprise": enterprise_name(entry),
            "role": role_name(entry),
            "day": day_words(timezone.localdate(invitation.expires_at)),
        }
        return (
            _("Join %(enterprise)s on the SME Assistance Portal") % filling,
            [
                _("You are invited to join %(enterprise)s. Your role: %(role)s.") % filling,
                _("The invitation works once, until %(day)s.") % filling,
                _("If you do not know this enterprise, you need not do anything."),
            ],
        )

    def path(self, entry: Entry, recipient: Recipient) -> str:
        invitation = EnterpriseInvitation.objects.get(pk=entry.subject_id)
        return reverse("account:invitation", args=[invitation.token])


@notification
class InvitationAccepted(AboutEnterprise):
    kind = "accounts.invitation_accepted"
    event = InvitationEvent.ACCEPTED
    label = gettext_lazy("Someone has accepted your invitation")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        invitation = EnterpriseInvitation.objects.get(pk=entry.subject_id)
        yield Recipient(
            user_id=invitation.invited_by_id, reason=gettext_lazy("You sent the invitation.")
        )

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = {"enterprise": enterprise_name(entry), "role": role_name(entry)}
        return (
            _("Your invitation to %(enterprise)s was accepted") % filling,
            [_("The person you invited has joined. Role: %(role)s.") % filling],
        )


class StaffNotice(Notice):
    """A notice among members of staff."""

    concerns = Concerns.STAFF

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("account:profile")


class AboutRole(StaffNotice):
    def audience(self, entry: Entry) -> Iterable[Recipient]:
        yield Recipient(
            user_id=entry.facts["user_id"], reason=gettext_lazy("It is about your own role.")
        )

    def filling(self, entry: Entry) -> dict[str, str]:
        agency = Agency.objects.get(pk=entry.facts["agency_id"])
        return {"agency": str(pick(agency, "name")), "role": role_name(entry)}


@notification
class RoleGiven(AboutRole):
    kind = "accounts.role_given"
    event = StaffEvent.ROLE_GIVEN
    label = gettext_lazy("You are given a role")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = self.filling(entry)
        return (
            _("You have a new role: %(role)s") % filling,
            [_("You are %(role)s in %(agency)s on the SME Assistance Portal.") % filling],
        )


@notification
class RoleEnded(AboutRole):
    kind = "accounts.role_ended"
    event = StaffEvent.ROLE_ENDED
    label = gettext_lazy("One of your roles has ended")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = self.filling(entry)
        return (
            _("Your role has ended: %(role)s") % filling,
            [_("You are no longer %(role)s in %(agency)s.") % filling],
        )


@notification
class RoleLapsed(RoleEnded):
    kind = "accounts.role_lapsed"
    event = StaffEvent.ROLE_LAPSED
    label = gettext_lazy("One of your roles has run out")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return super().audience(entry) if entry.facts["because"] == "day" else []


class AboutDeputy(StaffNotice):
    def audience(self, entry: Entry) -> Iterable[Recipient]:
        yield Recipient(
            user_id=entry.facts["deputy_id"], reason=gettext_lazy("You are the deputy.")
        )

    def filling(self, entry: Entry) -> dict[str, str]:
        absence = Absence.objects.get(pk=entry.subject_id)
        return {
            "name": User.objects.get(pk=absence.user_id).name,
            "first": day_words(absence.starts_on),
            "last": day_words(absence.ends_on),
        }


@notification
class NamedDeputy(AboutDeputy):
    kind = "accounts.named_deputy"
    event = StaffEvent.ABSENCE_PLANNED
    label = gettext_lazy("You are named as a deputy")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = self.filling(entry)
        return (
            _("You stand in for %(name)s") % filling,
            [
                _("%(name)s is away from %(first)s to %(last)s and has named you as deputy.")
                % filling
            ],
        )


@notification
class DeputyReleased(AboutDeputy):
    kind = "accounts.deputy_released"
    event = StaffEvent.ABSENCE_CANCELLED
    label = gettext_lazy("You need not stand in as a deputy")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = self.filling(entry)
        return (
            _("You need not stand in for %(name)s") % filling,
            [_("%(name)s is not away from %(first)s to %(last)s after all.") % filling],
        )


_OWN_ACT = "The person did it alone and sees the result on the page."
_BY_LETTER = "Signing in writes its own letters."
_TO_NOBODY = "It changes what is on record; nobody has to act on it."
_FOR_STAFF_RECORD = "An administrator's act upon the post; the record is enough."

for _event in (
    AccountEvent.PROFILE_CHANGED,
    AccountEvent.LANGUAGE_CHANGED,
    AccountEvent.SHORTCUTS_CHANGED,
    EnterpriseEvent.REGISTERED,
    MembershipEvent.WITHDRAWN,
    InvitationEvent.REVOKED,
    PostEvent.PREFERENCES_CHANGED,
):
    silence(_event, because=_OWN_ACT)
silence(AccountEvent.ADMITTED, because=_BY_LETTER)
for _event in (
    EnterpriseEvent.DETAILS_CHANGED,
    EnterpriseEvent.BRANCH_ADDED,
    EnterpriseEvent.BRANCH_CHANGED,
    EnterpriseEvent.BRANCH_CLOSED,
):
    silence(_event, because=_TO_NOBODY)
for _event in (
    PostEvent.MESSAGE_RESENT,
    PostEvent.ALL_FAILED_RESENT,
    PostEvent.ADDRESS_SUPPRESSED,
    PostEvent.ADDRESS_RELEASED,
):
    silence(_event, because=_FOR_STAFF_RECORD)
silence(PostEvent.TEXTS_FORGOTTEN, because="The calendar asked for it; the record is enough.")
