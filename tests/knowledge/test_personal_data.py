"""What may lead to a person is found, and what does not is left alone."""

import pytest

from knowledge.personal_data import BLOT, Kind, find, pieces, without


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
        ("連絡人為李美麗小姐。", ["李美麗"]),
        ("請洽陳先生或張老闆", ["陳先生", "張老闆"]),
        ("Mr. John Smith called", ["Mr. John Smith"]),
        ("我們跟大同實業有限公司合作", ["大同實業有限公司"]),
        ("向順發企業社買", ["順發企業社"]),
        ("ask Formosa Bolts Co., Ltd. about it", ["Formosa Bolts Co., Ltd."]),
        ("LINE ID：abc_123，或 line: @shop99", ["LINE ID：abc_123", "line: @shop99"]),
        ("身分證 Ａ１２３４５６７８９", ["Ａ１２３４５６７８９"]),
        ("匯款帳號：012-345678901234", ["帳號：012-345678901234"]),
        ("車號 ABC-1234 的貨車", ["車號 ABC-1234"]),
        ("貨車 9527-XY 送貨", ["9527-XY"]),
        ("臺南市永康區中正路 12 號", ["臺南市永康區中正路 12 號"]),
    ],
)
def test_what_may_lead_to_a_person_is_found(text, found):
    assert [one.text for one in find(text, ["林雅雯", " ", "x"])] == found


@pytest.mark.parametrize(
    "text",
    [
        "保證金會計處理",
        "專案經理人與黃金經理人",
        "各位先生女士",
        "設立有限公司，或改組為股份有限公司",
        "有限公司登記",
        "商行登記與工作室登記",
        "可以用 LINE Pay 付款，online apply",
        "ISO-9001 與 CNS-1234 認證",
        "補助 50000000 元，總額 1,000,000,000 元",
        "政府採購法第 30 條第 1 項",
        "中小企業信用保證基金",
        "經濟部中小及新創企業署",
        "115 年 8 月 7 日 至 116 年",
        "高雄市政府",
    ],
)
def test_what_leads_to_nobody_is_left_alone(text):
    assert find(text) == []


def test_the_pieces_make_up_the_text_again():
    text = "林雅雯（0912-345-678）問"

    cut = pieces(text, find(text, ["林雅雯"]))

    assert "".join(piece for piece, _is_found in cut) == text
    assert [piece for piece, is_found in cut if is_found] == ["林雅雯", "0912-345-678"]


def test_each_is_blotted_out_and_the_rest_stays():
    text = "林雅雯（0912-345-678）問：押標金怎麼繳？"

    assert without(text, find(text, ["林雅雯"])) == f"{BLOT}（{BLOT}）問：押標金怎麼繳？"


def test_what_the_case_knows_by_name_is_called_what_it_is():
    names = ["林雅雯", "示範木業有限公司", "12345678"]

    found = find("林雅雯、示範木業有限公司、12345678", names)

    assert [one.kind for one in found] == [Kind.NAME, Kind.FIRM, Kind.NUMBER]


def test_overlapping_findings_leave_nothing_of_either():
    text = "示範木業有限公司的示範木業"

    cleaned = without(text, find(text, ["示範木業", "示範木業有限公司"]))

    assert cleaned == f"{BLOT}的{BLOT}"


def test_a_hostile_text_takes_no_time():
    assert find("0" * 20_000 + "中" * 20_000 + "a@" * 5_000) is not None
