"""Why an act on a question was refused; the messages are fit to show."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class NotADraftError(DomainError):
    message = _("This wording is with the approver. Take it back before you change it.")


class NothingOpenError(DomainError):
    message = _("No new wording is waiting. Somebody has dealt with it in the meantime.")


class ChangedMeanwhileError(DomainError):
    message = _(
        "Somebody else has changed this draft since you opened it. Compare both, then save again."
    )


class NoWordsError(DomainError):
    message = _("Write the question and the answer in at least one language.")


class NoTopicError(DomainError):
    message = _("Choose at least one topic.")


class OneLanguageUnexplainedError(DomainError):
    message = _("One language is missing or older. Say why it may be published all the same.")


class OwnWordsError(DomainError):
    message = _("You wrote this. Somebody else of the agency approves it.")


class ReadOtherWordsError(DomainError):
    message = _("The text has changed since you opened this page. Read it again, then approve it.")


class NotPublicError(DomainError):
    message = _("This is not published.")


class AgencyNotInForceError(DomainError):
    message = _("This agency does not exist today. Choose its successor.")
