"""Topics and what is written about them: the least that is valid."""

import factory
from factory.django import DjangoModelFactory

from knowledge.models import Topic


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
