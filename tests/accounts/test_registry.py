from datetime import date

import pytest

from accounts.business_number import is_valid
from accounts.reference import counties, county_of_address, industries
from accounts.registry import fixture
from accounts.registry.fixture import FixtureRegistry
from accounts.registry.gcis import record_of

ROW = {
    "Business_Accounting_NO": "99990004",
    "Company_Name": "示範甲木業有限公司",
    "Responsible_Name": "王示範",
    "Company_Location": "台中市大里區示範路 1 號",
    "Company_Setup_Date": "0980318",
    "Paid_In_Capital_Amount": 6200000,
    "Company_Status_Desc": "核准設立",
}


def test_invented_enterprises_are_clearly_invented_and_pass_the_check():
    records = fixture._records()

    assert len(records) >= 12
    for number, record in records.items():
        assert is_valid(number)
        assert "示範" in record.name_zh
        assert record.county in counties()
        assert record.industry in industries()


def test_the_fixture_registry_knows_its_own_and_nothing_else():
    assert FixtureRegistry().find("99990004").name_zh == "示範甲木業有限公司"
    assert FixtureRegistry().find("04595257") is None


def test_a_row_of_the_public_register_is_read():
    record = record_of(ROW)

    assert record.founded_on == date(2009, 3, 18)
    assert record.county == "taichung"
    assert record.paid_in_capital == 6_200_000
    assert not record.is_dissolved


@pytest.mark.parametrize("written", ["", "0981332", "98", "x", "09803182"])
def test_a_day_that_cannot_be_read_is_left_empty(written):
    assert record_of({**ROW, "Company_Setup_Date": written}).founded_on is None


def test_a_dissolved_company_is_known_as_such():
    assert record_of({**ROW, "Company_Status_Desc": "解散"}).is_dissolved


def test_both_ways_of_writing_tai_are_one_county():
    assert county_of_address("臺中市西區") == county_of_address("台中市西區") == "taichung"
    assert county_of_address("東京都") == ""
