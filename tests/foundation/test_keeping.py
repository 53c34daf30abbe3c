"""A kept part is drawn once for each language and each of its values, and sees nothing else."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

from foundation.templatetags.keeping import KeptNode


def part(source: str) -> Template:
    return Template("{% load i18n keeping %}" + source)


def kept_in(template: Template) -> KeptNode:
    (node,) = template.nodelist.get_nodes_by_type(KeptNode)
    return node


def test_the_second_reader_gets_what_was_drawn_for_the_first():
    template = part("{% kept place=place %}<b>{{ place }}</b>{% endkept %}")

    drawn = [template.render(Context({"place": place})) for place in ("a", "a", "b", "a")]

    assert drawn == ["<b>a</b>", "<b>a</b>", "<b>b</b>", "<b>a</b>"]
    assert len(kept_in(template).parts) == 2


def test_each_language_is_drawn_for_itself():
    template = part("{% kept %}{{ LANGUAGE_CODE }} {% translate 'Close' %}{% endkept %}")

    drawn = []
    for language in ("zh-hant", "en", "zh-hant"):
        with override(language):
            drawn.append(template.render(Context()))

    assert drawn[0] == drawn[2] != drawn[1]
    assert drawn[1] == "en Close"


def test_nothing_but_its_values_can_be_reached_from_inside():
    template = part("{% kept a=name %}{{ a }}|{{ name }}{{ user }}{% csrf_token %}{% endkept %}")
    request = RequestFactory().get("/")

    drawn = template.render(
        Context({"name": "x", "user": "y", "request": request, "csrf_token": "z"})
    )

    assert drawn == "x|"


def test_what_was_escaped_stays_escaped_once():
    template = part("{% kept words=words %}{{ words }}{% endkept %}")

    for _ in range(2):
        assert template.render(Context({"words": "<&>"})) == "&lt;&amp;&gt;"


def test_a_value_without_a_name_is_refused():
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        part("{% kept place %}{% endkept %}")


def test_what_is_written_into_a_kept_part_is_not_kept():
    template = part(
        "{% kept place=place with name=name url=url %}"
        '<a href="{{ url }}">{{ name }}</a> {{ place }} {{ name }}{% endkept %}'
    )

    drawn = [
        template.render(Context({"place": "p", "name": name, "url": "/a"}))
        for name in ("A", "<B>")
    ]

    assert drawn[0] == '<a href="/a">A</a> p A'
    assert drawn[1] == '<a href="/a">&lt;B&gt;</a> p &lt;B&gt;'
    assert len(kept_in(template).parts) == 1
    ((constant, _order),) = kept_in(template).parts.values()
    assert "A" not in "".join(constant)


def test_what_is_written_into_a_kept_part_goes_into_addresses_and_sentences():
    template = part(
        "{% kept with name=name %}{% url 'cases:detail' name %}"
        " {% blocktranslate %}Signed in as {{ name }}{% endblocktranslate %}{% endkept %}"
    )

    with override("en"):
        assert template.render(Context({"name": "A1"})) == "/en/my/cases/A1/ Signed in as A1"


def test_nothing_is_decided_by_what_is_only_written():
    template = part("{% kept with name=name %}{% if name %}there{% endif %}{% endkept %}")

    with pytest.raises(TemplateSyntaxError, match="only written"):
        template.render(Context({"name": ""}))
    with pytest.raises(TemplateSyntaxError, match="Filter name"):
        part("{% kept with name=name %}{{ name|upper }}{% endkept %}")
