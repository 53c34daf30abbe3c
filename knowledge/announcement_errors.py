"""What cannot be done with an announcement or a subscription, in words fit to show."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class SlugTakenError(DomainError):
    message = _("Another announcement has this address. Choose a different one.")


class NoOpenVersionError(DomainError):
    message = _("There is no draft to work on. Begin an amendment first.")


class OpenVersionError(DomainError):
    message = _("A version is on its way already. Go on with that one.")


class ChangedMeanwhileError(DomainError):
    message = _(
        "Somebody else saved this draft while you were writing. Your text is still here: compare "
        "it with the saved one, then save again."
    )


class ReadAnotherVersionError(DomainError):
    message = _("The text has changed since you opened this page. Read it again, then approve it.")


class NothingWrittenError(DomainError):
    message = _(
        "Title, summary and text are needed in at least one language; an event also needs a place."
    )


class OneLanguageError(DomainError):
    message = _(
        "One language is not complete. Write it, or say why the announcement appears in one "
        "language only."
    )


class OverBeforeItStartsError(DomainError):
    message = _("The last day of this announcement has passed. Choose a later one.")


class SecondPersonError(DomainError):
    message = _("You wrote part of this version. Somebody else has to approve it.")


class ScannerPendingError(DomainError):
    message = _("A file is still being checked for viruses, or was blocked. Try again later.")


class TooManyFilesError(DomainError):
    message = _("An announcement has at most 10 files. Remove one first.")


class LinkNotValidError(DomainError):
    message = _("This link is not valid any more. Subscribe anew, please.")
