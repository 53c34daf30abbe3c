"""Published answers and cases: carried along, put into replies, offered while an owner writes."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assistance.models import Case, Draft, KnownAnswer
from assistance.services import intake
from assistance.views.casework.answers import answers_for
from tests.assistance import asking
from tests.factories.assistance import CaseFactory
from tests.factories.knowledge import LawArticleFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def test_the_answer_she_came_from_stays_on_her_draft(client, two_systems):
    question = QuestionFactory(public=True)
    page = client.get(reverse("request:start"), {"about": question.slug})
    assert question.published.question_zh in page.content.decode()

    client.post(reverse("request:begin"), {"about": question.slug})

    assert Draft.objects.get().answers["about"] == {"question": question.pk}


def test_a_question_that_was_not_there_becomes_an_enquiry_in_her_words(client, two_systems):
    client.post(reverse("request:begin"), {"ask": "押標金可以用股票繳嗎？"})

    draft = Draft.objects.get()
    assert draft.answers["problem"] == {"description": "押標金可以用股票繳嗎？"}
    assert draft.answers["kind"] == {"kind": "enquiry"}


@pytest.mark.parametrize("about", ["never-was", "a" * 900, "<script>"])
def test_what_never_was_is_not_carried(client, two_systems, about):
    assert client.get(reverse("request:start"), {"about": about}).status_code == 200

    client.post(reverse("request:begin"), {"about": about, "ask": "\x00"})

    assert Draft.objects.get().answers == {}


def test_characters_that_cannot_be_kept_are_not_carried(client, two_systems):
    client.post(reverse("request:begin"), {"about": "\x00", "ask": "\x00"})

    assert Draft.objects.get().answers == {}


def test_a_draft_answer_is_not_carried(client, two_systems):
    question = QuestionFactory()

    client.post(reverse("request:begin"), {"about": question.slug})

    assert "about" not in Draft.objects.get().answers


def test_the_case_keeps_its_kind_and_what_she_had_read(two_systems):
    question = QuestionFactory(public=True)

    said = asking.asking(kind="enquiry", read_before_id=question.pk)
    case = intake.submit(key=uuid4(), by="someone", asking=said)

    case = Case.objects.get(pk=case.pk)
    assert case.kind == "enquiry"
    known = KnownAnswer.objects.get()
    assert (known.case, known.question, known.known_as) == (case, question, "read_before")


def test_an_officer_puts_an_answer_into_her_reply_with_basis_and_address():
    law = LawArticleFactory(article="30")
    question = QuestionFactory(
        public=True, words={"laws": [law], "answer_zh": "- **現金**\n- 保險單"}
    )
    case = CaseFactory(subject="押標金怎麼繳", language="zh-hant")

    (answer,) = answers_for(case)

    assert answer.text.startswith("現金\n保險單")
    assert "政府採購法第 30 條" in answer.text
    assert answer.text.endswith(f"/qa/{question.slug}/")


def test_the_answer_is_in_the_language_of_the_case():
    QuestionFactory(public=True)
    case = CaseFactory(subject="押標金怎麼繳", language="en")

    (answer,) = answers_for(case)

    assert "In cash" in answer.text
    assert "/en/qa/" in answer.text


def test_while_she_writes_published_answers_are_offered(client, two_systems):
    question = QuestionFactory(public=True)

    said = {"description": "我想投標，不知道押標金可以用什麼方式繳"}
    body = client.post(reverse("request:suggest"), said).content.decode()

    assert f"/qa/{question.slug}/?from=request" in body


def test_nothing_is_offered_for_nothing(client, two_systems):
    QuestionFactory(public=True)

    body = client.post(reverse("request:suggest"), {"description": ""}).content.decode()

    assert "from=request" not in body


def test_a_case_knows_an_answer_once_in_each_way():
    case, question = CaseFactory(), QuestionFactory(public=True)
    known = {"case": case, "question": question, "noted_at": timezone.now()}
    KnownAnswer.objects.create(**known, known_as="read_before")

    with pytest.raises(IntegrityError, match="one_row_per_case"), transaction.atomic():
        KnownAnswer.objects.create(**known, known_as="read_before")
    with pytest.raises(IntegrityError, match="answer_known_in_known_way"), transaction.atomic():
        KnownAnswer.objects.create(**known, known_as="dreamt")
    with pytest.raises(IntegrityError, match="case_kind_is_known"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(kind="weather")


def test_an_offer_beside_a_draft_is_counted_for_the_answer(client, two_systems):
    question = QuestionFactory(public=True)
    client.post(reverse("request:begin"))

    said = {"description": "我想投標，不知道押標金可以用什麼方式繳"}
    body = client.post(reverse("request:suggest"), said).content.decode()

    offer = question.offers.get()
    assert f"from=request&amp;offer={offer.pk}" in body


def test_what_she_read_and_asked_goes_along_into_a_draft_she_goes_on_with(client, two_systems):
    question = QuestionFactory(public=True)
    client.post(reverse("request:begin"), {"ask": "押標金多少？"})

    along = {"about": question.slug, "ask": "可以用股票繳嗎？"}
    page = client.get(reverse("request:start"), along).content.decode()
    assert question.published.question_zh in page
    for _twice in range(2):
        client.post(reverse("request:go_on"), along)

    draft = Draft.objects.get()
    assert draft.answers["about"] == {"question": question.pk}
    assert draft.answers["problem"]["description"] == "押標金多少？\n\n可以用股票繳嗎？"
    assert draft.last_step == ""


def test_a_question_carried_into_an_empty_draft_makes_it_an_enquiry(client, two_systems):
    client.post(reverse("request:begin"))

    client.post(reverse("request:go_on"), {"ask": "可以用股票繳嗎？"})

    answers = Draft.objects.get().answers
    assert answers["kind"] == {"kind": "enquiry"}
    assert answers["problem"] == {"description": "可以用股票繳嗎？"}


def test_they_go_along_when_she_deletes_the_draft_and_begins_anew(client, two_systems):
    question = QuestionFactory(public=True)
    client.post(reverse("request:begin"))
    along = {"about": question.slug, "ask": "可以用股票繳嗎？", "draft": Draft.objects.get().pk}

    page = client.post(reverse("request:discard"), along, follow=True)

    assert not Draft.objects.exists()
    assert (page.context["about"], page.context["ask"]) == (question, "可以用股票繳嗎？")
