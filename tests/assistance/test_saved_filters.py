"""Filters of one's own: renamed, no two of one name, no more than fit."""

import uuid

import pytest
from django.urls import reverse

from accounts.roles import Role
from assistance.events import DeskEvent
from assistance.models import SavedFilter
from assistance.search import Criteria
from assistance.services import saved_filters
from assistance.services.saved_filters import FilterNameTakenError
from ledger.models import Entry
from tests.assistance.desk import officer, signed_in
from tests.factories.assistance import SavedFilterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty():
    return officer()


def test_a_filter_gets_another_name_and_asks_for_the_same(duty):
    kept = SavedFilterFactory(user=duty, name="中部案件", criteria={"county": ["taichung"]})
    client, url = signed_in(duty), reverse("desk:rename_filter", args=[kept.pk])

    page = client.get(url)
    answer = client.post(url, {"name": "臺中的案件"})

    kept.refresh_from_db()
    assert "中部案件" in page.content.decode()
    assert (answer.status_code, kept.name) == (303, "臺中的案件")
    assert kept.criteria == {"county": ["taichung"]}
    assert Entry.objects.filter(event=DeskEvent.FILTER_RENAMED, actor_id=duty.pk).count() == 1


def test_the_same_name_again_records_nothing(duty):
    kept = SavedFilterFactory(user=duty, name="中部案件")

    saved_filters.rename(filter_id=kept.pk, by_id=duty.pk, name="中部案件")

    assert not Entry.objects.filter(event=DeskEvent.FILTER_RENAMED).exists()


@pytest.mark.parametrize("name", ["Central", "central", "Ｃｅｎｔｒａｌ"])
def test_a_name_one_has_already_is_refused_however_it_is_written(duty, name):
    SavedFilterFactory(user=duty, name="Central")
    kept = SavedFilterFactory(user=duty, name="北部")

    answer = signed_in(duty).post(reverse("desk:rename_filter", args=[kept.pk]), {"name": name})

    kept.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, kept.name) == (409, "北部")
    assert str(FilterNameTakenError()) in page
    assert f'value="{name}"' in page
    with pytest.raises(FilterNameTakenError):
        saved_filters.save(user_id=duty.pk, name=name, criteria=Criteria(county=("tainan",)))


def test_two_people_may_use_the_same_name(duty):
    SavedFilterFactory(user=officer(), name="中部案件")
    kept = SavedFilterFactory(user=duty, name="北部")

    saved_filters.rename(filter_id=kept.pk, by_id=duty.pk, name="中部案件")

    assert SavedFilter.objects.filter(name="中部案件").count() == 2


@pytest.mark.parametrize("name", ["", "ㅤ", "長" * 41, "\x00"])
def test_a_name_that_is_none_comes_back(duty, name):
    kept = SavedFilterFactory(user=duty, name="北部")

    answer = signed_in(duty).post(reverse("desk:rename_filter", args=[kept.pk]), {"name": name})

    kept.refresh_from_db()
    assert (answer.status_code, kept.name) == (422, "北部")


def test_a_filter_that_does_not_fit_any_more_is_refused_on_the_page(duty):
    SavedFilterFactory.create_batch(saved_filters.MOST_FILTERS, user=duty)

    answer = signed_in(duty).post(
        reverse("desk:save_filter") + "?county=tainan",
        {"name": "再一個", "idempotency_key": str(uuid.uuid4())},
    )

    assert answer.status_code == 409
    assert str(saved_filters.MOST_FILTERS) in answer.content.decode()
    assert "再一個" in answer.content.decode()


def test_only_its_owner_renames_it_and_an_auditor_keeps_none(duty):
    kept = SavedFilterFactory(user=duty, name="北部")
    url = reverse("desk:rename_filter", args=[kept.pk])

    assert signed_in(officer()).post(url, {"name": "我的"}).status_code == 404
    assert signed_in(officer(Role.AUDITOR)).post(url, {"name": "我的"}).status_code == 403
    assert SavedFilter.objects.get().name == "北部"
