"""What the services of this app refuse, in words fit to show."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class BusinessNumberNotValidError(DomainError):
    message = _("This is not a valid business number. Check the eight digits.")


class AlreadyMemberError(DomainError):
    message = _("This person already belongs to the enterprise.")


class LastOwnerError(DomainError):
    message = _("An enterprise with members needs an owner. Make someone else owner first.")


class NeedsOwnerError(DomainError):
    message = _("This enterprise has no owner yet, so the first person joins as owner.")


class HasOwnerError(DomainError):
    message = _("This enterprise has an owner, who decides on roles.")


class NotYourselfError(DomainError):
    message = _("You cannot decide about your own place in an enterprise.")


class TooManyClaimsError(DomainError):
    message = _("You are waiting for an answer from too many enterprises. Wait for those first.")


class InvitationNotOpenError(DomainError):
    message = _("This invitation can no longer be used. Ask the sender for a new one.")


class InvitationForSomeoneElseError(DomainError):
    message = _("This invitation was sent to another address. Sign in with that address.")


class TooManyInvitationsError(DomainError):
    message = _("Too many invitations are still open. Withdraw some of them first.")


class BranchNameTakenError(DomainError):
    message = _("There is already a branch or factory with this name.")


class BranchClosedError(DomainError):
    message = _("This branch or factory is closed.")


class PersonNotActiveError(DomainError):
    message = _("There is no active account for this person.")


class AgencyNotInForceError(DomainError):
    message = _("This agency does not exist on the first day of the role.")


class RoleAlreadyHeldError(DomainError):
    message = _("This person already holds this role in this agency.")


class RoleAlreadyEndedError(DomainError):
    message = _("This role has already ended.")


class AuditorHoldsNoOtherRoleError(DomainError):
    message = _("An auditor holds no other staff role, so that they change nothing.")


class LastAdministratorError(DomainError):
    message = _("The portal needs an administrator. Give someone else the role first.")


class DeputyOfAnotherAgencyError(DomainError):
    message = _("Your deputy must work in the same agency as you.")


class AbsenceOverlapsError(DomainError):
    message = _("You have already named a deputy for some of these days.")


class AbsenceOverError(DomainError):
    message = _("These days are already over.")
