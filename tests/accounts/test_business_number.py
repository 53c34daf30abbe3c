import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.business_number import is_valid, normalise
from accounts.forms.enterprise import BusinessNumberForm

VECTORS = [
    ("04595257", True),
    ("00501503", True),
    ("10458575", True),
    ("10458574", True),
    ("00501508", True),
    ("62140097", True),
    ("00000074", True),
    ("12345675", True),
    ("00501502", False),
    ("12345678", False),
    ("00000000", False),
]


@pytest.mark.parametrize(("number", "valid"), VECTORS)
def test_numbers_are_checked_by_five_since_april_2023(number, valid):
    assert is_valid(number) is valid


@pytest.mark.parametrize(
    "text", ["", "0459525", "045952570", "0459525x", "０４５９５２５７", "²²²²²²²²"]
)
def test_anything_but_eight_plain_digits_fails(text):
    assert not is_valid(text)


@given(st.text(max_size=40))
def test_no_text_makes_the_check_or_the_field_fail_badly(text):
    is_valid(text)
    is_valid(normalise(text))

    BusinessNumberForm({"business_number": text}).is_valid()


@pytest.mark.parametrize("typed", ["04595257", "０４５９５２５７", " 0459 5257 ", "04-595-257"])
def test_the_field_takes_the_ways_people_write_it(typed):
    form = BusinessNumberForm({"business_number": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["business_number"] == "04595257"


@pytest.mark.parametrize(
    "typed", ["", "1234", "12345678", "x" * 10_000, "\x00", "\ud800", "二十三"]
)
def test_the_field_says_how_to_write_it(typed):
    form = BusinessNumberForm({"business_number": typed})

    assert not form.is_valid()
    assert form.errors["business_number"]
