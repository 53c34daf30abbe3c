"""Who hears of a mandate: the enterprise that gives it, and whoever files under it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import EnterpriseMembership
from assistance.events import CaseEvent
from assistance.events import MandateEvent as E
from assistance.models import Case, Mandate, MandatedRequest
from assistance.notifications.audiences import case_of
from assistance.notifications.notice import CaseNotice
from ledger.models import Entry
from notifications.notices import Notice, day_words
from notifications.registry import About, Concerns, Recipient, notification, silence

YOU_GAVE_IT = gettext_lazy("Somebody files requests in the name of your enterprise.")
YOU_FILE = gettext_lazy("You file requests for this enterprise.")


def _mandate(entry: Entry) -> Mandate:
    return Mandate.objects.select_related("filer").get(pk=entry.subject_id)


def _names(mandate: Mandate) -> dict[str, str]:
    return {
        "filer": str(mandate.filer),
        "enterprise": mandate.enterprise_name,
        "until": day_words(mandate.valid_to),
    }


class _ToPrincipal(Notice):
    """Everyone in the enterprise; where it has no account here, the address that was written to."""

    may_switch_off = False
    concerns = Concerns.APPLICANT
    by_letter_too = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        mandate = _mandate(entry)
        if mandate.enterprise_id is None:
            if not self.by_letter_too:
                yield Recipient(
                    email=mandate.principal_email, language=mandate.language, reason=YOU_GAVE_IT
                )
            return
        members = EnterpriseMembership.objects.active().filter(enterprise=mandate.enterprise_id)
        for person in members.order_by("pk").values_list("user_id", flat=True):
            if person != entry.actor_id:
                yield Recipient(user_id=person, reason=YOU_GAVE_IT)

    def path(self, entry: Entry, recipient: Recipient) -> str:
        if recipient.user_id is None:
            return ""
        return reverse("mandates:show", args=[entry.subject_id])


class _ToFiler(Notice):
    may_switch_off = False
    concerns = Concerns.APPLICANT

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        filer = _mandate(entry).filer_id
        if filer != entry.actor_id:
            yield Recipient(user_id=filer, reason=YOU_FILE)

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("acting:mandate", args=[entry.subject_id])


@notification
class Asked(_ToPrincipal):
    """An enterprise without an account is asked by a letter with a link instead."""

    kind = "assistance.mandate_asked"
    event = E.ASKED
    label = gettext_lazy("Somebody wants to file for your enterprise")
    by_letter_too = True

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        names = _names(_mandate(entry))
        return _("%(filer)s wants to file for %(enterprise)s") % names, [
            _("Look at what was prepared. Nothing is sent to any agency before you confirm it."),
            _("If you do not know this person, refuse; nothing happens then."),
        ]


@notification
class ConfirmedToFiler(_ToFiler):
    kind = "assistance.mandate_confirmed"
    event = E.CONFIRMED
    label = gettext_lazy("An enterprise confirms your mandate")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        mandate = _mandate(entry)
        names = _names(mandate)
        more = _("You can file further requests for it until %(until)s.") % names
        return _("%(enterprise)s has confirmed your mandate") % names, [
            _("What you had prepared has been sent, if there was a request."),
            *([more] if mandate.is_standing else []),
        ]


@notification
class ConfirmedToColleagues(_ToPrincipal):
    """The others of the enterprise hear who may act for it; an address has its letter."""

    kind = "assistance.mandate_confirmed_by_us"
    event = E.CONFIRMED
    label = gettext_lazy("Your enterprise lets somebody file for it")
    by_letter_too = True

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        names = _names(_mandate(entry))
        return _("%(filer)s may file for %(enterprise)s") % names, [
            _("Somebody of your enterprise confirmed this. It ends on %(until)s.") % names,
            _("Everybody in your enterprise can withdraw it at any time."),
        ]


@notification
class Refused(_ToFiler):
    kind = "assistance.mandate_refused"
    event = E.REFUSED
    label = gettext_lazy("An enterprise refuses your mandate")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        names = _names(_mandate(entry))
        return _("%(enterprise)s does not let you file for it") % names, [
            _("Nothing was sent, and what you had prepared is deleted."),
        ]


@notification
class WithdrawnToFiler(_ToFiler):
    kind = "assistance.mandate_withdrawn"
    event = E.WITHDRAWN
    label = gettext_lazy("An enterprise withdraws your mandate")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        names = _names(_mandate(entry))
        return _("%(enterprise)s has withdrawn your mandate") % names, [
            _("You no longer see the cases you filed for it. They go on without you."),
        ]


@notification
class WithdrawnToPrincipal(_ToPrincipal):
    kind = "assistance.mandate_withdrawn_by_us"
    event = E.WITHDRAWN
    label = gettext_lazy("A mandate of your enterprise is withdrawn")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        names = _names(_mandate(entry))
        return _("%(filer)s no longer files for %(enterprise)s") % names, [
            _("The mandate was withdrawn. Its cases stay yours and go on."),
            _("If it was neither you nor somebody of your business, please call us at once."),
        ]


@notification
class LaidDown(_ToPrincipal):
    kind = "assistance.mandate_laid_down"
    event = E.LAID_DOWN
    label = gettext_lazy("Somebody no longer files for your enterprise")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        mandate = _mandate(entry)
        names = _names(mandate)
        what = _("The filer gave the mandate up. Your cases stay yours and go on.")
        never = _("The question was taken back before you answered. You need not do anything.")
        return _("%(filer)s no longer files for %(enterprise)s") % names, [
            what if mandate.was_confirmed else never,
        ]


@notification
class Lapsed(_ToFiler):
    kind = "assistance.mandate_lapsed"
    event = E.LAPSED
    label = gettext_lazy("An enterprise did not answer about your mandate")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        names = _names(_mandate(entry))
        return _("%(enterprise)s has not confirmed your mandate") % names, [
            _("Thirty days have passed. Nothing was sent, and what you had prepared is deleted."),
        ]


@notification
class ExpiredToFiler(_ToFiler):
    kind = "assistance.mandate_expired"
    event = E.EXPIRED
    label = gettext_lazy("Your mandate for an enterprise is over")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        names = _names(_mandate(entry))
        return _("Your mandate for %(enterprise)s is over") % names, [
            _("It ended on %(until)s. Ask the enterprise for a new one to go on.") % names,
        ]


@notification
class ExpiredToPrincipal(_ToPrincipal):
    kind = "assistance.mandate_expired_of_us"
    event = E.EXPIRED
    label = gettext_lazy("A mandate of your enterprise is over")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        names = _names(_mandate(entry))
        return _("%(filer)s no longer files for %(enterprise)s") % names, [
            _("The mandate ended on %(until)s. Your cases stay yours and go on.") % names,
        ]


@notification
class Reminded(_ToPrincipal):
    """An address is reminded by a letter with a link to withdraw."""

    kind = "assistance.mandate_reminded"
    event = E.REMINDED
    label = gettext_lazy("A reminder who may file for your enterprise")
    by_letter_too = True

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        names = _names(_mandate(entry))
        return _("%(filer)s may still file for %(enterprise)s") % names, [
            _("The mandate ends on %(until)s. You can withdraw it at any time.") % names,
        ]


class _CaseToFiler(CaseNotice):
    """The filer hears of a case as long as the mandate is in force and lets him read it."""

    concerns = Concerns.APPLICANT

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        filed = MandatedRequest.objects.filter(case_id=case_of(entry).pk)
        for one in filed.select_related("mandate"):
            mandate = one.mandate
            if mandate.may_read and mandate.is_in_force() and mandate.filer_id != entry.actor_id:
                yield Recipient(user_id=mandate.filer_id, reason=YOU_FILE)

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("acting:detail", args=[case_of(entry).reference])


@notification
class QuestionToFiler(_CaseToFiler):
    kind = "assistance.question_asked_to_filer"
    event = CaseEvent.QUESTION_ASKED
    about = About.TALK
    label = gettext_lazy("An agency needs something in a case you filed for an enterprise")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(enterprise)s is asked for something") % {"enterprise": case.enterprise_name}


@notification
class AnswerToFiler(_CaseToFiler):
    kind = "assistance.answered_to_filer"
    event = CaseEvent.ANSWERED
    label = gettext_lazy("A case you filed for an enterprise is answered")

    def headline(self, entry: Entry, case: Case) -> str:
        return _("The answer for %(enterprise)s is there") % {"enterprise": case.enterprise_name}


silence(E.ASKED_AGAIN, because="the letter with the new link is the notice")
silence(CaseEvent.MANDATE_ENDED, because="the end of the mandate itself is told to both sides")
