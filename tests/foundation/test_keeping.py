"""A kept part is drawn once for each language and each of its keys."""

from django.template import Context, Template
from django.utils.translation import override


class Counted:
    """Says how often it was written."""

    def __init__(self) -> None:
        self.times = 0

    def __str__(self) -> str:
        self.times += 1
        return f"drawn {self.times}"


def part(source: str) -> Template:
    return Template("{% load keeping %}" + source)


def test_the_second_reader_gets_what_was_drawn_for_the_first():
    template, drawn = part("{% kept %}<b>{{ drawn }}</b>{% endkept %}"), Counted()

    first = template.render(Context({"drawn": drawn}))
    second = template.render(Context({"drawn": drawn}))

    assert first == second == "<b>drawn 1</b>"


def test_another_key_and_another_language_are_drawn_anew():
    template = part("{% kept place %}{{ place }} {{ drawn }}{% endkept %}")
    drawn = Counted()

    here = template.render(Context({"drawn": drawn, "place": "here"}))
    there = template.render(Context({"drawn": drawn, "place": "there"}))
    with override("en"):
        in_english = template.render(Context({"drawn": drawn, "place": "here"}))

    assert [here, there, in_english] == ["here drawn 1", "there drawn 2", "here drawn 3"]


def test_what_was_escaped_stays_escaped_once():
    template = part("{% kept %}{{ words }}{% endkept %}")

    for _ in range(2):
        assert template.render(Context({"words": "<&>"})) == "&lt;&amp;&gt;"
