"""Why an act on a case was refused; the messages are fit to show."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class AlreadyClaimedError(DomainError):
    def __init__(self, by_name: str) -> None:
        super().__init__(_("%(name)s has already taken this case.") % {"name": by_name})
        self.by_name = by_name


class NeedsStillOpenError(DomainError):
    message = _("A need is still open. Wait for its answer, or tell the SME why you do not.")


class NothingToAnswerError(DomainError):
    message = _("No need of this case has been answered yet.")


class AlreadyNeededError(DomainError):
    message = _("The case already has an open need for this system.")


class NoNeedsError(DomainError):
    message = _("Choose at least one system.")


class NotAnOfficerOfTheAgencyError(DomainError):
    message = _("This person does not work for the agency that leads the case.")


class AgencyNotInForceError(DomainError):
    message = _("This agency does not exist today. Choose its successor.")


class SameAgencyError(DomainError):
    message = _("This agency already has the need.")


class ReopenTooLateError(DomainError):
    message = _("The 14 days for reopening have passed. Please ask anew.")


class NotTheSameEnterpriseError(DomainError):
    message = _("Only cases of the same enterprise can be merged.")


class MergeIntoItselfError(DomainError):
    message = _("A case cannot be merged into itself.")


class MergeIntoSettledError(DomainError):
    message = _("The other case is settled by now. Choose one that is still open.")


class NotSuspectedError(DomainError):
    message = _("Nobody suspects this case to be a duplicate.")


class AlreadyRatedError(DomainError):
    message = _("You have already rated this answer.")


class QuestionSettledError(DomainError):
    message = _("This question has already been settled.")


class NoSingleSubjectError(DomainError):
    message = _("You work on several needs of this case. Ask on its own page.")


class DraftGoneError(DomainError):
    message = _("This request was already sent, thrown away, or is older than 30 days.")


class DraftAlreadySubmittedError(DomainError):
    message = _("This request has already been sent.")


class NobodyCoordinatesError(DomainError):
    message = _("No agency coordinates requests today. Please call us.")


class TooManyPapersError(DomainError):
    message = _("No more fits: at most 50 files and 200 MB together. Remove one first.")


class PaperInUseError(DomainError):
    """Says itself why: opened, answered with, somebody else's, or the case is settled."""


class AlreadyInAnAccountError(DomainError):
    message = _("This case already belongs to an account.")


class AnotherBusinessNumberError(DomainError):
    message = _("The case names another business number than this enterprise has.")


class NumberSettledError(DomainError):
    message = _("Only a number that a caller stated and nobody has confirmed is corrected.")


class SameNumberError(DomainError):
    message = _("The case has this number already.")


class NotAMemberError(DomainError):
    message = _("You no longer belong to this enterprise.")


class NotThatCaseError(DomainError):
    message = _("This is not the number and address of that call. Ask whoever called.")


class StatementSettledError(DomainError):
    message = _("Somebody of your enterprise has already said whose call it was.")


class SharingTakenBackError(DomainError):
    message = _(
        "The applicant no longer agrees to share this case with other agencies. "
        "Only the lead agency can go on."
    )


class SharingSettledError(DomainError):
    message = _("This case is settled. What the agencies have done stays on record.")


class ConsentNeededError(DomainError):
    message = _("Without this consent nobody can work on the case. Withdraw the request instead.")


class AlreadyReferredError(DomainError):
    message = _("Somebody is already asked about this topic of the case. Recall that first.")


class NoPlaceLeftError(DomainError):
    message = _("The last place has just been taken. Choose somebody else.")


class CannotTakeItError(DomainError):
    message = _("They can no longer be asked for this. Choose somebody else.")


class NoWayToReachHerError(DomainError):
    message = _("Show at least a phone number or an e-mail address, or nobody can reach you.")


class ReferralSettledError(DomainError):
    message = _("This referral is already settled.")


class CaseSettledError(DomainError):
    message = _("This case is no longer open.")


class LinkSpentError(DomainError):
    message = _("This link was used before or is too old. Ask whoever sent it for a new one.")


class NothingReportedError(DomainError):
    message = _("Write what was done, or how long it took.")


class NobodyAtWorkError(DomainError):
    message = _("Nobody works on this system for the enterprise any more.")


class NobodyToWriteToError(DomainError):
    message = _("They answer with an account, or have no e-mail address here.")


class OwnEnterpriseError(DomainError):
    message = _("You belong to this enterprise. Ask for help as one of its members instead.")


class OwnAddressError(DomainError):
    message = _("This is your own address. Write one that the enterprise reads.")


class TooManyMandatesError(DomainError):
    message = _("Too many enterprises have not answered you yet. Wait for those first.")


class TooManyLettersError(DomainError):
    message = _("This enterprise has been written to often enough today. Try again tomorrow.")


class AlreadyAskedError(DomainError):
    message = _("You have already asked this enterprise. Wait for its answer, or take that back.")


class MandateNotInForceError(DomainError):
    message = _("This mandate no longer lets you file. Ask the enterprise for a new one.")


class OutsideMandateError(DomainError):
    message = _("Your mandate does not cover this kind of help. Choose one that it covers.")


class NobodyThereError(DomainError):
    message = _("Nobody belongs to this enterprise any more. Ask for a new mandate.")
