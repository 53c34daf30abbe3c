"""Parts of a page that are the same for many readers, drawn once and kept by each process."""

from collections.abc import Hashable
from html import escape
from typing import Any

from django import template
from django.template.base import (
    FilterExpression,
    NodeList,
    Parser,
    Token,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

KEPT_PARTS = 2_000
Given = dict[str, FilterExpression]


class _Place(str):
    """Stands where a value goes; whoever would decide something by it is told not to."""

    __slots__ = ()

    def __bool__(self) -> bool:
        raise template.TemplateSyntaxError("What comes after `with` is only written, as it is.")


class KeptNode(template.Node):
    """Draws its part anew only for values it has not met; inside, nothing else can be reached."""

    def __init__(self, nodelist: NodeList, given: Given, written: Given) -> None:
        self.nodelist = nodelist
        self.given = given
        self.written = list(written.values())
        # Digits alone, because addresses take a number where a number goes.
        self.places = {name: _Place(f"86135802460975{n:03}") for n, name in enumerate(written)}
        self.parts: dict[Hashable, tuple[list[str], list[int]]] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        values = [_plain(one.resolve(context)) for one in self.given.values()]
        key = (language, *values)
        part = self.parts.get(key)
        if part is None:
            part = self._draw(context, dict(zip(self.given, values, strict=True)), key)
        constant, order = part
        if not order:
            return SafeString(constant[0])
        words = [_words(one.resolve(context), context) for one in self.written]
        pieces = [constant[0]]
        for at, nth in enumerate(order, start=1):
            pieces += (words[nth], constant[at])
        # Each word is escaped, and the rest was drawn by the template.
        return SafeString("".join(pieces))

    def _draw(
        self, context: Context, values: dict[str, Hashable], key: tuple[Any, ...]
    ) -> tuple[list[str], list[int]]:
        """Draw the part with marks for what is written into it, and cut it there."""
        if len(self.parts) >= KEPT_PARTS:
            self.parts.clear()
        alone = context.new({"LANGUAGE_CODE": key[0], **values, **self.places})
        part = self.parts[key] = _cut(self.nodelist.render(alone), list(self.places.values()))
        return part


def _cut(drawn: str, places: list[_Place]) -> tuple[list[str], list[int]]:
    """The text between the places, and which place lies between each two pieces."""
    pieces = [drawn]
    order: list[int] = []
    while True:
        found = [(pieces[-1].find(str(one)), nth) for nth, one in enumerate(places)]
        at, nth = min((one for one in found if one[0] >= 0), default=(-1, 0))
        if at < 0:
            return pieces, order
        rest = pieces.pop()
        pieces += [rest[:at], rest[at + len(places[nth]) :]]
        order.append(nth)


def _words(value: object, context: Context) -> str:
    if type(value) is str and context.autoescape:
        return escape(value)
    return str(render_value_in_context(value, context))


def _plain(value: object) -> Hashable:
    """The value itself, not the lazy object around it."""
    return value if isinstance(value, str | int | frozenset | None) else str(value)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept space=here perms=standing.permissions %}…{% endkept %}`, drawn once for these values.

    What lies between sees only these names and LANGUAGE_CODE, so it cannot hold anything of a
    person, a form's token or the address at hand unless that is one of the values.

    `{% kept can=verdicts with name=user.name %}`: what is named after `with` is not kept. It is
    written into the part each time, where the part says `{{ name }}` or hands it on as it is; to
    decide anything by it is an error.
    """
    words = token.split_contents()[1:]
    given, written = template.base.token_kwargs(words, parser), {}
    if words[:1] == ["with"]:
        del words[0]
        written = template.base.token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError("kept takes name=value, and nothing else")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    for node in nodelist.get_nodes_by_type(VariableNode):
        expression: FilterExpression = vars(node)["filter_expression"]
        if expression.filters and str(expression.var) in written:
            raise template.TemplateSyntaxError(f"Filter {expression.var} where it is given.")
    return KeptNode(nodelist, given, written)
