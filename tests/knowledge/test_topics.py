"""The topics that Q&A and announcements are sorted by."""

import pytest
from django.db import IntegrityError, transaction

from assistance.models import GuidanceSystem
from knowledge.models import Topic
from sme_portal.seeds.reference import seed_reference
from tests.factories.knowledge import TopicFactory

pytestmark = pytest.mark.django_db


def test_each_system_of_the_catalogue_is_a_topic_under_its_own_code_and_number():
    seed_reference()

    topics = Topic.objects.systems().order_by("number").values_list("number", "code")
    systems = GuidanceSystem.objects.order_by("number").values_list("number", "code")
    assert list(topics) == list(systems)


def test_systems_come_first_then_the_parts_of_procurement():
    seed_reference()

    kinds = list(Topic.objects.in_order().values_list("kind", "number"))
    assert kinds[:2] == [("system", 1), ("system", 2)]
    assert kinds[11:13] == [("procurement", 1), ("procurement", 2)]


def test_topics_loaded_again_are_brought_up_to_date():
    seed_reference()
    Topic.objects.filter(code="financing").update(name_zh="舊名")

    seed_reference()

    assert Topic.objects.get(code="financing").name_zh == "財務融通"


def test_no_two_topics_of_a_kind_share_a_number():
    TopicFactory(code="one", number=1)

    with pytest.raises(IntegrityError, match="one_topic_per_number"), transaction.atomic():
        TopicFactory(code="two", number=1)


def test_a_topic_is_of_a_known_kind():
    with pytest.raises(IntegrityError, match="topic_kind_is_known"), transaction.atomic():
        TopicFactory(kind="weather")
