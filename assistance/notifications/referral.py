"""Who is told of a referral: the SME, whoever receives it, whoever referred it, duty officers."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.deadlines import REFERRAL_ATTEMPTS
from assistance.events import ReferralEvent as E
from assistance.models import Case, Referral, receiver_users
from assistance.notifications.audiences import duty_officers, person_or_duty
from assistance.notifications.notice import CaseNotice, ToApplicant, ToStaff
from assistance.states import ReferralDecline, ReferralOutcome
from assistance.timeline.referral import receiver_words, referral_names
from ledger.models import Entry
from notifications.notices import day_words
from notifications.registry import About, Concerns, Recipient, notification, silence

YOU_REFERRED_IT = gettext_lazy("You referred this case.")
YOU_ARE_ASKED = gettext_lazy("You belong to the service network and are asked to help.")


def referral_of(entry: Entry) -> Referral:
    return Referral.objects.with_names().select_related("case").get(pk=entry.subject_id)


class _ToApplicant(ToApplicant):
    """The SME hears each turn in plain words."""

    says: str | Promise
    adds: str | Promise = ""
    about = About.COURSE

    def headline(self, entry: Entry, case: Case) -> str:
        return str(self.says) % referral_names(entry)

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [str(self.adds) % referral_names(entry)] if self.adds else []


@notification
class AskedToAgree(_ToApplicant):
    kind = "assistance.referral_consent_asked"
    event = E.CONSENT_ASKED
    label = gettext_lazy("We ask whether somebody outside the agencies may help you")
    may_switch_off = False
    says = gettext_lazy("May %(receiver)s help you?")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        by = referral_of(entry).answer_by
        return [
            _("Nothing of yours is shown before you agree. You choose what they may see."),
            *([_("Please answer by %(day)s.") % {"day": day_words(by)}] if by else []),
        ]


@notification
class OnItsWay(_ToApplicant):
    kind = "assistance.referral_sent"
    event = E.SENT
    label = gettext_lazy("We ask somebody to help you")
    says = gettext_lazy("We have asked %(receiver)s to help you")
    adds = gettext_lazy("They see what you agreed to only once they accept. We tell you then.")


@notification
class Accepted(_ToApplicant):
    kind = "assistance.referral_accepted"
    event = E.ACCEPTED
    label = gettext_lazy("Somebody will help you")
    says = gettext_lazy("%(receiver)s will help you")
    adds = gettext_lazy("They will get in touch with you. Your officer keeps the case.")


@notification
class CannotTakeIt(_ToApplicant):
    kind = "assistance.referral_declined"
    event = E.DECLINED
    label = gettext_lazy("Somebody we asked cannot help you")
    says = gettext_lazy("%(receiver)s cannot help you at present")
    adds = gettext_lazy("They saw nothing of yours. We look for somebody else.")


@notification
class DidNotAnswer(_ToApplicant):
    kind = "assistance.referral_lapsed"
    event = E.LAPSED
    label = gettext_lazy("Somebody we asked did not answer")
    says = gettext_lazy("%(receiver)s did not answer in time")
    adds = gettext_lazy("They saw nothing of yours. We look for somebody else.")


@notification
class DutyLooksAfterIt(_ToApplicant):
    kind = "assistance.referral_nobody"
    event = E.NOBODY_TOOK_IT
    label = gettext_lazy("A duty officer looks for help for you")
    says = gettext_lazy("Three could not help; a duty officer now looks after it")
    adds = gettext_lazy("You need not do anything.")


@notification
class QuestionRanOut(_ToApplicant):
    kind = "assistance.referral_consent_lapsed"
    event = E.NOT_ANSWERED_BY_SME
    label = gettext_lazy("A question whether somebody may help you has run out")
    says = gettext_lazy("We did not ask %(receiver)s")
    adds = gettext_lazy("You did not tell us whether they may. Your officer can ask anew.")


@notification
class HelpEnded(_ToApplicant):
    kind = "assistance.referral_recalled"
    event = E.RECALLED
    label = gettext_lazy("Somebody is no longer asked to help you")
    says = gettext_lazy("%(receiver)s is no longer asked to help you")
    adds = gettext_lazy("They no longer see anything of yours.")


@notification
class HelpFinished(_ToApplicant):
    kind = "assistance.referral_completed"
    event = E.COMPLETED
    label = gettext_lazy("Somebody has finished helping you")
    says = gettext_lazy("%(receiver)s has finished helping you")
    adds = gettext_lazy("They no longer see anything of yours.")


class _ToReceiver(CaseNotice):
    """Those with an account; nothing of the SME stands in it, not even the subject of the case."""

    template = "notifications/messages/notice"
    concerns = Concerns.EVERYONE
    about = About.WORK
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        people = receiver_users(referral_of(entry))
        told = [pk for pk in people if pk != entry.actor_id]
        return [Recipient(user_id=pk, reason=YOU_ARE_ASKED) for pk in told]

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("partner:inbox")


@notification
class AskedToHelp(_ToReceiver):
    kind = "assistance.referral_for_you"
    event = E.SENT
    label = gettext_lazy("You are asked to help an SME")

    def context(self, entry: Entry, recipient: Recipient) -> dict[str, Any]:
        by = referral_of(entry).answer_by
        until = [_("Please answer by %(day)s.") % {"day": day_words(by)}] if by else []
        topic = _("It is about: %(system)s.") % referral_names(entry)
        return {"subject": _("An SME needs your help"), "paragraphs": [topic, *until]}

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("partner:referral", args=[entry.subject_id])


@notification
class NoLongerAsked(_ToReceiver):
    kind = "assistance.referral_recalled_from_you"
    event = E.RECALLED
    label = gettext_lazy("A referral to you is recalled")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return super().audience(entry) if entry.facts.get("was_known") else []

    def context(self, entry: Entry, recipient: Recipient) -> dict[str, Any]:
        return _no_longer(entry)


@notification
class StoppedForReceiver(NoLongerAsked):
    kind = "assistance.referral_stopped_for_you"
    event = E.STOPPED_BY_SME
    label = gettext_lazy("An SME ends a referral to you")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return _ToReceiver.audience(self, entry)


def _no_longer(entry: Entry) -> dict[str, Any]:
    topic = _("It was about: %(system)s.") % referral_names(entry)
    thanks = _("Nothing is to do for you any more. Thank you for being there.")
    return {"subject": _("Your help is no longer needed"), "paragraphs": [topic, thanks]}


class _ToReferrer(ToStaff):
    """Whoever referred it learns how it goes; a duty officer where she has left."""

    says: str | Promise

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return person_or_duty(entry, referral_of(entry).referred_by_id, YOU_REFERRED_IT)

    def headline(self, entry: Entry, case: Case) -> str:
        return str(self.says) % referral_names(entry)


@notification
class AcceptedForReferrer(_ToReferrer):
    kind = "assistance.referral_accepted_staff"
    event = E.ACCEPTED
    label = gettext_lazy("A referral of yours is accepted")
    says = gettext_lazy("%(system)s: %(receiver)s has accepted")


class _NextBest(_ToReferrer):
    may_switch_off = False

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [*self.why(entry), *self.onward(entry)]

    def why(self, entry: Entry) -> list[str]:
        return []

    def onward(self, entry: Entry) -> list[str]:
        facts = entry.facts
        if facts.get("next"):
            other = receiver_words(facts["next_kind"], facts["next"])
            return [_("Next best: %(other)s. Open the case to refer it on.") % {"other": other}]
        if facts["attempt"] >= REFERRAL_ATTEMPTS:
            return [_("Three did not take it. A duty officer decides what comes next.")]
        return [_("Nobody else is able and free around there at present.")]


@notification
class DeclinedForReferrer(_NextBest):
    kind = "assistance.referral_declined_staff"
    event = E.DECLINED
    label = gettext_lazy("A referral of yours is declined")
    says = gettext_lazy("%(system)s: %(receiver)s declined")

    def why(self, entry: Entry) -> list[str]:
        reason = ReferralDecline(entry.facts["reason"]).label
        return [_("Reason: %(reason)s") % {"reason": reason}]


@notification
class LapsedForReferrer(_NextBest):
    kind = "assistance.referral_lapsed_staff"
    event = E.LAPSED
    label = gettext_lazy("A referral of yours is not answered in time")
    says = gettext_lazy("%(system)s: %(receiver)s did not answer")


@notification
class NotAgreedForReferrer(_ToReferrer):
    kind = "assistance.referral_refused_staff"
    event = E.CONSENT_REFUSED
    label = gettext_lazy("An SME does not agree to a referral")
    says = gettext_lazy("%(system)s: the SME does not want help from %(receiver)s")


@notification
class StoppedForReferrer(_ToReferrer):
    kind = "assistance.referral_stopped_staff"
    event = E.STOPPED_BY_SME
    label = gettext_lazy("An SME ends a referral")
    says = gettext_lazy("%(system)s: the SME ended the referral to %(receiver)s")


@notification
class SilentForReferrer(_ToReferrer):
    kind = "assistance.referral_consent_lapsed_staff"
    event = E.NOT_ANSWERED_BY_SME
    label = gettext_lazy("An SME does not say whether she agrees to a referral")
    says = gettext_lazy("%(system)s: the SME did not say whether she agrees to %(receiver)s")


@notification
class CompletedForReferrer(_ToReferrer):
    kind = "assistance.referral_completed_staff"
    event = E.COMPLETED
    label = gettext_lazy("A referral of yours is completed")
    says = gettext_lazy("%(system)s: %(receiver)s has reported the outcome")

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        outcome = ReferralOutcome(entry.facts["outcome"]).label
        return [_("Outcome: %(outcome)s") % {"outcome": outcome}]


@notification
class ForDuty(ToStaff):
    kind = "assistance.referral_awaits_duty"
    event = E.NOBODY_TOOK_IT
    label = gettext_lazy("Nobody took a referral; a duty officer decides")
    may_switch_off = False
    about = About.WORK

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return duty_officers(entry)

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(system)s: three did not take it; please decide") % referral_names(entry)


silence(E.REPORTED, because="the course is read on the case; the outcome is told")
silence(E.TAKEN_UP, because="a duty officer's own act on the desk")
silence(E.LINK_SENT, because="the letter itself is what the receiver is told")
