"""What editors may mark up, and that nothing else becomes markup."""

import pytest

from foundation.marks import to_html, to_line, to_plain


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("一段\n兩行", "<p>一段<br>兩行</p>"),
        ("一段\n\n二段", "<p>一段</p>\n<p>二段</p>"),
        ("## 要點\n說明", "<h3>要點</h3>\n<p>說明</p>"),
        ("- 甲\n- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("1. 先\n2. 後", "<ol><li>先</li><li>後</li></ol>"),
        ("說明\n- 甲", "<p>說明</p>\n<ul><li>甲</li></ul>"),
        ("**重要**的事", "<p><strong>重要</strong>的事</p>"),
        (
            "見[法規](https://law.example/a?b=1&c=2)",
            '<p>見<a href="https://law.example/a?b=1&amp;c=2" rel="noopener">法規</a></p>',
        ),
        ("", ""),
    ],
)
def test_the_few_marks_become_markup(typed, shown):
    assert to_html(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[點我](javascript:alert(1))",
        '[點我](https://a.example/"onmouseover="alert(1))',
        "<img src=x onerror=alert(1)>",
        "**<b onclick=x>粗**",
        "[<img src=x>](https://a.example)",
    ],
)
def test_markup_that_was_typed_stays_text(typed):
    shown = to_html(typed)

    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b " not in shown
    assert 'href="javascript' not in shown
    assert '"onmouseover' not in shown


def test_a_long_row_of_stars_takes_no_time():
    assert to_html("*" * 6000)
    assert to_html("[" * 6000)


def test_plain_words_carry_no_marks():
    assert to_plain("## 要點\n- **甲**\n1. [乙](https://a.example)") == "要點\n甲\n乙"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("- 甲\n- 乙", "甲；乙"),
        ("先說。\n- 甲\n- 乙", "先說。甲；乙"),
        ("- First\n- Second.\n\nThird", "First; Second. Third"),
        ("費用（三萬元）\n期限", "費用（三萬元）；期限"),
        ("一行", "一行"),
        ("", ""),
    ],
)
def test_on_one_line_the_items_stay_apart(typed, shown):
    assert to_line(typed) == shown
