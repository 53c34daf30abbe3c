"""What pages of questions draw: words that were searched for, and changes of wording."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from foundation.differences import Piece
from foundation.search import excerpt, marked
from foundation.sought import Sought

register = template.Library()


def _joined(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    drawn = (("<mark>", text, "</mark>") if found else ("", text, "") for text, found in pieces)
    return format_html_join(
        "", "{}{}{}", ((SafeString(a), text, SafeString(b)) for a, text, b in drawn)
    )


@register.simple_tag
def marked_text(text: str, sought: Sought | str = "") -> SafeString | str:
    """A title, the words that were asked for marked."""
    return _joined(marked(text, sought)) if isinstance(sought, Sought) else text


@register.simple_tag
def marked_excerpt(text: str, sought: Sought | str = "") -> SafeString:
    """The stretch of an answer around what was asked for; else how it begins."""
    return _joined(excerpt(text, sought if isinstance(sought, Sought) else Sought("")))


@register.simple_tag
def changes(pieces: Iterable[Piece]) -> SafeString:
    """A text with what was taken out of it and put into it."""
    tags = {"same": "span", "out": "del", "in": "ins"}
    return format_html_join("", "<{0}>{1}</{0}>", ((tags[one.kind], one.text) for one in pieces))
