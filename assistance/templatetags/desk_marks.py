"""The chip and the clock as the queue draws them: fifty a page, so each look is drawn once."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from foundation.templatetags import ui

register = template.Library()


@register.simple_tag
def queue_chip(state: str, label: str) -> SafeString:
    """A state with its label, as `chip` draws it."""
    return _chip(state, label)


@register.simple_tag
def queue_clock(state: str, words: str, percent: int) -> SafeString:
    """The working-day clock, as `sla` draws it."""
    return _clock(state, words, percent)


@lru_cache(maxsize=64)
def _chip(state: str, label: str) -> SafeString:
    return render_to_string("components/chip.html", ui.chip(state, label))


@lru_cache(maxsize=2048)
def _clock(state: str, words: str, percent: int) -> SafeString:
    shown = ui.sla(state=state, words=words, percent=percent)
    return render_to_string("components/sla.html", shown)
