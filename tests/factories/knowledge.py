"""Topics and what is written about them: the least that is valid."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from foundation.sought import key_of
from knowledge.models import (
    LawArticle,
    MissedSearch,
    Question,
    QuestionVersion,
    SearchTerm,
    SearchWord,
    Topic,
)
from knowledge.services.publishing import searchable
from tests.factories.accounts import AgencyFactory, UserFactory


class TopicFactory(DjangoModelFactory):
    """Asked for again in a test, the same code is the same topic."""

    class Meta:
        model = Topic
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"topic-{n}")
    kind = "procurement"
    number = factory.Sequence(lambda n: n + 1)
    name_zh = factory.LazyAttribute(lambda topic: f"主題{topic.number}")
    name_en = factory.LazyAttribute(lambda topic: f"Topic {topic.number}")


class SearchTermFactory(DjangoModelFactory):
    """`words=("貸款", "loan")` joins them."""

    class Meta:
        model = SearchTerm
        skip_postgeneration_save = True

    changed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def words(self, create, extracted, **kwargs):
        for text in extracted or ("貸款", "loan"):
            SearchWord.objects.create(term=self, text=text, key=key_of(text))


class MissedSearchFactory(DjangoModelFactory):
    class Meta:
        model = MissedSearch

    day = dt.date(2026, 8, 7)
    words = factory.Sequence(lambda n: "找不到" + "的" * n)


class LawArticleFactory(DjangoModelFactory):
    class Meta:
        model = LawArticle
        django_get_or_create = ("law_code", "article")

    law_code = "GPA"
    law_zh = "政府採購法"
    law_en = "Government Procurement Act"
    article = factory.Sequence(lambda n: str(n + 1))


class QuestionFactory(DjangoModelFactory):
    """A question whose first wording is a draft; with `public` it is published."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    class Params:
        public = factory.Trait(
            state="published",
            first_published_at=factory.LazyFunction(timezone.now),
            reviewed_on=factory.LazyFunction(timezone.localdate),
            review_due_on=factory.LazyFunction(
                lambda: timezone.localdate() + dt.timedelta(days=365)
            ),
        )

    slug = factory.Sequence(lambda n: f"question-{n}")
    agency = factory.SubFactory(AgencyFactory)
    created_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """A public question and its published wording stand or fall together."""
        words = kwargs.pop("words", {})
        state = kwargs.pop("state", "draft")
        is_public = state in {"published", "due_for_review"}
        question = super()._create(model_class, *args, state="draft", **kwargs)
        version = QuestionVersionFactory(question=question, public=is_public, **words)
        question.state = state
        if is_public:
            question.published = version
            question.search = searchable(version)
        question.save()
        return question


class QuestionVersionFactory(DjangoModelFactory):
    class Meta:
        model = QuestionVersion
        skip_postgeneration_save = True

    class Params:
        public = factory.Trait(
            state="published",
            published_at=factory.LazyFunction(timezone.now),
            valid_from=factory.LazyFunction(timezone.localdate),
            approver=factory.SubFactory(UserFactory),
            approved_at=factory.LazyFunction(timezone.now),
        )

    question = factory.SubFactory(QuestionFactory)
    number = 1
    question_zh = "押標金可以用什麼方式繳？"
    question_en = "How may a bid bond be paid?"
    answer_zh = "可以用現金、銀行本票或保險單。"
    answer_en = "In cash, by cashier's cheque or by an insurance bond."
    author = factory.SubFactory(UserFactory)
    changed_by = factory.SelfAttribute("author")
    changed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def topics(self, create, extracted, **kwargs):
        self.topics.set(extracted or [TopicFactory()])

    @factory.post_generation
    def laws(self, create, extracted, **kwargs):
        self.laws.set(extracted or [])
