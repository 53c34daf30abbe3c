"""One list of every public page that does not say the same in both languages."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from assistance.models import SystemEdition
from knowledge.services import questions
from knowledge.services.errors import OneLanguageUnexplainedError
from tests.factories.announcements import AnnouncementFactory
from tests.factories.catalogue import EditionFactory
from tests.factories.knowledge import QuestionFactory
from tests.knowledge import editing
from tests.knowledge.announcing import amended, approved, drafted, signed_in, staff

pytestmark = pytest.mark.django_db


def listed(user):
    page = signed_in(user).get(reverse("manage:languages"))
    return page, {
        group.label: [row.title for row in group.rows] for group in page.context["groups"]
    }


def test_a_changed_chinese_text_makes_the_english_one_older_for_editor_reader_and_list(client):
    editor, approver = staff(Role.EDITOR), staff(Role.APPROVER)
    agency = editor.staff_memberships.get().agency
    question = editing.published(agency, editor, approver)

    changed = editing.wording(answer_zh="只可以用現金。")
    version = questions.revise(question_id=question.pk, by_id=editor.pk, wording=changed)
    assert version.behind == "en"
    with pytest.raises(OneLanguageUnexplainedError):
        questions.send(question_id=question.pk, by_id=editor.pk)
    explained = editing.wording(answer_zh="只可以用現金。", one_language_because="翻譯中")
    questions.revise(question_id=question.pk, by_id=editor.pk, wording=explained)
    questions.send(question_id=question.pk, by_id=editor.pk)
    editing.approve(question, approver)

    english = client.get("/en" + reverse("qa:detail", args=[question.slug])).content.decode()
    assert "this English text is older" in english
    page, _groups = listed(editor)
    (row,) = page.context["groups"][0].rows
    assert (page.context["total"], row.older, row.because) == (1, "en", "翻譯中")
    assert row.url == reverse("manage_qa:question", args=[question.slug])


def test_all_three_kinds_are_counted_together():
    whole = QuestionFactory(public=True)
    missing = QuestionFactory(
        public=True,
        words={"question_en": "", "answer_en": "", "one_language_because": "翻譯中"},
    )
    AnnouncementFactory(published=True)
    behind = approved(drafted())
    amended(behind, title_zh="改過的標題")
    EditionFactory()
    SystemEdition.objects.filter(pk=EditionFactory().pk).update(mission_en="")

    page, groups = listed(staff(Role.EDITOR))

    assert page.context["total"] == 3
    titles = [title for rows in groups.values() for title in rows]
    assert missing.published.title in titles
    assert "改過的標題" in titles
    assert len([t for t in titles if t == whole.published.title]) <= 1


def test_a_draft_is_on_no_list_of_public_pages():
    QuestionFactory(words={"question_en": "", "answer_en": ""})
    drafted(title_en="", summary_en="", body_en="")

    page, _groups = listed(staff(Role.EDITOR))

    assert page.context["total"] == 0


def test_many_take_no_more_queries(django_assert_max_num_queries):
    words = {"question_en": "", "answer_en": "", "one_language_because": "翻譯中"}
    for _n in range(30):
        QuestionFactory(public=True, words=words)
    client = signed_in(staff(Role.EDITOR))
    client.get(reverse("manage:languages"))

    with django_assert_max_num_queries(22):
        client.get(reverse("manage:languages"))
