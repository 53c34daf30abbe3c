"""Officers hear that a law has changed on which an answer in their case rests."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.events import CaseEvent
from assistance.models import Case, KnownAnswer
from assistance.notifications.audiences import case_of, officer
from assistance.notifications.notice import ToStaff
from knowledge.models import LawArticle
from ledger.models import Entry
from notifications.registry import About, Recipient, notification


@notification
class LawOfACaseChanged(ToStaff):
    kind = "assistance.law_changed"
    event = CaseEvent.LAW_CHANGED
    about = About.WORK
    label = gettext_lazy("A law that an answer in your case rests on has changed")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return officer(entry, case_of(entry))

    def headline(self, entry: Entry, case: Case) -> str:
        law = LawArticle.objects.get(pk=entry.facts["law"])
        return _("%(law)s has changed; an answer in this case rests on it") % {"law": law.title}

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        law = LawArticle.objects.get(pk=entry.facts["law"])
        known = KnownAnswer.objects.filter(case=case).resting_on(law.pk)
        titles = {one.question.title for one in known.select_related("question__published")}
        named = [_("Q&A: %(question)s") % {"question": title} for title in sorted(titles)]
        return [*([law.change] if law.change else []), *named]
