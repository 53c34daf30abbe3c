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
    """Draws its part anew only for values it has not met; inside, nothing else can be reached."""

    def __init__(self, nodelist: NodeList, given: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.given = given
        self.parts: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        values = {name: _plain(one.resolve(context)) for name, one in self.given.items()}
        key = (language, *values.values())
        part = self.parts.get(key)
        if part is None:
            if len(self.parts) >= KEPT_PARTS:
                self.parts.clear()
            alone = context.new({"LANGUAGE_CODE": language, **values})
            part = self.parts[key] = self.nodelist.render(alone)
        return part


def _plain(value: object) -> Hashable:
    """The value itself, not the lazy object around it."""
    return value if isinstance(value, str | int | frozenset | None) else str(value)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept space=here perms=standing.permissions %}…{% endkept %}`, drawn once for these values.

    What lies between sees only these names and LANGUAGE_CODE, so it cannot hold anything of a
    person, a form's token or the address at hand unless that is one of the values.
    """
    words = token.split_contents()[1:]
    given = template.base.token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError("kept takes name=value, and nothing else")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, given)
