"""What people type as a place is understood: 臺 and 台, full width, postcodes, both languages."""

import pytest

from accounts.reference import counties
from accounts.reference.districts import districts
from network.errors import PlaceAmbiguousError, PlaceUnknownError
from network.places import Place, centre_of, county_map, read_place

UNDERSTOOD = [
    ("臺中市大里區", "taichung", "大里區"),
    ("台中市大里區中興路一段1號", "taichung", "大里區"),
    ("台中大里", "taichung", "大里區"),
    ("　臺中市　大里區　", "taichung", "大里區"),
    ("412", "taichung", "大里區"),
    ("４１２", "taichung", "大里區"),
    ("41245 臺中市大里區", "taichung", "大里區"),
    ("412台中市", "taichung", ""),
    ("大里區", "taichung", "大里區"),
    ("大里", "taichung", "大里區"),
    ("臺北", "taipei", ""),
    ("台北市", "taipei", ""),
    ("花蓮縣花蓮市", "hualien", "花蓮市"),
    ("300", "hsinchu-city", ""),
    ("Dali District, Taichung City", "taichung", "大里區"),
    ("dali, taichung", "taichung", "大里區"),
    ("Taichung", "taichung", ""),
    ("Dali District", "taichung", "大里區"),
]


@pytest.mark.parametrize(("typed", "county", "district"), UNDERSTOOD)
def test_a_place_is_read_as_people_write_it(typed: str, county: str, district: str) -> None:
    assert read_place(typed) == Place(county, district)


@pytest.mark.parametrize("typed", ["火星", "999", "Atlantis", "!!!", "12", "🙂", "0" * 100])
def test_a_place_that_is_none_is_said_to_be_unknown(typed: str) -> None:
    with pytest.raises(PlaceUnknownError):
        read_place(typed)


@pytest.mark.parametrize("typed", ["中正區", "東區", "新竹", "嘉義", "East District"])
def test_a_name_that_lies_in_several_counties_asks_for_the_county(typed: str) -> None:
    with pytest.raises(PlaceAmbiguousError) as refusal:
        read_place(typed)

    assert "、" in str(refusal.value)


def test_every_district_has_a_middle_of_its_own_near_its_county() -> None:
    middles = {code: centre_of(one.county, one.zh) for code, one in districts().items()}

    assert len(middles) == 368
    assert len(set(middles.values())) == 368
    for centre in middles.values():
        assert 20 < centre.latitude < 27
        assert 116 < centre.longitude < 123


def test_every_district_is_found_by_its_address_and_its_postcode() -> None:
    for one in districts().values():
        county = counties()[one.county]
        assert read_place(f"{county.zh}{one.zh}") == Place(one.county, one.zh)
        assert read_place(one.postcode).county == one.county


def test_the_map_draws_all_counties() -> None:
    drawn = county_map()["counties"]

    assert {one["code"] for one in drawn} == set(counties())
    assert all(one["path"].startswith("M") for one in drawn)
