"""Parts of a page that are the same for many readers, drawn once and kept by each process."""

from collections.abc import Hashable

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

KEPT_PARTS = 2_000


class KeptNode(template.Node):
    """Draws its part anew only for keys it has not met."""

    def __init__(self, nodelist: NodeList, keys: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.keys = keys
        self.parts: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), *(_plain(one.resolve(context)) for one in self.keys))
        part = self.parts.get(key)
        if part is None:
            if len(self.parts) >= KEPT_PARTS:
                self.parts.clear()
            part = self.parts[key] = self.nodelist.render(context)
        return part


def _plain(value: object) -> Hashable:
    """The value itself, not the lazy object around it."""
    return value if isinstance(value, str | int | frozenset | None) else str(value)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept a b %}…{% endkept %}`: what lies between depends on the language, a and b alone.

    It must hold nothing of a person, no token of a form and no address of the page at hand,
    unless that is one of the keys.
    """
    keys = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, keys)
