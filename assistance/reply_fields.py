"""The fields a reply template may name, and filling them in for one case. Pure functions."""

import re
from collections.abc import Mapping

FIELDS = ("name", "number", "enterprise", "officer", "agency")
# Full-width braces as well: many input methods write those.
_FIELD = re.compile(r"[{｛]([^{}｛｝\n]{0,40})[}｝]")


def unknown_fields(text: str) -> list[str]:
    """The names between braces that are no field, each once, in the order of the text."""
    named = (found.strip().lower() for found in _FIELD.findall(text))
    return list(dict.fromkeys(name for name in named if name not in FIELDS))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with its fields filled in; what is unknown stays as it was written."""

    def word(match: re.Match[str]) -> str:
        return facts.get(match.group(1).strip().lower(), match.group(0))

    return _FIELD.sub(word, text)
