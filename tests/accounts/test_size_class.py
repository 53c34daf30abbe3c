from datetime import date

import pytest
from django.utils import translation

from accounts import wording
from accounts.size_class import Datum, Facts, Finding, SizeClass, classify
from tests.factories.accounts import SizeThresholdFactory

TODAY = date(2026, 8, 7)
LIMITS = SizeThresholdFactory.build()

TABLE = [
    # kind, capital, staff → class
    ("company", 6_200_000, 18, SizeClass.SME),
    ("company", 100_000_000, 200, SizeClass.SME),
    ("company", 100_000_001, 199, SizeClass.SME),
    ("company", 100_000_001, 200, SizeClass.NOT_SME),
    ("company", 5_000_000_000, 3, SizeClass.SMALL_SCALE),
    ("business", 200_000, 4, SizeClass.SMALL_SCALE),
    ("business", 200_000, 5, SizeClass.SME),
    ("business", 200_000, 0, SizeClass.SMALL_SCALE),
    ("limited_partnership", 50_000_000, None, SizeClass.SME),
    ("company", None, 12, SizeClass.SME),
    ("company", None, 3, SizeClass.SMALL_SCALE),
    ("company", 100_000_001, None, SizeClass.UNKNOWN),
    ("company", None, 200, SizeClass.UNKNOWN),
    ("company", None, None, SizeClass.UNKNOWN),
    ("", 1_000_000, 3, SizeClass.UNKNOWN),
    ("", 100_000_001, 200, SizeClass.NOT_SME),
    ("other", 1_000_000, 3, SizeClass.NOT_SME),
]


@pytest.mark.parametrize(("kind", "capital", "staff", "expected"), TABLE)
def test_the_law_decides_by_capital_or_staff(kind, capital, staff, expected):
    found = classify(Facts(kind, capital, staff), [LIMITS], TODAY)

    assert found.size is expected


def test_each_reason_names_datum_value_limit_and_article():
    found = classify(Facts("company", 120_000_000, 18), [LIMITS], TODAY)

    by_datum = {(r.datum, r.limit): r for r in found.reasons}
    capital = by_datum[Datum.PAID_IN_CAPITAL, 100_000_000]
    staff = by_datum[Datum.REGULAR_STAFF, 200]
    assert (capital.finding, capital.value) == (Finding.NOT_MET, 120_000_000)
    assert (staff.finding, staff.value) == (Finding.MET, 18)
    assert {r.article for r in found.reasons} == {"2"}
    assert found.as_of == TODAY


def test_what_is_unknown_is_asked_for():
    found = classify(Facts("company", 100_000_001, None), [LIMITS], TODAY)

    assert found.questions == (Datum.REGULAR_STAFF,)


def test_an_sme_without_a_head_count_is_asked_for_it_because_it_may_be_small_scale():
    found = classify(Facts("company", 1_000_000, None), [LIMITS], TODAY)

    assert found.size is SizeClass.SME
    assert found.questions == (Datum.REGULAR_STAFF,)


def test_a_day_without_limits_on_record_stays_unknown():
    found = classify(Facts("company", 1, 1), [LIMITS], date(2020, 6, 23))

    assert found.size is SizeClass.UNKNOWN
    assert found.reasons[0].datum is Datum.THRESHOLD


def test_limits_of_the_day_are_used_and_not_todays():
    old = SizeThresholdFactory.build(
        valid_from=date(2010, 1, 1), valid_to=date(2020, 6, 23), capital_max=80_000_000
    )
    facts = Facts("company", 90_000_000, 500)

    assert classify(facts, [old, LIMITS], date(2020, 6, 23)).size is SizeClass.NOT_SME
    assert classify(facts, [old, LIMITS], date(2020, 6, 24)).size is SizeClass.SME


@pytest.mark.parametrize(("kind", "capital", "staff", "expected"), TABLE)
def test_every_class_and_reason_has_words(kind, capital, staff, expected):
    found = classify(Facts(kind, capital, staff), [LIMITS], TODAY)

    assert wording.title(found)
    assert all(wording.reasons(found))
    assert len(wording.questions(found)) == len(found.questions)
    assert wording.law([LIMITS], found) == "中小企業認定標準"


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hant", "（第 2 條）"), ("en", "(Article 2)")]
)
def test_a_reason_says_that_the_number_is_an_article(language, words):
    found = classify(Facts("company", 6_200_000, 18), [LIMITS], TODAY)

    with translation.override(language):
        said = wording.reasons(found)

    assert said
    assert all(words in sentence for sentence in said)
