"""What the frame of every page needs: the same page in the other language, and where we are."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from foundation.folding import constant

register = template.Library()

_HTML_LANGUAGES = {"zh-hant": "zh-Hant-TW", "en": "en"}
_NAMES = {"zh-hant": "中文", "en": "English"}


@register.simple_tag
@constant
def html_language() -> str:
    """The value of `<html lang>`."""
    return _HTML_LANGUAGES.get(get_language() or "", "zh-Hant-TW")


@register.simple_tag(takes_context=True)
def page_languages(context: Mapping[str, Any]) -> list[dict[str, object]]:
    """The page in each language: code, lang (for attributes), name, url (absolute), path, current."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    origin, path = request.build_absolute_uri("/")[:-1], request.get_full_path()
    current = get_language()
    paths = {
        code: path if code == current else translate_url(path, code)
        for code, _name in settings.LANGUAGES
    }
    return [
        {
            "code": code,
            "lang": _HTML_LANGUAGES.get(code, code),
            "name": _NAMES.get(code, code),
            "url": origin + paths[code],
            "path": paths[code],
            "current": code == current,
        }
        for code, _name in settings.LANGUAGES
    ]
