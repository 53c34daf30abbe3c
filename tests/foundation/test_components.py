"""The components: what they say, how they escape, and that each stands in the styleguide."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils.html import linebreaks
from django.utils.translation import override

from foundation.forms import LineField, PortalForm, ProseField
from foundation.templatetags.drawing import UnknownIconError, icon_names

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
STYLES = Path(settings.BASE_DIR) / "static" / "css"


class Question(PortalForm):
    number = LineField(label="Number", help_text="8 digits", max_length=8)
    words = ProseField(label="Words", max_length=100, required=False)
    urgency = forms.ChoiceField(
        label="Urgency", widget=forms.RadioSelect, choices=[("a", "Now"), ("b", "Later")]
    )
    agreed = forms.BooleanField(label="I agree")


def draw(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_state_is_told_by_icon_and_word() -> None:
    drawn = draw("{% chip 'waiting' 'Waiting for you' %}")

    assert 'data-s="waiting"' in drawn
    assert "#alert" in drawn
    assert "Waiting for you" in drawn


def test_an_unknown_state_is_still_drawn_in_words() -> None:
    assert "Curious" in draw("{% chip 'curious' 'Curious' %}")


def test_words_of_people_are_escaped_in_every_component() -> None:
    evil = "<script>alert(1)</script>"
    sources = [
        "{% chip 'waiting' evil %}",
        "{% hint title=evil %}{{ evil }}{% endhint %}",
        "{% done evil number=evil %}{% enddone %}",
        "{% message evil %}",
        "{% person evil evil %}",
        "{% empty evil evil evil evil %}",
        "{% summary_list rows %}",
        "{% timeline rows %}",
        "{% file_list rows %}",
        "{% task_list rows %}",
        "{% copyable evil %}",
        "{% sla words=evil %}",
        "{% icon 'check' evil %}",
    ]
    row = {
        "label": evil,
        "value": evil,
        "title": evil,
        "name": evil,
        "by": evil,
        "body": evil,
        "hint": evil,
    }

    for source in sources:
        assert "<script>" not in draw(source, evil=evil, rows=[row]), source


def test_the_pie_of_a_clock_goes_in_steps_the_style_sheet_knows() -> None:
    css = (STYLES / "components.css").read_text()

    for percent in (1, 35, 88, 100, 250, -3):
        step = re.search(r'data-p="(\d+)"', draw("{% sla percent=p %}", p=percent))
        assert step is not None
        assert step[1] == "0" or f'[data-p="{step[1]}"]' in css


def test_a_clock_names_its_deadline_for_machines() -> None:
    due = datetime(2026, 8, 7, 9, 30, tzinfo=UTC)

    drawn = draw(
        "{% sla clock %}", clock={"state": "soon", "words": "1 h", "percent": 88, "due_at": due}
    )

    assert '<time datetime="2026-08-07T17:30:00+08:00"' in drawn


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("zh-hant", "{{ d|day }}", "115 年 8 月 7 日（五）"),
        ("en", "{{ d|day }}", "Friday 7 August 2026"),
        ("zh-hant", "{{ d|day_number }}", "115/08/07"),
        ("zh-hant", "{{ d|roc_year }}", "115"),
        ("en", "{{ d|roc_year }}", "2026"),
        ("zh-hant", "{{ m|moment }}", "8 月 7 日（五） 16:20"),
        ("en", "{{ m|moment }}", "Friday 7 August 2026, 16:20"),
        ("zh-hant", "{{ m|moment_short }}", "8/7 16:20"),
        ("en", "{{ m|moment_short }}", "7 Aug 16:20"),
        ("zh-hant", "{{ old|moment }}", "114 年 8 月 7 日（四） 16:20"),
        ("zh-hant", "{{ n|money|striptags }}", "NT$ 6,200,000"),
        ("en", "{{ n|money|striptags }}", "NT$6,200,000"),
        ("en", "{{ 850|filesize_short }}", "850 B"),
        ("en", "{{ 12345|filesize_short }}", "12 KB"),
        ("en", "{{ 1200000|filesize_short }}", "1.2 MB"),
        ("en", "{{ nothing|day }}{{ nothing|moment }}{{ nothing|money }}", ""),
        ("en", "{% day d %}", '<time datetime="2026-08-07">Friday 7 August 2026</time>'),
        (
            "en",
            "{% moment m 'short' %}",
            '<time datetime="2026-08-07T16:20+08:00">7 Aug 16:20</time>',
        ),
    ],
)
@time_machine.travel(datetime(2026, 8, 8, 2, 0, tzinfo=UTC), tick=False)
def test_dates_money_and_sizes_follow_the_language(
    language: str, source: str, expected: str
) -> None:
    context = {
        "d": date(2026, 8, 7),
        "m": datetime(2026, 8, 7, 8, 20, tzinfo=UTC),
        "old": datetime(2025, 8, 7, 8, 20, tzinfo=UTC),
        "n": 6_200_000,
        "nothing": None,
    }

    with override(language):
        assert draw(source, **context) == expected


def test_a_field_reads_label_hint_error_input() -> None:
    form = Question({"number": "", "urgency": "a"})

    drawn = draw("{% field form.number %}", form=form)

    places = [drawn.index(part) for part in ("<label", "8 digits", "invalid-feedback", "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_number_helptext id_number_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_an_optional_field_says_so_and_a_required_one_is_not_starred() -> None:
    form = Question()

    with override("en"):
        assert "(optional)" in draw("{% field form.words %}", form=form)
        assert "*" not in draw("{% field form.number %}", form=form)


def test_choices_are_cards_around_native_inputs_in_a_fieldset() -> None:
    drawn = draw("{% field form.urgency hints=hints %}", form=Question(), hints={"a": "Today"})

    assert drawn.count('type="radio"') == 2
    assert "<fieldset" in drawn
    assert "<legend" in drawn
    assert "<small>Today</small>" in drawn


def test_a_ticked_box_stays_ticked_after_an_error() -> None:
    drawn = draw("{% field form.agreed %}", form=Question({"agreed": "on"}))

    assert re.search(r'<input type="checkbox" name="agreed"[^>]* checked', drawn)
    assert 'id="id_agreed"' in drawn


def test_the_question_of_a_page_may_be_its_heading() -> None:
    assert "<h1><label" in draw("{% field form.number heading=True %}", form=Question())
    assert '<legend class="form-label"><h1>' in draw(
        "{% field form.urgency heading=True %}", form=Question()
    )


def test_the_error_summary_links_to_each_field_and_takes_the_focus() -> None:
    drawn = draw("{% error_summary form %}", form=Question({}))

    assert "data-focus" in drawn
    assert 'href="#id_number"' in drawn
    assert 'href="#id_urgency"' in drawn


def test_there_is_no_error_summary_before_anything_was_sent() -> None:
    assert draw("{% error_summary form %}", form=Question()).strip() == ""


def test_crispy_forms_draw_the_same_fields() -> None:
    drawn = Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": Question({})})
    )

    assert "sp-errors" in drawn
    assert drawn.index("8 digits") < drawn.index('name="number"')


def test_an_icon_that_does_not_exist_is_an_error_of_ours() -> None:
    with pytest.raises(UnknownIconError):
        draw("{% icon 'unicorn' %}")


def test_a_lone_icon_has_a_name_and_others_are_hidden() -> None:
    assert 'aria-label="Close"' in draw("{% icon 'x' 'Close' %}")
    assert 'aria-hidden="true"' in draw("{% icon 'x' %}")


def test_icons_are_many_and_have_plain_names() -> None:
    assert {"check", "alert", "fin", "rnd", "bell"} <= icon_names()


@pytest.mark.django_db
def test_every_component_is_shown_in_the_styleguide(client: Client) -> None:
    drawn: set[str] = set()
    page = client.get("/en/styleguide/")

    drawn = {template.name for template in page.templates if template.name}
    missing = {f"components/{file.name}" for file in COMPONENTS.glob("*.html")} - drawn

    assert page.status_code == 200
    assert not missing


def test_components_and_pages_name_no_colours_and_carry_no_inline_style_or_handler() -> None:
    wrong = re.compile(r'\sstyle="|\son[a-z]+="|#[0-9a-fA-F]{6}\b|javascript:')
    templates = Path(settings.BASE_DIR) / "templates"

    found = [
        f"{path.relative_to(templates)}: {match[0]}"
        for path in templates.rglob("*.html")
        if "mail" not in path.name and "messages" not in path.parts and "letters" not in path.parts
        for match in [wrong.search(path.read_text())]
        if match
    ]

    assert not found


def test_only_the_tokens_name_colours() -> None:
    for name in ("base.css", "components.css", "staff.css"):
        assert not re.findall(r"#[0-9a-f]{3,8}\b", (STYLES / name).read_text()), name


def test_without_javascript_dark_has_the_same_colours() -> None:
    tokens = (STYLES / "tokens.css").read_text()
    by_choice = re.search(r'\[data-bs-theme="dark"\] \{(.*?)\}', tokens, re.DOTALL)
    by_system = re.search(r":root:not\(\[data-bs-theme\]\) \{(.*?)\}", tokens, re.DOTALL)

    assert by_choice is not None
    assert by_system is not None
    assert by_choice[1].split() == by_system[1].split()


def test_an_error_says_what_to_do_about_which_field() -> None:
    with override("en"):
        form = Question({"number": "", "words": "x" * 101})

        assert form.errors["number"] == ["Fill in “Number”."]
        assert form.errors["urgency"] == ["Choose an option under “Urgency”."]
        assert form.errors["agreed"] == ["Tick “I agree”."]
        assert form.errors["words"] == ["Use at most 100 characters; now there are 101."]


def test_the_summary_repeats_a_message_of_our_own_word_for_word() -> None:
    class Asking(forms.Form):
        trouble = forms.CharField(
            label="What is wrong?", error_messages={"required": "Say it in a sentence."}
        )

    drawn = draw("{% error_summary form %}", form=Asking({}))

    assert ">Say it in a sentence.</a>" in drawn
    assert "What is wrong?" not in drawn


def test_the_summary_names_the_field_where_a_package_does_not() -> None:
    class Foreign(forms.Form):
        login = forms.CharField(label="Login")

    with override("en"):
        assert "Login: This field is required." in draw(
            "{% error_summary form %}", form=Foreign({})
        )


@pytest.mark.parametrize(("language", "written"), [("zh-hant", "一。二。"), ("en", "一。 二。")])
def test_only_english_leaves_a_gap_between_two_sentences(language: str, written: str) -> None:
    with override(language):
        assert Template("{% load ui %}一。{% gap %}二。").render(Context()) == written


@pytest.mark.parametrize(
    "body", ["", "a", "a\nb", "a\r\nb\r\n\r\nc", "\n\n<b>&'\n\n\n\"", "a\rb\u2028c\n"]
)
def test_a_message_has_the_paragraphs_of_its_writer(body: str) -> None:
    assert linebreaks(body, autoescape=True) in draw("{% message body %}", body=body)
