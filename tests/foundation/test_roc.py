import contextlib
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from foundation.forms import RocDateField
from foundation.roc import format_date, from_roc, parse_date, roc_year

DAYS = st.dates(min_value=date(1912, 1, 1), max_value=date(2910, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "115/08/07", "115.8.7", "115-8-7", "115年8月7日", "民國115年8月7日", "1150807", "20260807",
        "2026-08-07", "2026/8/7", "１１５／０８／０７", " 115/08/07 ",
    ],
)  # fmt: skip
def test_every_usual_way_to_write_a_day_is_read(written):
    assert parse_date(written) == date(2026, 8, 7)


@pytest.mark.parametrize(
    "written",
    [
        "113/02/30", "114/02/29", "0/1/1", "000/01/01", "1911/12/31", "0115/08/07", "115/13/01", "115/8",
        "8/7/115", "99999/1/1", "abc", "", "115/08/07x", "-5/1/1", "二〇二六年",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_not_guessed(written):
    with pytest.raises(ValueError):
        parse_date(written)


def test_a_leap_day_of_the_republic_is_read():
    assert parse_date("113/02/29") == date(2024, 2, 29)


def test_two_and_one_digit_years_are_of_the_republic():
    assert parse_date("88/9/21") == date(1999, 9, 21)
    assert from_roc(1, 1, 1) == date(1912, 1, 1)


@given(DAYS)
def test_a_written_day_reads_back_in_both_languages(day):
    assert parse_date(format_date(day, "zh-hant", "number")) == day
    assert parse_date(format_date(day, "en", "number")) == day
    assert parse_date(format_date(day, "zh-hant", "long")) == day


@given(st.text())
def test_the_field_never_fails_on_what_is_typed(typed):
    with contextlib.suppress(ValidationError):
        RocDateField(required=False).clean(typed)


def test_days_are_written_as_each_language_does():
    day = date(2026, 8, 7)

    assert roc_year(day) == 115
    assert format_date(day, "zh-hant") == "115 年 8 月 7 日（五）"
    assert format_date(day, "en") == "Friday 7 August 2026"
    assert format_date(day, "zh-hant", "short") == "8/7（五）"
    assert format_date(day, "en", "long") == "7 August 2026"
    assert format_date(date(1911, 10, 10), "zh-hant", "long") == "民國前 1 年 10 月 10 日"
