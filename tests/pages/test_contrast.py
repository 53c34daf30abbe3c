"""Every pair of colours that meets on a page can be read, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
TEXT, MARK = 4.5, 3.0
GROUNDS = {
    "ink": "paper surface sunken brand-tint brand-soft warn-soft ok-soft bad-soft mark raised",
    "ink-2": "paper surface sunken mute-soft brand-tint warn-soft",
    "ink-3": "paper surface sunken brand-tint ok-soft raised",
    "link": "paper surface sunken brand-tint brand-soft warn-soft bad-soft",
    "visited": "paper surface",
    "brand": "surface brand-soft brand-tint",
    "on-brand": "brand brand-hover",
    "accent": "surface paper accent-soft",
    "ok": "ok-soft surface paper",
    "warn": "warn-soft surface brand-soft",
    "bad": "bad-soft surface paper brand-soft",
    "surface": "bad",
    "info": "info-soft surface",
    "bar-ink": "bar bar-active",
    "bar-ink-2": "bar",
    "bar-accent-ink": "bar-accent",
}
EDGES = {
    "line-strong": "paper surface sunken",
    "focus": "paper surface brand-tint sunken",
    "bar-focus": "bar",
    "brand": "paper",
}


def _colours(selector: str) -> dict[str, str]:
    block = TOKENS[TOKENS.index(selector) :]
    return dict(re.findall(r"--sp-([\w-]+):\s*(#[0-9a-f]{6})", block[: block.index("}")]))


LIGHT = _colours(":root {")
DARK = LIGHT | _colours('[data-bs-theme="dark"] {')


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "needed"), [(GROUNDS, TEXT), (EDGES, MARK)], ids=["text", "edges"]
)
def test_what_stands_on_a_ground_can_be_told_from_it(
    pairs: dict[str, str], needed: float, colours: dict[str, str]
) -> None:
    weak = {
        f"{front} on {ground}": round(_contrast(colours[front], colours[ground]), 2)
        for front, grounds in pairs.items()
        for ground in grounds.split()
        if _contrast(colours[front], colours[ground]) < needed
    }

    assert weak == {}
