"""What the SME is told of her case."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.events import CaseEvent, NeedEvent
from assistance.models import Case, Question
from assistance.notifications.notice import QuotesMessage, ToApplicant, until
from assistance.states import RefusalReason
from ledger.models import Entry
from notifications.registry import About, Recipient, notification


@notification
class AskedForSomething(QuotesMessage, ToApplicant):
    kind = "assistance.question_asked"
    event = CaseEvent.QUESTION_ASKED
    label = gettext_lazy("An agency needs something from you")
    may_switch_off = False

    def headline(self, entry: Entry, case: Case) -> str:
        return _("It is your turn: %(agency)s asks you for something") % self.names(entry)

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        question = Question.objects.filter(pk=entry.facts["question"]).first()
        labels = question.items.values_list("label", flat=True) if question else []
        paused = _("Until you answer, our clock is paused. A photo from your phone is fine.")
        return [until(entry), *(f"• {label}" for label in labels), paused]


@notification
class Reminded(ToApplicant):
    kind = "assistance.question_reminded"
    event = CaseEvent.QUESTION_REMINDED
    label = gettext_lazy("A reminder before a date")
    may_switch_off = False

    def headline(self, entry: Entry, case: Case) -> str:
        return _("Reminder: we still wait for something from you")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [
            until(entry),
            _("If you cannot get it in time, write to your officer on the page of the case."),
        ]


@notification
class QuestionTakenBack(ToApplicant):
    kind = "assistance.question_cancelled"
    event = CaseEvent.QUESTION_CANCELLED
    about = About.TALK
    label = gettext_lazy("An agency no longer needs something from you")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("You no longer need to send what we asked for")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("The agencies carry on with your case.")]


@notification
class WrittenTo(QuotesMessage, ToApplicant):
    kind = "assistance.message_from_agency"
    event = CaseEvent.MESSAGE_FROM_AGENCY
    about = About.TALK
    label = gettext_lazy("An agency writes to you")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("Message from %(agency)s") % self.names(entry)


@notification
class PaperRemoved(QuotesMessage, ToApplicant):
    """Only of a file that she could see and that an agency removed: it names a message to her."""

    kind = "assistance.file_removed"
    event = CaseEvent.FILE_REMOVED
    about = About.TALK
    label = gettext_lazy("An agency removes a file from your case")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return super().audience(entry) if entry.facts.get("message") else []

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(agency)s has removed a file from your case") % self.names(entry)


@notification
class TakenOn(ToApplicant):
    kind = "assistance.need_accepted"
    event = NeedEvent.ACCEPTED
    label = gettext_lazy("An agency takes on a part of your case")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(agency)s has taken on a part of your case") % self.names(entry)

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [
            _("It will work on: %(system)s.") % self.names(entry),
            _("You will get one answer from all agencies together."),
        ]


@notification
class CaseTaken(ToApplicant):
    kind = "assistance.case_claimed"
    event = CaseEvent.CLAIMED
    label = gettext_lazy("An officer takes your case")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("An officer has taken your case")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("The officer now chooses the agencies that can help you.")]


@notification
class PassedOn(ToApplicant):
    kind = "assistance.need_transferred"
    event = NeedEvent.TRANSFERRED
    label = gettext_lazy("A part of your case goes to another agency")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("A part of your case goes to another agency")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [
            _("%(system)s: from %(agency)s to %(other)s.") % self.names(entry),
            _("The number stays the same, and you need not send anything again."),
        ]


@notification
class BackToAssigning(ToApplicant):
    kind = "assistance.returned_to_triage"
    event = CaseEvent.RETURNED_TO_TRIAGE
    label = gettext_lazy("We look for another agency")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("We are looking for another agency for your case")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("Your officer keeps the case. You need not do anything.")]


@notification
class AnsweredAsOne(ToApplicant):
    kind = "assistance.answered"
    event = CaseEvent.ANSWERED
    label = gettext_lazy("The answer to your case")
    may_switch_off = False

    def headline(self, entry: Entry, case: Case) -> str:
        return _("The answer to your case is ready")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [
            _("All agencies together have answered you. Read it on the page of your case."),
            _("Please tell us there if it helped. Not solved? You can reopen within 14 days."),
        ]


@notification
class Refused(ToApplicant):
    kind = "assistance.declined"
    event = CaseEvent.DECLINED
    label = gettext_lazy("Your request cannot be accepted")
    may_switch_off = False

    def headline(self, entry: Entry, case: Case) -> str:
        return _("Your request cannot be accepted")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        reason = RefusalReason(entry.facts["reason"]).label
        where = [_("Where you can go instead: %(where)s") % {"where": case.where_instead}]
        return [
            _("Reason: %(reason)s") % {"reason": reason},
            *([case.refusal_text] if case.refusal_text else []),
            *(where if case.where_instead else []),
        ]


@notification
class MergedIntoAnother(ToApplicant):
    kind = "assistance.merged"
    event = CaseEvent.MERGED
    label = gettext_lazy("Two of your cases become one")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("Two of your cases are now one")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        target = Case.objects.filter(pk=entry.facts["into"]).first()
        if target is None or not target.has_applicant_of(case):
            return []
        return [_("They go on under the number %(number)s.") % {"number": target.reference}]


@notification
class ClosedAfterFourteenDays(ToApplicant):
    kind = "assistance.closed"
    event = CaseEvent.CLOSED
    label = gettext_lazy("Your case is closed")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("Your case is closed")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("14 days have passed since the answer. If you need more, please ask anew.")]


@notification
class WithdrawnReceipt(ToApplicant):
    kind = "assistance.withdrawn_receipt"
    event = CaseEvent.WITHDRAWN
    label = gettext_lazy("Your enterprise withdraws a request")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("Your request has been withdrawn")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("The agencies have stopped working on it. You can ask anew at any time.")]
