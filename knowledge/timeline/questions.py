"""What happened to questions and laws, in words."""

from django.utils.translation import gettext_lazy

from knowledge.events import LawEvent, QuestionEvent
from ledger.timeline import sentence

sentence(QuestionEvent.DRAFTED, public=None, staff=gettext_lazy("A Q&A was drafted"))
sentence(
    QuestionEvent.REVISED, public=None, staff=gettext_lazy("The wording of a Q&A was changed")
)
sentence(
    QuestionEvent.SENT_FOR_REVIEW,
    public=None,
    staff=gettext_lazy("A Q&A was sent to a second person"),
)
sentence(QuestionEvent.RETURNED, public=None, staff=gettext_lazy("A Q&A became a draft again"))
sentence(
    QuestionEvent.APPROVED, public=None, staff=gettext_lazy("A Q&A was approved for a later day")
)
sentence(QuestionEvent.PUBLISHED, public=gettext_lazy("A Q&A was published"))
sentence(QuestionEvent.FELL_DUE, public=gettext_lazy("A Q&A came up for review"))
sentence(QuestionEvent.CONFIRMED, public=gettext_lazy("A Q&A was read again and still holds"))
sentence(QuestionEvent.RETIRED, public=gettext_lazy("A Q&A was retired"))
sentence(
    QuestionEvent.TAKEN_UP_AGAIN,
    public=None,
    staff=gettext_lazy("A retired Q&A was taken up again"),
)
sentence(LawEvent.CHANGED, public=gettext_lazy("An article of law was marked as changed"))
sentence(LawEvent.ADDED, public=None, staff=gettext_lazy("An article of law was added"))
