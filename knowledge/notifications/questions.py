"""Who is told of what happens to questions, and what nobody is told of."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from knowledge.events import LawEvent, QuestionEvent
from knowledge.models import LawArticle, Question, QuestionVersion
from knowledge.notifications.audiences import approvers, holders, writer
from knowledge.permissions import writers_of
from ledger.models import Entry
from notifications.notices import Notice
from notifications.registry import About, Concerns, Recipient, notification, silence

YOU_EDIT = gettext_lazy("You write for your agency.")


def _version(entry: Entry) -> QuestionVersion:
    return QuestionVersion.objects.get(pk=entry.facts["version"])


class AboutQuestion(Notice):
    """Its page is where the question is edited."""

    concerns = Concerns.STAFF
    about = About.WORK

    def path(self, entry: Entry, recipient: Recipient) -> str:
        slug = Question.objects.values_list("slug", flat=True).get(pk=entry.subject_id)
        return reverse("manage_qa:question", args=[slug])


@notification
class WaitsForApproval(AboutQuestion):
    kind = "knowledge.question_waits"
    event = QuestionEvent.SENT_FOR_REVIEW
    label = gettext_lazy("A Q&A waits for your approval")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return approvers(entry, but=writers_of(_version(entry)))

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        subject = _("A Q&A waits for your approval: %(question)s")
        return subject % {"question": _version(entry).title}, [
            _("You see both languages and what changed. Approve it, or give it back with a word.")
        ]


class ToTheWriter(AboutQuestion):
    """Heard by who wrote the wording, unless it was her own act."""

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return writer(entry, "writer")


@notification
class GivenBack(ToTheWriter):
    kind = "knowledge.question_given_back"
    event = QuestionEvent.RETURNED
    label = gettext_lazy("A Q&A you wrote is given back")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        version = _version(entry)
        subject = _("Your Q&A is given back: %(question)s") % {"question": version.title}
        return subject, [version.returned_because] if version.returned_because else []


@notification
class Appeared(ToTheWriter):
    kind = "knowledge.question_published"
    event = QuestionEvent.PUBLISHED
    label = gettext_lazy("A Q&A you wrote is published")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        subject = _("Your Q&A is published: %(question)s")
        return subject % {"question": _version(entry).title}, [
            _("Readers find it at its lasting address.")
        ]


@notification
class FellDue(AboutQuestion):
    """Where a law changed, one notice about the law stands for all its questions."""

    kind = "knowledge.question_due"
    event = QuestionEvent.FELL_DUE
    label = gettext_lazy("A Q&A of your agency is due for review")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        if "law" in entry.facts:
            return []
        return holders(entry, Permission.KNOWLEDGE_EDIT, [entry.facts["agency"]], YOU_EDIT)

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        subject = _("A Q&A is due for review: %(question)s")
        return subject % {"question": _version(entry).title}, [
            _("Readers see that it waits to be read again, until a second person confirms it.")
        ]


@notification
class LawChanged(Notice):
    kind = "knowledge.law_changed"
    event = LawEvent.CHANGED
    concerns = Concerns.STAFF
    about = About.WORK
    label = gettext_lazy("A law that your agency's Q&A rest on has changed")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        citing = Question.objects.public().filter(published__laws=int(entry.subject_id))
        agencies = set(citing.values_list("agency_id", flat=True))
        return holders(entry, Permission.KNOWLEDGE_EDIT, agencies, YOU_EDIT)

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        law = LawArticle.objects.get(pk=entry.subject_id)
        subject = _("%(law)s has changed") % {"law": law.title}
        number = {"n": entry.facts["questions"]}
        return subject, [_("%(n)d Q&A that cite it now wait to be read again.") % number]

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("manage_qa:law", args=[entry.subject_id])


for _event in (QuestionEvent.DRAFTED, QuestionEvent.REVISED, QuestionEvent.TAKEN_UP_AGAIN):
    silence(_event, because="an editor's own work on a text that nobody waits for yet")
silence(QuestionEvent.APPROVED, because="its writer hears on the day it appears")
silence(QuestionEvent.CONFIRMED, because="nothing changes for readers but the date they see")
silence(QuestionEvent.RETIRED, because="an editor's own act, kept on record with its reason")
silence(LawEvent.ADDED, because="it changes nothing until an answer cites it")
