"""Who can take a referral: the order, the reasons, the turns, and why not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from network.matching import Candidate, Kind, Point, Record, Said, Wanted, rank
from network.matching.barring import BARS
from network.matching.weighing import WEIGHTS
from network.matching.wording import SENTENCES, sentence

TAINAN = Point(23.0, 120.2)
NEAR = Point(23.05, 120.2)
FAR = Point(25.03, 121.56)
WANTED = Wanted(
    topic="financing",
    on=date(2026, 8, 7),
    county="tainan",
    district="新營區",
    point=TAINAN,
    business_number="12345675",
)
CAN = Candidate(
    kind=Kind.ORGANISATION,
    pk=1,
    topics=frozenset({"financing"}),
    serves_counties=frozenset({"tainan"}),
    points=(NEAR,),
    free=2,
)


def _order(*candidates: Candidate, wanted: Wanted = WANTED) -> list[int]:
    return [ranked.candidate.pk for ranked in rank(wanted, candidates).fitting]


def _codes(one: Candidate, wanted: Wanted = WANTED) -> set[str]:
    ranking = rank(wanted, [one])
    found = ranking.fitting or ranking.ruled_out
    return {said.code for said in found[0].reasons}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"topics": frozenset({"marketing"})}, "other_topic"),
        ({"serves_counties": frozenset({"taipei"})}, "other_area"),
        (
            {"serves_counties": frozenset(), "serves_districts": frozenset({"tainan/永康區"})},
            "other_districts",
        ),
        ({"excepted": frozenset({"tainan/新營區"})}, "other_area"),
        ({"excepted": frozenset({"tainan"}), "serves_everywhere": True}, "other_area"),
        ({"free": 0}, "full"),
        ({"free": -1}, "full"),
        ({"away_until": date(2026, 8, 7)}, "away"),
        ({"conflicts": frozenset({"12345675"})}, "conflict"),
        ({"has_answered": True}, "asked_before"),
        ({"can_be_reached": False}, "no_contact"),
    ],
)
def test_who_cannot_take_it_is_ruled_out_and_it_is_said_why(change, code):
    ranking = rank(WANTED, [replace(CAN, **change)])

    assert not ranking.fitting
    assert ranking.best is None
    assert [said.code for said in ranking.ruled_out[0].reasons] == [code]


def test_all_reasons_are_said_and_who_came_closest_stands_first():
    hopeless = replace(CAN, pk=2, topics=frozenset(), free=0)

    ruled_out = rank(WANTED, [hopeless, replace(CAN, free=0)]).ruled_out

    assert [out.candidate.pk for out in ruled_out] == [1, 2]
    assert {said.code for said in ruled_out[1].reasons} == {"other_topic", "full"}


def test_who_serves_the_district_or_is_near_comes_first():
    everywhere = replace(CAN, pk=2, serves_counties=frozenset(), serves_everywhere=True)
    district = replace(
        CAN, pk=3, serves_counties=frozenset(), serves_districts=frozenset({"tainan/新營區"})
    )
    distant = replace(CAN, pk=4, points=(FAR,))

    assert _order(everywhere, distant, CAN, district) == [3, 1, 2, 4] or _order(
        everywhere, distant, CAN, district
    ) == [3, 1, 4, 2]


def test_an_unknown_place_rules_nobody_out():
    nowhere = replace(WANTED, county="", district="", point=None)

    assert _order(replace(CAN, serves_counties=frozenset({"taipei"})), wanted=nowhere) == [1]


def test_an_unknown_district_does_not_rule_out_who_serves_part_of_the_county():
    partly = replace(
        CAN, serves_counties=frozenset(), serves_districts=frozenset({"tainan/永康區"})
    )

    assert _order(partly, wanted=replace(WANTED, district="")) == [1]


def test_an_english_speaker_is_served_by_who_works_in_english():
    english = replace(CAN, pk=2, languages=frozenset({"en"}))

    assert _order(CAN, english, wanted=replace(WANTED, language="en")) == [2, 1]
    assert _order(CAN, english) == [1, 2]


def test_who_accepted_often_and_soon_comes_before_who_declined():
    good = replace(CAN, pk=2, record=Record(asked=5, accepted=5, answer_hours=6))
    poor = replace(CAN, pk=3, record=Record(asked=5, accepted=1, answer_hours=70))

    assert _order(poor, CAN, good) == [2, 1, 3]


def test_an_entry_that_nobody_confirmed_sinks():
    assert _order(replace(CAN, is_stale=True), replace(CAN, pk=2)) == [2, 1]


def test_leave_that_is_over_and_uncounted_places_bar_nobody():
    back = replace(CAN, away_until=date(2026, 8, 6))
    uncounted = replace(CAN, pk=2, free=None)

    assert set(_order(back, uncounted)) == {1, 2}


def test_equal_ones_take_turns_and_who_was_never_asked_is_first():
    earlier, later = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
    just_asked = replace(CAN, pk=1, last_asked_at=later)
    asked_long_ago = replace(CAN, pk=2, last_asked_at=earlier)
    never = replace(CAN, pk=3)

    assert _order(just_asked, asked_long_ago, never) == [3, 2, 1]


def test_the_order_does_not_depend_on_the_order_of_asking():
    people = [replace(CAN, pk=pk, free=pk) for pk in range(1, 8)]

    assert _order(*people) == _order(*reversed(people))


def test_distance_is_measured_along_the_earth():
    taipei, kaohsiung = Point(25.0375, 121.5637), Point(22.6273, 120.3014)

    assert taipei.km_to(kaohsiung) == pytest.approx(297, abs=3)
    assert taipei.km_to(taipei) == 0


def test_every_reason_reads_in_both_languages():
    params = {
        "county": "tainan",
        "district": "新營區",
        "km": 3,
        "language": "en",
        "n": 2,
        "of": 3,
        "hours": 5,
        "until": date(2026, 8, 7),
    }

    for code in SENTENCES:
        with override("zh-hant"):
            chinese = sentence(Said(code, params))
        with override("en"):
            english = sentence(Said(code, params))
        assert chinese.endswith("。"), code
        assert english.endswith("."), code


def test_each_rule_says_nothing_without_words():
    found = {said.code for bar in BARS if (said := bar(WANTED, CAN))}
    found |= {hit[1].code for weight in WEIGHTS if (hit := weight(WANTED, CAN))}

    assert found <= set(SENTENCES)
    assert "topic" in _codes(CAN)
