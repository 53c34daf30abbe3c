"""What a folded template draws is what the plain one draws, for every language and reader."""

import datetime as dt

from django.template import Context, Engine, engines
from django.template.base import Node, TextNode
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from foundation.folding import FoldedNode, FoundIncludeNode, fold

SOURCE = """{% load i18n static ui %}{# words #}
<h1>{% translate "Sign in" %} {% icon "search" %}</h1>
<a href="{% url "home" %}">{% translate "Open" context "key" %}</a>
{% if name %}<b>{% translate "Close" %}</b> {{ name }}{% translate "Desk" context "staff side" %}
{% else %}{% icon "x" %}{% translate "Menu" %}{% endif %}
{% for n in numbers %}<i>{% translate "Light" %}</i>{{ n }}{% empty %}{% translate "Dark" %}{% endfor %}
{% translate "Menu" as kept %}{{ kept }}{% icon chosen %}{% translate name %}"""


def both() -> tuple[object, object]:
    engine: Engine = engines["django"].engine
    plain, folded = engine.from_string(SOURCE), engine.from_string(SOURCE)
    fold(folded.nodelist)
    return plain, folded


def nodes_of(nodelist: list[Node]) -> list[Node]:
    return [node for node in nodelist for node in node.get_nodes_by_type(Node)]


def test_both_draw_the_same_in_each_language_and_for_each_reader():
    plain, folded = both()
    readers = (
        {"name": "", "numbers": [], "chosen": "x"},
        {"name": "<陳>", "numbers": [1, 2], "chosen": "check"},
    )
    for language in ("zh-hant", "en", "zh-hant"):
        for reader in readers:
            with override(language):
                assert folded.render(Context(reader)) == plain.render(Context(reader))


def test_where_nothing_is_escaped_nothing_kept_is_escaped():
    engine: Engine = engines["django"].engine
    source = "{% load i18n %}{% translate '<b>' %}"
    folded = engine.from_string(source)
    fold(folded.nodelist)

    escaped = folded.render(Context())
    bare = folded.render(Context(autoescape=False))
    plain = engine.from_string(source)
    assert escaped == plain.render(Context())
    assert bare == plain.render(Context(autoescape=False))


def test_constant_neighbours_become_one_node():
    plain, folded = both()

    assert len(nodes_of(folded.nodelist)) <= len(nodes_of(plain.nodelist)) * 0.6
    assert any(isinstance(node, FoldedNode) for node in folded.nodelist)


def test_a_single_text_is_left_alone():
    template = engines["django"].engine.from_string("only words")
    fold(template.nodelist)

    assert [type(node) for node in template.nodelist] == [TextNode]


def test_templates_that_are_loaded_come_folded():
    template = engines["django"].engine.get_template("frame/shortcuts.html")

    assert [type(node) for node in template.nodelist] == [FoldedNode]


def test_the_blocks_of_a_template_are_found_once():
    template = engines["django"].engine.get_template("base.html")

    blocks = template.nodelist.get_nodes_by_type(BlockNode)

    assert {"title", "main", "footer"} <= {block.name for block in blocks}
    assert template.nodelist.get_nodes_by_type(BlockNode) is blocks


def test_what_is_included_is_looked_for_once_and_sees_what_it_is_given():
    engine: Engine = engines["django"].engine
    source = (
        '{% include "frame/demo_banner.html" %}|{% include "frame/demo_banner.html" with demo=yes %}|'
        '{% include "frame/demo_banner.html" with demo=yes only %}|{% include chosen %}'
    )
    plain, folded = engine.from_string(source), engine.from_string(source)
    fold(folded.nodelist)
    known = {"demo": False, "yes": True, "chosen": "frame/theme_switch.html"}

    for _ in range(2):
        assert folded.render(Context(dict(known))) == plain.render(Context(dict(known)))

    found = folded.nodelist.get_nodes_by_type(FoundIncludeNode)
    assert [one.found.name for one in found] == ["frame/demo_banner.html"] * 3


def test_variables_write_text_markup_dates_and_numbers_as_django_does():
    engine: Engine = engines["django"].engine
    source = (
        "{{ text }}|{{ markup }}|{{ day }}|{{ number }}|{{ lazy }}|{{ nothing }}|{{ text|upper }}"
    )
    values = {
        "text": "<b>陳 & 子",
        "markup": SafeString("<i>"),
        "day": dt.datetime(2026, 8, 7, 23, tzinfo=dt.UTC),
        "number": 1234.5,
        "lazy": gettext_lazy("Sign in"),
    }
    plain, folded = engine.from_string(source), engine.from_string(source)
    fold(folded.nodelist)

    for autoescape in (True, False):
        for language in ("zh-hant", "en"):
            with override(language):
                drawn = folded.render(Context(values, autoescape=autoescape))
                assert drawn == plain.render(Context(values, autoescape=autoescape))
