"""What staff are told of the cases they have or are asked to take."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.events import CaseEvent, NeedEvent
from assistance.models import Case, ConsentPurpose, EscalationStep, Need
from assistance.notifications.audiences import (
    IT_COMES_BACK_TO_YOU,
    YOU_HAD_IT,
    YOU_HAVE_IT,
    YOU_WORK_ON_IT,
    YOUR_AGENCY_IS_ASKED,
    case_of,
    in_service,
    officer,
    person_or_duty,
    persons,
    staff_of,
)
from assistance.notifications.notice import QuotesMessage, ToStaff, day_words
from assistance.states import DeclineReason, NeedState
from foundation.languages import pick
from ledger.models import Entry
from notifications.registry import About, Recipient, notification


class ToOfficer(ToStaff):
    """Heard by whoever has the case."""

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return officer(entry, case_of(entry))


class ToOfficerAndWorker(ToStaff):
    """Heard by whoever has the case and by the officer of the need it concerns."""

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        case = case_of(entry)
        workers = Need.objects.filter(case=case).exclude(officer=None)
        need_id = entry.facts.get("need")
        if need_id is not None:
            workers = workers.filter(pk=need_id)
        people = list(workers.values_list("officer_id", flat=True))
        return [*officer(entry, case), *persons(entry, people, YOU_WORK_ON_IT)]


def _need_of(entry: Entry) -> Need:
    return Need.objects.get(pk=entry.subject_id)


@notification
class CaseGiven(ToStaff):
    kind = "assistance.assigned"
    event = CaseEvent.ASSIGNED
    about = About.WORK
    label = gettext_lazy("A case is assigned to you")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return persons(entry, [entry.facts["to"]], YOU_HAVE_IT)

    def headline(self, entry: Entry, case: Case) -> str:
        return _("A case has been assigned to you")


@notification
class CaseTakenBack(ToStaff):
    kind = "assistance.assignment_undone"
    event = CaseEvent.ASSIGNMENT_UNDONE
    about = About.WORK
    label = gettext_lazy("A case assigned to you is taken back")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return persons(entry, [entry.facts["from"]], YOU_HAD_IT)

    def headline(self, entry: Entry, case: Case) -> str:
        return _("The case you were given is taken back")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("Nothing is to do for you.")]


@notification
class LeadGiven(ToStaff):
    kind = "assistance.lead_changed"
    event = CaseEvent.LEAD_CHANGED
    about = About.WORK
    label = gettext_lazy("You lead a case")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return persons(entry, [entry.facts["officer"]], YOU_HAVE_IT)

    def headline(self, entry: Entry, case: Case) -> str:
        return _("You lead a case now")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("You compose the one answer from what the agencies contribute.")]


@notification
class OfferMade(ToStaff):
    kind = "assistance.need_offered"
    event = NeedEvent.OFFERED
    label = gettext_lazy("Your agency is asked to take a need")
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return staff_of(entry, entry.facts["agency"], YOUR_AGENCY_IS_ASKED)

    def headline(self, entry: Entry, case: Case) -> str:
        return _("Can your agency take this on? %(system)s") % self.names(entry)

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        need = _need_of(entry)
        if need.offer_lapses_on is None:
            return []
        day = day_words(need.offer_lapses_on.isoformat())
        words = _("Accept or decline by %(day)s; afterwards the offer lapses.") % {"day": day}
        return [*([need.summary] if need.summary else []), words]


@notification
class OfferTaken(ToOfficer):
    kind = "assistance.need_taken"
    event = NeedEvent.ACCEPTED
    label = gettext_lazy("An agency accepts a need you offered")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(system)s: %(agency)s has accepted") % self.names(entry)


class ComesBack(ToStaff):
    """Heard by the named person to whom a need comes back, and by whoever has the case."""

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        back_to = persons(entry, [_need_of(entry).returns_to_id], IT_COMES_BACK_TO_YOU)
        return [*back_to, *officer(entry, case_of(entry))]


@notification
class OfferDeclined(ComesBack):
    kind = "assistance.need_declined"
    event = NeedEvent.DECLINED
    label = gettext_lazy("An agency declines a need")
    may_switch_off = False

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(system)s: %(agency)s has declined") % self.names(entry)

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        reason = DeclineReason(entry.facts["reason"]).label
        return [
            _("Reason: %(reason)s") % {"reason": reason},
            _("Please offer it to another agency, or drop it."),
        ]


@notification
class OfferLapsed(ComesBack):
    kind = "assistance.need_lapsed"
    event = NeedEvent.LAPSED
    label = gettext_lazy("An offer lapses")
    may_switch_off = False

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(system)s: nobody answered the offer in time") % self.names(entry)

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("Please offer it to another agency, or drop it.")]


@notification
class NeedAnswered(ToOfficer):
    kind = "assistance.need_answered"
    event = NeedEvent.ANSWERED
    label = gettext_lazy("An agency answers a need")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(system)s: %(agency)s has answered") % self.names(entry)

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        still_open = case.needs.open().exclude(state=NeedState.ANSWERED).count()
        if still_open:
            return [_("Needs still open: %(n)d.") % {"n": still_open}]
        return [_("Every need is answered. You can compose the one answer.")]


@notification
class NeedReopened(ToStaff):
    kind = "assistance.need_reopened"
    event = NeedEvent.REOPENED
    about = About.WORK
    label = gettext_lazy("An answered need comes back to you")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        need = _need_of(entry)
        if need.officer_id is not None and in_service([need.officer_id]):
            return persons(entry, [need.officer_id], YOU_WORK_ON_IT)
        return staff_of(entry, entry.facts["agency"], YOUR_AGENCY_IS_ASKED)

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(system)s: the SME needs more") % self.names(entry)


@notification
class SmeAnswered(QuotesMessage, ToOfficerAndWorker):
    kind = "assistance.question_answered"
    event = CaseEvent.QUESTION_ANSWERED
    about = About.TALK
    label = gettext_lazy("An SME answers a question")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("The SME has answered")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("The clock of the agencies runs again.")]


@notification
class SmeWrote(QuotesMessage, ToOfficerAndWorker):
    kind = "assistance.message_from_sme"
    event = CaseEvent.MESSAGE_FROM_SME
    about = About.TALK
    label = gettext_lazy("An SME writes")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("The SME has written")


@notification
class SmeReopened(QuotesMessage, ToOfficer):
    kind = "assistance.reopened"
    event = CaseEvent.REOPENED
    label = gettext_lazy("An SME reopens a case")
    may_switch_off = False

    def headline(self, entry: Entry, case: Case) -> str:
        return _("The SME has reopened the case")


@notification
class SmeWithdrew(ToOfficerAndWorker):
    kind = "assistance.withdrawn"
    event = CaseEvent.WITHDRAWN
    label = gettext_lazy("An SME withdraws a request")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("The SME has withdrawn the request")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("Please stop working on it.")]


@notification
class ConsentTakenBack(ToStaff):
    kind = "assistance.consent_withdrawn"
    event = CaseEvent.CONSENT_WITHDRAWN
    label = gettext_lazy("An SME takes a consent back")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        told = [*officer(entry, case_of(entry))]
        for need in Need.objects.filter(pk__in=entry.facts.get("needs", ())):
            if need.officer_id is not None:
                told += persons(entry, [need.officer_id], YOU_WORK_ON_IT)
            elif need.agency_id is not None:
                told += staff_of(entry, need.agency_id, YOUR_AGENCY_IS_ASKED)
        return told

    def headline(self, entry: Entry, case: Case) -> str:
        if entry.facts["purpose"] == ConsentPurpose.SHARE_WITH_AGENCIES:
            return _("The SME no longer shares this case with other agencies")
        return _("The SME has taken a consent back")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        if entry.facts["purpose"] != ConsentPurpose.SHARE_WITH_AGENCIES:
            return [_("Her request may no longer be used to improve the service.")]
        words = _("The parts other agencies still had are dropped. Only %(agency)s goes on.")
        return [words % {"agency": pick(case.lead_agency, "name")}]


@notification
class Overdue(ToStaff):
    kind = "assistance.overdue"
    event = CaseEvent.OVERDUE
    label = gettext_lazy("A case is overdue")
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return person_or_duty(entry, entry.facts["told"], YOU_HAVE_IT)

    def headline(self, entry: Entry, case: Case) -> str:
        facts = self.names(entry) | {"day": day_words(entry.facts["due_on"])}
        if entry.facts.get("question"):
            return _("The SME has not answered by %(day)s") % facts
        if entry.facts.get("need"):
            return _("%(system)s: overdue since %(day)s") % facts
        return _("Overdue since %(day)s") % facts

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        step = EscalationStep(entry.facts["step"]).label
        return [_("This goes to: %(step)s.") % {"step": step}]
