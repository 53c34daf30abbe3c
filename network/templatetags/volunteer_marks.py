"""How hours and short lists are written on the pages of volunteers."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.languages import is_english

register = template.Library()


@register.filter
def hours_words(minutes: int | None) -> str:
    """90 → 1 小時 30 分 / 1 hour 30 min."""
    hours, rest = divmod(int(minutes or 0), 60)
    words = []
    if hours:
        words.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if rest or not hours:
        words.append(_("%(n)d min") % {"n": rest})
    return " ".join(words)


@register.filter
def listed(words: Iterable[str]) -> str:
    """Several words in one line, with the comma of the language."""
    return (", " if is_english() else "、").join(words)
