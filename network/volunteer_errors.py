"""What the acts around volunteers and capacity refuse, in words fit to show."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class NoWindowError(DomainError):
    message = _("The days of the next application round are not set yet. Please ask again later.")


class AlreadyAppliedError(DomainError):
    message = _("Your application is already with us.")


class AlreadyAppointedError(DomainError):
    message = _("You are already appointed for that term.")


class TrainingMissingError(DomainError):
    message = _("For another term the special training must be on record first.")


class WindowNotOpenError(DomainError):
    message = _("This application counts for a later round. Its review begins when that opens.")


class OwnApplicationError(DomainError):
    message = _("Somebody else must review your own application.")


class SameReviewerError(DomainError):
    message = _("The second review belongs to somebody who did not do the first.")


class TermOverError(DomainError):
    message = _("The term this leads to is already over.")


class TermEndedError(DomainError):
    message = _("This term has already ended.")


class TrainingKnownError(DomainError):
    message = _("This certificate is already on record.")


class TrainingInFutureError(DomainError):
    message = _("A training is put on record after it was held.")


class WindowTakenError(DomainError):
    message = _("This round has applications under review. Its days can no longer change.")


class HoursNotInTermError(DomainError):
    message = _("On that day you were not appointed.")


class HoursOfReferralError(DomainError):
    message = _("These hours were reported in a referral and stay with it.")


class HoursInFutureError(DomainError):
    message = _("Hours are entered after they were given.")


class DayTooFullError(DomainError):
    message = _("Together with what you entered already, this is more than a day has.")


class OwnHoursError(DomainError):
    message = _("Somebody else must confirm your own hours.")


class ConflictKnownError(DomainError):
    message = _("You have declared this enterprise already.")


class ConflictEndedError(DomainError):
    message = _("This declaration has already ended.")


class MonthOverError(DomainError):
    message = _("This month is over.")


class MonthTooFarError(DomainError):
    message = _("Places are set for the next twelve months.")


class LeaveOverError(DomainError):
    message = _("This leave is already over, or was taken back.")


class LeaveOverlapsError(DomainError):
    message = _("There is already a leave on some of these days.")


class LeaveTooLongError(DomainError):
    message = _("A leave lasts a year at most.")
