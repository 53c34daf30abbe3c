"""The shape that notices about a case share: number, what happened, what to do, by when."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.models import Case, CaseMessage, MessageKind
from assistance.notifications.audiences import applicant_side, case_of
from assistance.timeline.names import named
from ledger.models import Entry
from notifications import notices
from notifications.registry import Concerns, NotificationType, Recipient


def day_words(iso_day: str) -> str:
    """A date fact as the reader writes it, with its weekday."""
    return notices.day_words(date.fromisoformat(iso_day))


class CaseNotice(NotificationType):
    """Subclasses say the headline and the paragraphs; subject and link are the same for all."""

    template = "assistance/messages/notice"

    def headline(self, entry: Entry, case: Case) -> str:
        raise NotImplementedError

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return []

    def quote(self, entry: Entry, case: Case) -> str:
        """Words of a message the recipient may read; never of a note."""
        return ""

    def context(self, entry: Entry, recipient: Recipient) -> dict[str, Any]:
        case = case_of(entry)
        return {
            "number": case.reference,
            "case_subject": case.subject,
            "headline": self.headline(entry, case),
            "paragraphs": self.paragraphs(entry, case),
            "quote": self.quote(entry, case),
        }

    def names(self, entry: Entry) -> dict[str, Any]:
        return named(entry)


class ToApplicant(CaseNotice):
    """Heard by the applicant's side; the link leads to her own page."""

    concerns = Concerns.APPLICANT

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return applicant_side(entry, case_of(entry))

    def path(self, entry: Entry, recipient: Recipient) -> str:
        reference = case_of(entry).reference
        if recipient.user_id is None:
            return f"{reverse('track:lookup')}?number={reference}"
        return reverse("cases:detail", args=[reference])


class ToStaff(CaseNotice):
    """Heard by staff; the link leads to the desk."""

    concerns = Concerns.STAFF

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("desk:case", args=[case_of(entry).reference])


class QuotesMessage:
    """Shows the message an entry names, unless it is an internal note."""

    may_quote: ClassVar[tuple[str, ...]] = (
        MessageKind.MESSAGE,
        MessageKind.QUESTION,
        MessageKind.REPLY,
    )

    def quote(self, entry: Entry, case: Case) -> str:
        message_id = entry.facts.get("message")
        if not message_id:
            return ""
        said = CaseMessage.objects.filter(pk=message_id, case=case, kind__in=self.may_quote)
        return said.values_list("body", flat=True).first() or ""


def until(entry: Entry) -> str:
    """The sentence that names the date of a question."""
    return _("Please answer by %(day)s.") % {"day": day_words(entry.facts["due_on"])}
