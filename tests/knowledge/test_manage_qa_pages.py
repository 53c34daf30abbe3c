"""Where questions are written and approved: the pages."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from knowledge.models import LawArticle, Question
from knowledge.services import questions
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory
from tests.factories.knowledge import LawArticleFactory, QuestionFactory, TopicFactory
from tests.knowledge import editing

pytestmark = pytest.mark.django_db
KEY = "11111111-1111-4111-8111-111111111111"


def words(**given):
    return {
        "question_zh": "押標金可以用什麼方式繳？",
        "question_en": "How may a bid bond be paid?",
        "answer_zh": "現金。",
        "answer_en": "Cash.",
        "topics": [TopicFactory(code="procurement-bonds").pk],
        "review_months": "12",
        **given,
    }


def act(client, question, name, **data):
    return client.post(reverse(f"manage_qa:{name}", args=[question.slug]), data)


def test_an_editor_takes_a_question_to_publication_with_a_second_person(
    client, agency, editor, approver
):
    client.force_login(editor)
    made = client.post(reverse("manage_qa:add"), words(agency=agency.pk, idempotency_key=KEY))
    question = Question.objects.get()
    assert made.status_code == 303
    assert act(client, question, "send").status_code == 303
    assert act(client, question, "approve").status_code == 403

    client.force_login(approver)
    page = client.get(reverse("manage_qa:question", args=[question.slug])).content.decode()
    assert '<input type="hidden" name="revision" value="1.0">' in page
    assert act(client, question, "approve", revision="1.0").status_code == 303

    question.refresh_from_db()
    assert question.state == "published"
    assert client.get(reverse("qa:detail", args=[question.slug])).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"answer_en": ""}, "answer_en"),
        ({"topics": []}, "topics"),
        ({"topics": ["987654321"]}, "topics"),
        ({"laws": ["x"]}, "laws"),
        ({"review_months": "7"}, "review_months"),
        ({"publish_on": "115/02/30"}, "publish_on"),
        ({"publish_on": "100/01/01"}, "publish_on"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"question_zh": "長" * 1000}, "question_zh"),
        ({"answer_zh": "\x00"}, "answer_zh"),
        ({"question_zh": "", "question_en": "", "answer_zh": "", "answer_en": ""}, "question_zh"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    client, agency, editor, wrong, where
):
    client.force_login(editor)

    answer = client.post(
        reverse("manage_qa:add"), words(agency=agency.pk, idempotency_key=KEY, **wrong)
    )

    assert answer.status_code == 422
    assert where in answer.context["form"].errors
    assert not Question.objects.exists()


def test_one_language_is_sent_only_after_the_editor_has_said_why(client, agency, editor):
    question = editing.drafted(agency, editor, question_en="", answer_en="")
    client.force_login(editor)

    assert act(client, question, "send").status_code == 409

    given = words(question_en="", answer_en="", one_language_because="急件", edits="0")
    assert act(client, question, "edit", **given).status_code == 303
    assert act(client, question, "send").status_code == 303


def test_two_editors_with_one_draft_open_lose_nothing(client, agency, editor):
    question = editing.drafted(agency, editor)
    client.force_login(editor)
    act(client, question, "edit", **words(answer_zh="先存的", edits="0"))

    late = act(client, question, "edit", **words(answer_zh="後存的", edits="0"))

    assert late.status_code == 409
    assert "後存的" in late.content.decode()
    assert question.versions.get().answer_zh == "先存的"


@pytest.mark.parametrize("revision", ["1.0", "", "1", "x"])
def test_nobody_approves_words_she_has_not_read(client, agency, editor, approver, revision):
    question = editing.drafted(agency, editor)
    questions.send(question_id=question.pk, by_id=editor.pk)
    client.force_login(approver)
    # While the approver reads, its writer takes it back, changes it and sends it anew.
    questions.give_back(question_id=question.pk, by_id=editor.pk)
    questions.revise(
        question_id=question.pk, by_id=editor.pk, wording=editing.wording(answer_zh="免繳。")
    )
    questions.send(question_id=question.pk, by_id=editor.pk)

    assert act(client, question, "approve", revision=revision).status_code == 409

    question.refresh_from_db()
    assert not question.is_public


def test_giving_back_needs_a_reason_that_its_writer_reads(client, agency, editor, approver):
    question = editing.drafted(agency, editor)
    questions.send(question_id=question.pk, by_id=editor.pk)
    client.force_login(approver)

    assert act(client, question, "give_back").status_code == 422
    assert act(client, question, "give_back", because="請補法條").status_code == 303

    client.force_login(editor)
    page = client.get(reverse("manage_qa:question", args=[question.slug]))
    assert "請補法條" in page.content.decode()


def test_another_agencys_question_is_not_there(client, agency, editor):
    other = QuestionFactory(agency=AgencyFactory())
    client.force_login(editor)

    for name in ("question", "edit", "preview", "compare"):
        answer = client.get(reverse(f"manage_qa:{name}", args=[other.slug]))
        assert answer.status_code == 404
    for name in ("send", "approve", "confirm", "retire", "give_back"):
        assert act(client, other, name, because="x").status_code == 404


def test_an_editor_of_one_agency_does_not_write_for_another(client, agency, editor):
    client.force_login(editor)
    other = AgencyFactory()

    answer = client.post(reverse("manage_qa:add"), words(agency=other.pk, idempotency_key=KEY))

    assert answer.status_code == 422
    assert not Question.objects.exists()


def test_officers_do_not_come_in(client, agency):
    client.force_login(StaffMembershipFactory(agency=agency, role=Role.OFFICER).user)

    assert client.get(reverse("manage_qa:index")).status_code == 403


def test_what_changed_is_struck_out_and_underlined(client, agency, editor, approver):
    question = editing.published(agency, editor, approver)
    law = LawArticleFactory(article="30")
    new = editing.wording(answer_zh="可以用現金。", answer_en="In cash.", law_ids=(law.pk,))
    questions.revise(question_id=question.pk, by_id=editor.pk, wording=new)
    client.force_login(approver)

    body = client.get(reverse("manage_qa:compare", args=[question.slug])).content.decode()

    assert "<del>或銀行本票</del>" in body
    assert "<ins>政府採購法第 30 條</ins>" in body


def test_the_list_counts_what_lacks_a_language_and_finds_it(client, agency, editor):
    older = {"behind": "en", "one_language_because": "英文明天補"}
    QuestionFactory(public=True, agency=agency, words={**older, "question_zh": "舊的那題"})
    QuestionFactory(public=True, agency=agency, words={"question_zh": "好的那題"})
    client.force_login(editor)

    body = client.get(reverse("manage_qa:index"), {"view": "language"}).content.decode()

    assert "1 則已發布的問答缺一種語言" in body
    assert "舊的那題" in body
    assert "好的那題" not in body


@pytest.mark.parametrize(
    "view", ["", "waiting", "due", "draft", "language", "retired", "nonsense"]
)
def test_each_view_of_the_list_opens(client, agency, editor, view):
    QuestionFactory(agency=agency)
    client.force_login(editor)

    assert client.get(reverse("manage_qa:index"), {"view": view}).status_code == 200


def test_the_list_asks_as_little_for_many_as_for_a_few(
    client, agency, editor, django_assert_max_num_queries
):
    client.force_login(editor)
    for _n in range(3):
        QuestionFactory(public=True, agency=agency)
    client.get(reverse("manage_qa:index"))
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("manage_qa:index"))
    for _n in range(20):
        QuestionFactory(public=True, agency=agency)

    with django_assert_max_num_queries(12) as many:
        client.get(reverse("manage_qa:index"))

    assert len(many) == len(few)


def test_marking_a_law_as_changed_lists_the_answers_that_wait_now(client, agency, editor):
    law = LawArticleFactory(article="30")
    QuestionFactory(public=True, agency=agency, words={"laws": [law], "question_zh": "受影響的題"})
    client.force_login(editor)
    page = reverse("manage_qa:law", args=[law.pk])

    assert client.post(page, {"changed_on": "soon", "change_zh": "x"}).status_code == 422
    assert client.post(page, {"changed_on": "300/01/01", "change_zh": "x"}).status_code == 422
    assert client.post(page, {"changed_on": "114/01/01", "change_zh": "改了"}).status_code == 303

    body = client.get(page).content.decode()
    assert "受影響的題" in body
    assert "待重新檢視" in body


def test_an_article_is_added_once(client, editor):
    client.force_login(editor)
    law = {"law_zh": "政府採購法", "law_en": "GPA", "article": "93-1", "idempotency_key": KEY}

    first = client.post(reverse("manage_qa:law_add"), law)
    again = {**law, "idempotency_key": KEY.replace("1", "2")}
    second = client.post(reverse("manage_qa:law_add"), again)
    wrong = client.post(
        reverse("manage_qa:law_add"), {**law, "article": "三十", "url": "javascript:x"}
    )

    assert (first.status_code, second.status_code, wrong.status_code) == (303, 409, 422)
    assert LawArticle.objects.get().number == 93
