"""Topics and what is written about them: the least that is valid."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from foundation.sought import key_of
from knowledge.models import MissedSearch, SearchTerm, SearchWord, Topic


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
