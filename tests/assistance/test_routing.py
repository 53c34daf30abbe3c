"""From what owners say to the system that helps."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from assistance.routing import Facts, suggest
from assistance.routing.wording import SENTENCES, sentence, sentence_in
from tests.assistance.routing_sentences import SENTENCES as SAID

TOP_1, TOP_3 = 0.85, 0.97


def _codes(facts: Facts) -> list[str]:
    return [one.system_code for one in suggest(facts)]


def test_the_right_system_comes_first_for_most_sentences():
    ranked = [(expected, also, _codes(Facts(text=text))) for text, expected, also in SAID]

    first = sum(bool(codes) and codes[0] in {expected, *also} for expected, also, codes in ranked)
    among_three = sum(expected in codes[:3] for expected, _also, codes in ranked)

    assert len(SAID) >= 60
    assert first / len(SAID) >= TOP_1
    assert among_three / len(SAID) >= TOP_3


def test_every_system_is_asked_for_in_both_languages():
    spoken = {(expected, text.isascii()) for text, expected, _also in SAID}

    assert len(spoken) == 22


@pytest.mark.parametrize("text", ["", "   ", "你好", "Hello there", "1234", "🙂🙂"])
def test_nothing_is_suggested_where_nothing_was_said(text):
    assert suggest(Facts(text=text)) == []


def test_each_suggestion_gives_its_reasons_in_both_languages():
    facts = Facts(text="客戶要 ISO 證書", industry="C", regular_staff=40, county="nantou")

    reasons = suggest(facts)[0].reasons

    assert reasons
    assert "ISO" in sentence_in(reasons[0], "en")
    with override("zh-hant"):
        assert "ISO" in sentence(reasons[0])


def test_every_reason_the_rules_give_has_a_sentence():
    rich = [
        Facts(text=text, industry=industry, regular_staff=staff, county=county, need=need)
        for text in ("貸款", "想跟同業一起採購", "外銷")
        for industry in "ACGI"
        for staff in (3, 50)
        for county in ("penghu", "taipei")
        for need in ("money", "running", "")
    ]
    rich += [
        Facts(text="創業開公司", registered=False),
        Facts(text="創業開公司", is_young=True),
        Facts(text="接到大單沒錢買料", has_factory=True, industry="C"),
        Facts(text="工廠廢水污染", has_factory=True),
    ]

    codes = {why.code for facts in rich for one in suggest(facts) for why in one.reasons}

    assert codes == set(SENTENCES)


def test_words_inside_a_longer_term_do_not_count_twice():
    # 碳關稅 is a matter of trade; the 碳 in it must not point to pollution.
    assert _codes(Facts(text="碳關稅"))[0] == "marketing"


def test_english_terms_match_whole_words_only():
    assert _codes(Facts(text="We need a taxi and some paints")) == []


def test_width_case_and_variant_characters_do_not_matter():
    assert _codes(Facts(text="ＩＳＯ")) == _codes(Facts(text="iso")) == ["quality"]


def test_what_is_common_in_an_industry_alone_suggests_nothing():
    assert suggest(Facts(industry="C", regular_staff=100, county="nantou")) == []


def test_an_unregistered_business_is_led_to_start_up_help():
    assert _codes(Facts(text="", registered=False)) == ["startup"]


def test_an_established_business_is_not_sent_to_start_up_help_for_a_hint():
    young = _codes(Facts(text="剛開始 想改變", is_young=True))
    established = _codes(Facts(text="剛開始 想改變", is_young=False))

    assert young == ["startup"]
    assert established == []


def test_systems_for_factories_step_back_without_one():
    with_factory = suggest(Facts(text="機器老舊", has_factory=True))[0]
    without = suggest(Facts(text="機器老舊", has_factory=False))[0]

    assert with_factory.score > without.score


def test_a_suggestion_can_be_stored_as_data():
    data = suggest(Facts(text="貸款"))[0].as_data()

    assert data["system"] == "financing"
    assert data["reasons"][0] == {"code": "keyword", "params": {"words": "貸款"}}


@given(st.text(max_size=300), st.sampled_from(["", "C", "G", "Z"]), st.none() | st.integers())
def test_any_text_gives_the_same_short_ranked_list_twice(text, industry, staff):
    facts = Facts(text=text, industry=industry, regular_staff=staff)

    once, again = suggest(facts), suggest(facts)

    assert once == again
    assert len(once) <= 4
    assert [one.score for one in once] == sorted((one.score for one in once), reverse=True)
