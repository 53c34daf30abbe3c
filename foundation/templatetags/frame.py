"""What the frame of every page needs: the same page in the other language, and where we are."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from foundation.folding import constant

register = template.Library()

_HTML_LANGUAGES = {"zh-hant": "zh-Hant-TW", "en": "en"}
_NAMES = {"zh-hant": "中文", "en": "English"}
# (language, prefix of the own one, view) → whether the addresses differ in the prefix alone
_only_prefixes: dict[tuple[str, str, str], bool] = {}


@register.simple_tag
@constant
def html_language() -> str:
    """The value of `<html lang>`."""
    return _HTML_LANGUAGES.get(get_language() or "", "zh-Hant-TW")


@register.simple_tag(takes_context=True)
def page_languages(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The page in each language: code, lang (for attributes), name, url (absolute), path, current."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    origin, path = f"{request.scheme}://{request.get_host()}", request.get_full_path()
    current = get_language()
    pages = []
    for code, _name in settings.LANGUAGES:
        there = path if code == current else _path_in(code, request, path)
        page = {"code": code, "lang": _HTML_LANGUAGES.get(code, code), "path": there}
        name = _NAMES.get(code, code)
        pages.append(page | {"name": name, "url": origin + there, "current": code == current})
    return pages


def _path_in(code: str, request: HttpRequest, path: str) -> str:
    """The path in another language: `translate_url`, which takes long, is asked once for a view.

    Where it did no more than change the prefix, the prefix is all that is changed from then on.
    """
    prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
    own = "" if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}"
    prefixed = prefix + path.removeprefix(own)
    match = request.resolver_match
    if match is None:
        return translate_url(path, code)
    view = (code, own, match.view_name)
    if view not in _only_prefixes:
        _only_prefixes[view] = translate_url(path, code) == prefixed
    return prefixed if _only_prefixes[view] else translate_url(path, code)


@register.simple_tag
def language_links(pages: Sequence[Mapping[str, Any]]) -> SafeString:
    """The links of a page's head to its other language, for search engines."""
    links = ""
    for page in pages:
        url = escape(page["url"])
        links += f'<link rel="alternate" hreflang="{page["lang"]}" href="{url}">'
        links += f'<link rel="canonical" href="{url}">' if page["current"] else ""
    return SafeString(links)


@register.simple_tag
def language_switch(
    pages: Sequence[Mapping[str, Any]], token: str, address: str, *, as_items: bool = False
) -> SafeString:
    """A button for each language; it brings the address of this page in that language.

    pages: see page_languages. token: of the forms. address: where the choice is sent.
    as_items: drawn as items of a menu.
    """
    look, forms = ' class="sp-menu-item"' if as_items else "", ""
    for page in pages:
        here = ' aria-current="true"' if page["current"] else ""
        forms += (
            f'<form action="{escape(address)}" method="post">'
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(str(token))}">'
            f'<input type="hidden" name="next" value="{escape(page["path"])}">'
            f'<button name="language" value="{page["code"]}" lang="{page["lang"]}"{look}{here}>'
            f"{page['name']}</button></form>"
        )
    return SafeString(forms)
