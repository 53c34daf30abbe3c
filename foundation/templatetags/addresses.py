"""`{% url %}` that remembers: composing an address from the same name and arguments is done once.

Loaded into every template (a builtin). An address depends on the language, its name and its
arguments; each process keeps some thousands of them.
"""

from collections.abc import Hashable

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.utils.translation import get_language

register = template.Library()

KEPT_ADDRESSES = 5_000
_addresses: dict[Hashable, str] = {}


class KeptURLNode(URLNode):
    """Django's node, asked once for each address."""

    def render(self, context: Context) -> str:
        args = tuple(one.resolve(context) for one in self.args)
        if self.kwargs or not all(isinstance(one, str | int) for one in args):
            return str(super().render(context))
        name = self.view_name.resolve(context)
        key = (get_language(), name, args, context.autoescape, self.asvar is None)
        if key not in _addresses:
            if len(_addresses) >= KEPT_ADDRESSES:
                _addresses.clear()
            _addresses[key] = self._compose(context)
        if self.asvar is None:
            return _addresses[key]
        context[self.asvar] = _addresses[key]
        return ""

    def _compose(self, context: Context) -> str:
        written = str(super().render(context))
        return written if self.asvar is None else str(context[self.asvar])


@register.tag("url")
def kept_url(parser: Parser, token: Token) -> KeptURLNode:
    """As Django's `{% url %}`."""
    plain = url(parser, token)
    return KeptURLNode(plain.view_name, plain.args, plain.kwargs, plain.asvar)
