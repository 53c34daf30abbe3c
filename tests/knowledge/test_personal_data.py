"""What may lead to a person is found, and what does not is left alone."""

import pytest

from knowledge.personal_data import BLOT, find, without


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("請洽林雅雯小姐", ["林雅雯"]),
        ("寫信到 lin.yw+1@example.com.tw 即可", ["lin.yw+1@example.com.tw"]),
        ("電話 0912-345-678 或 (02)2345-6789", ["0912-345-678", "(02)2345-6789"]),
        ("手機０９１２３４５６７８", ["０９１２３４５６７８"]),
        ("+886-912-345-678", ["+886-912-345-678"]),
        ("統編 12345678，身分證 A123456789", ["12345678", "A123456789"]),
        ("案號 A115-08-00417", ["A115-08-00417"]),
        ("地址：臺中市西屯區中港路一段100巷2弄3號5樓", ["臺中市西屯區中港路一段100巷2弄3號5樓"]),
        ("押標金最高 50,000,000 元，112 年起適用第 30 條", []),
        ("", []),
    ],
)
def test_what_may_lead_to_a_person_is_found(text, found):
    assert [one.text for one in find(text, ["林雅雯", " ", "x"])] == found


def test_each_is_blotted_out_and_the_rest_stays():
    text = "林雅雯（0912-345-678）問：押標金怎麼繳？"

    assert without(text, find(text, ["林雅雯"])) == f"{BLOT}（{BLOT}）問：押標金怎麼繳？"


def test_overlapping_findings_leave_nothing_of_either():
    text = "示範木業有限公司的示範木業"

    cleaned = without(text, find(text, ["示範木業", "示範木業有限公司"]))

    assert cleaned == f"{BLOT}的{BLOT}"


def test_a_hostile_text_takes_no_time():
    assert find("0" * 20_000 + "中" * 20_000 + "a@" * 5_000) is not None
