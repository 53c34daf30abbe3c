"""Most of the drafted questions are read by a second person and published; some wait."""

from accounts.models import User
from knowledge.models import Question, QuestionVersion
from knowledge.services import publishing, questions

PUBLISHED = 32


def publish() -> None:
    """The editor sends the drafts, the approver publishes all but the last that was sent."""
    editor = User.objects.get(email="editor@demo.example")
    approver = User.objects.get(email="approver@demo.example")
    drafts = Question.objects.filter(state="draft").order_by("pk").values_list("pk", flat=True)
    sent = list(drafts[: PUBLISHED + 1])
    for question_id in sent:
        questions.send(question_id=question_id, by_id=editor.pk)
    for question_id in sent[:PUBLISHED]:
        read = QuestionVersion.objects.open().get(question=question_id).revision
        publishing.approve(question_id=question_id, by_id=approver.pk, revision=read)
