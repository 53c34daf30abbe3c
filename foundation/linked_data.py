"""Data about a page for machines (JSON-LD), as text that is safe inside a script element."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

_NO_MARKUP = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False).translate(_NO_MARKUP)
    return mark_safe(text)  # noqa: S308
