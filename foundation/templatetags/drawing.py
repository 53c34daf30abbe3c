"""Icons and the eleven-segment ring, all drawn for this portal."""

import math
import re
from functools import cache

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from foundation.folding import constant

register = template.Library()

SPRITE = "icons.svg"
SYSTEM_ICONS = {
    1: "fin",
    2: "qual",
    3: "mgmt",
    4: "info",
    5: "mutual",
    6: "start",
    7: "mkt",
    8: "env",
    9: "prod",
    10: "safe",
    11: "rnd",
}
_SEGMENTS = len(SYSTEM_ICONS)
_GAP = 0.12
_HERO_RADIUS = 38
_HERO_ICON = 9


class UnknownIconError(ValueError):
    """A template asked for an icon that is not in the sprite."""


@cache
def icon_names() -> frozenset[str]:
    """The names in the sprite, read once."""
    path = finders.find(SPRITE)
    if not isinstance(path, str):
        return frozenset()
    with open(path, encoding="utf-8") as sprite:
        return frozenset(re.findall(r'<symbol id="([\w-]+)"', sprite.read()))


@register.simple_tag
@constant
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite. label: only where the icon stands alone; otherwise it is decoration."""
    return _labelled(name, str(label)) if label else _plain(name)


@cache
def _address(name: str) -> str:
    if icon_names() and name not in icon_names():
        raise UnknownIconError(f"{name!r} is not in {SPRITE}")
    return f"{static(SPRITE)}#{name}"


@cache
def _plain(name: str) -> SafeString:
    """A page draws fifty of them, and each is always the same."""
    return format_html(
        '<svg class="sp-icon" viewBox="0 0 24 24" aria-hidden="true"><use href="{}"/></svg>',
        _address(name),
    )


def _labelled(name: str, label: str) -> SafeString:
    return format_html(
        '<svg class="sp-icon" viewBox="0 0 24 24" role="img" aria-label="{}">'
        '<use href="{}"/></svg>',
        label,
        _address(name),
    )


@register.inclusion_tag("components/ring.html")
@constant
def ring(lit: int = 0, size: int = 0) -> dict[str, object]:
    """The eleven-segment ring. lit: segment 1–11, 0 for none (empty states). size: pixels, 0 = by CSS."""
    return {"lit": lit, "turn": f"{1 - lit - _GAP / 2:.2f}", "size": size}


@register.inclusion_tag("components/emblem.html")
def emblem(number: int, icon: str = "") -> dict[str, object]:
    """A system's emblem: its segment lit, its icon inside. number: 1–11."""
    return {"number": number, "icon": icon or SYSTEM_ICONS.get(number, "i")}


@register.inclusion_tag("components/hero_ring.html")
def hero_ring() -> dict[str, object]:
    """The large ring of the home page with the icons of the eleven systems."""
    places = []
    for number, name in SYSTEM_ICONS.items():
        angle = math.radians((number - 0.5) * 360 / _SEGMENTS)
        places.append(
            {
                "address": f"{static(SPRITE)}#{name}",
                "x": f"{50 + _HERO_RADIUS * math.sin(angle) - _HERO_ICON / 2:.1f}",
                "y": f"{50 - _HERO_RADIUS * math.cos(angle) - _HERO_ICON / 2:.1f}",
                "lit": number == 1,
            }
        )
    return {
        "places": places,
        "caption": pgettext("under the number 11", "guidance systems"),
        "size": _HERO_ICON,
    }
