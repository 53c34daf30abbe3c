"""Districts are chosen from the list of the post office, with or without a script."""

import importlib

import pytest
from django.apps import apps
from django.utils import translation

from accounts.forms.enterprise import BranchForm
from accounts.forms.places import PlacedForm
from accounts.models import Enterprise
from accounts.reference import counties
from accounts.reference.districts import (
    data_files,
    district_of,
    district_words,
    districts,
    districts_of,
)
from tests.accounts.pages import key, url
from tests.factories.accounts import EnterpriseFactory

pytestmark = pytest.mark.django_db


def test_every_county_has_its_districts():
    assert len(districts()) == 368
    assert {one.county for one in districts().values()} == set(counties())
    assert len(districts_of("taipei")) == 12
    assert len(districts_of("hsinchu-city")) == 3


def test_every_district_is_named_in_both_languages():
    for one in districts().values():
        assert one.zh[-1] in "區鄉鎮市"
        assert one.en.isascii()
        assert one.en.split()[-1] in {"District", "Township", "City"}, one
        assert len(one.postcode) == 3


@pytest.mark.parametrize(
    ("county", "typed"),
    [
        ("yunlin", "台西鄉"),
        ("yunlin", "臺西鄉"),
        ("yunlin", "雲林縣臺西鄉"),
        ("yunlin", " 台西 鄉"),
        ("yunlin", "Taixi Township"),
    ],
)
def test_a_district_is_found_however_it_is_written(county, typed):
    assert district_of(county, typed).zh == "臺西鄉"


def test_a_district_is_shown_with_its_postcode_in_the_readers_language():
    with translation.override("zh-hant"):
        assert district_words("taichung", "西屯區") == "西屯區 407"
    with translation.override("en"):
        assert district_words("taichung", "西屯區") == "Xitun District 407"
    assert district_words("taichung", "某工業區") == "某工業區"
    assert district_words("taichung", "") == ""


def branch_form(**said):
    return BranchForm(
        {"idempotency_key": key(), "kind": "branch", "name": "二廠", "address": "", **said}
    )


@pytest.mark.parametrize("typed", ["taichung/西屯區", "西屯區", ""])
def test_a_form_keeps_the_chinese_name(typed):
    form = branch_form(county="taichung", district=typed)

    assert form.is_valid(), form.errors
    assert form.place["district"] == ("西屯區" if typed else "")


@pytest.mark.parametrize("typed", ["taipei/中正區", "某工業區", "taichung/\x00", "x" * 5000])
def test_another_countys_district_and_any_text_are_refused(typed):
    form = branch_form(county="taichung", district=typed)

    assert not form.is_valid()
    assert "district" in form.errors


def test_what_is_kept_is_chosen_when_the_page_is_opened_again(as_owner, enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(county="keelung", district="中正區")

    page = as_owner.get(url("enterprise_change", enterprise.pk)).content.decode()

    assert '<option value="keelung/中正區" selected>中正區 202</option>' in page
    assert '<optgroup label="臺北市">' in page


def test_a_chosen_county_narrows_the_list(client):
    one = client.get(url("districts"), {"county": "chiayi-city"}).content.decode()
    everything = client.get(url("districts"), {"county": "nowhere"}).content.decode()

    assert one.count('<option value="chiayi-city/') == 2
    assert one.count("<optgroup") == 1
    assert everything.count("<optgroup") == 22


def test_without_the_list_a_district_is_written(settings, tmp_path):
    settings.NODE_MODULES_DIR = tmp_path
    districts.cache_clear()
    try:
        assert not any(path.is_file() for path in data_files())
        form = branch_form(county="taichung", district="西屯區")
        assert form.is_valid()
        assert form.place["district"] == "西屯區"
        assert not isinstance(form.fields["district"], type(PlacedForm))
    finally:
        districts.cache_clear()


def test_what_was_typed_before_is_matched_to_the_list():
    matched = EnterpriseFactory(county="yunlin", district="台西鄉")
    unknown = EnterpriseFactory(county="yunlin", district="某工業區")

    migration = importlib.import_module("accounts.migrations.0003_named_districts")
    migration.name_districts(apps, None)

    matched.refresh_from_db()
    unknown.refresh_from_db()
    assert (matched.district, unknown.district) == ("臺西鄉", "某工業區")
