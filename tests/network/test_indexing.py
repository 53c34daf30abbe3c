"""The words of directory entries: written when something changed, and only then."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from network.models import DirectoryText
from network.services.indexing import index_due
from tests.factories.network import LocationFactory, OfferingFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def later():
    return time_machine.travel(timezone.now() + dt.timedelta(minutes=5), tick=True)


def test_every_entry_is_written_once():
    OrganisationFactory.create_batch(3)

    assert (index_due(), index_due()) == (3, 0)


@pytest.mark.parametrize("changed", ["entry", "place", "offering"])
def test_what_changed_is_written_again(changed):
    place = LocationFactory()
    offering = OfferingFactory(organisation=place.organisation)
    OrganisationFactory()
    index_due()
    thing = {"entry": place.organisation, "place": place, "offering": offering}[changed]

    with later():
        thing.name_zh = "新名稱"
        thing.save()
        done = index_due()

    assert done == 1


def test_writing_asks_no_more_for_more_entries(django_assert_max_num_queries):
    for _ in range(20):
        OfferingFactory(organisation=LocationFactory().organisation, terms=["financing"])

    with django_assert_max_num_queries(10):
        index_due()

    assert DirectoryText.objects.count() == 20
