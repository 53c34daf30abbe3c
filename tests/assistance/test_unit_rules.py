"""The pure rules that name an agency: which one fires, and who was ruled out for what."""

import pytest

from assistance.routing import Facts
from assistance.routing.unit_wording import SENTENCES, sentence
from assistance.routing.units import UnitRule, place

SMESA, IDA, ITA = 1, 2, 3
EVERYBODY = frozenset({SMESA, IDA, ITA})


def rule(number: int = 1, agency: int = IDA, **terms) -> UnitRule:
    return UnitRule(number=number, version=1, agency_id=agency, **terms)


def placed(rules, facts=None, own=(SMESA, IDA), open_to=EVERYBODY):
    return place(facts or Facts(text="想貸款"), "financing", rules, own, open_to=open_to)


def test_without_a_rule_the_first_agency_of_the_system_is_proposed():
    found = placed([])

    assert (found.agency_id, found.number) == (SMESA, None)
    assert [(out.agency_id, out.why.code) for out in found.ruled_out] == [(IDA, "not_first")]


def test_a_rule_that_fits_names_the_agency_and_says_so():
    found = placed([rule(7, counties=("tainan",))], Facts(county="tainan"))

    assert (found.agency_id, found.number, found.version) == (IDA, 7, 1)
    assert [(out.agency_id, out.why.code) for out in found.ruled_out] == [
        (SMESA, "rule_names_another")
    ]


@pytest.mark.parametrize(
    ("terms", "facts", "why"),
    [
        ({"counties": ("tainan",)}, Facts(county="taipei"), "other_county"),
        ({"counties": ("tainan",)}, Facts(), "other_county"),
        ({"industries": ("C",)}, Facts(industry="G"), "other_industry"),
        ({"staff_at_least": 10}, Facts(regular_staff=9), "too_small"),
        ({"staff_at_most": 10}, Facts(regular_staff=11), "too_large"),
        ({"staff_at_most": 10}, Facts(), "staff_unknown"),
        ({"words": ("外銷",)}, Facts(text="想貸款"), "no_word"),
    ],
)
def test_a_rule_whose_condition_is_not_met_is_ruled_out_with_the_reason(terms, facts, why):
    found = placed([rule(**terms)], facts)

    assert found.agency_id == SMESA
    assert (IDA, why) in [(out.agency_id, out.why.code) for out in found.ruled_out if out.number]


@pytest.mark.parametrize(
    ("terms", "facts"),
    [
        ({"staff_at_least": 10, "staff_at_most": 10}, Facts(regular_staff=10)),
        ({"words": ("外銷", "loan")}, Facts(text="We need LOANS")),
        ({"words": ("臺北",)}, Facts(text="台北的店")),
        ({"system": "financing"}, Facts()),
        ({"counties": ("tainan",), "industries": ("C",)}, Facts(county="tainan", industry="C")),
    ],
)
def test_a_rule_whose_conditions_are_all_met_fires(terms, facts):
    assert placed([rule(**terms)], facts).agency_id == IDA


def test_rules_for_other_systems_are_not_even_mentioned():
    found = placed([rule(system="marketing")])

    assert [out.number for out in found.ruled_out] == [None]


def test_the_lower_order_is_tried_first_and_the_later_rule_is_named():
    rules = [rule(1, IDA, system="financing"), rule(2, ITA, system="financing", rank=5)]

    found = placed(rules)

    assert (found.agency_id, found.number) == (ITA, 2)
    assert (1, "later_rule") in [(out.number, out.why.code) for out in found.ruled_out]


def test_an_agency_that_is_not_in_force_is_never_proposed():
    found = placed([rule(system="financing")], own=(IDA, SMESA), open_to=frozenset({SMESA}))

    assert found.agency_id == SMESA
    assert [out.why.code for out in found.ruled_out] == ["agency_closed", "agency_closed"]


def test_where_nobody_answers_nobody_is_proposed():
    assert placed([], own=()).agency_id is None


def test_the_order_in_which_rules_are_given_does_not_matter():
    rules = [rule(n, agency, system="financing") for n, agency in ((1, IDA), (2, ITA))]

    assert placed(rules) == placed(rules[::-1])


@pytest.mark.parametrize("code", SENTENCES)
def test_every_reason_is_a_sentence_in_both_languages(code, settings):
    params = {"number": "1", "county": "tainan", "industry": "C", "staff": "10"}

    assert sentence(code, params)
    assert sentence("of-a-later-release", params) == ""
