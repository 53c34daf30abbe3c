"""The frame of every page: language, theme, content policy, weight."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

PUBLIC = ["/", "/accessibility/", "/privacy/", "/feedback/", "/account/login/", "/account/signup/"]
BUDGET = 60_000
OWN_SCRIPT = 5_000

pytestmark = pytest.mark.django_db


def _text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_opens_in_both_languages(client: Client, path: str) -> None:
    chinese, english = client.get(path), client.get(f"/en{path}")

    assert chinese.status_code == english.status_code == 200
    assert '<html lang="zh-Hant-TW">' in chinese.content.decode()
    assert '<html lang="en">' in english.content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_has_one_heading_and_its_landmarks(client: Client, path: str) -> None:
    page = _text(client, path)

    assert len(re.findall(r"<h1[\s>]", page)) == 1
    assert page.count("<main ") == 1
    assert '<a class="sp-skip" href="#main">' in page
    assert re.search(r"<title>.*\S.*</title>", page)


def test_a_page_names_itself_in_both_languages(client: Client) -> None:
    page = _text(client, "/en/privacy/")

    assert '<link rel="alternate" hreflang="zh-Hant-TW" href="http://testserver/privacy/">' in page
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/privacy/">' in page
    assert '<link rel="canonical" href="http://testserver/en/privacy/">' in page


def test_the_language_switch_keeps_the_page(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/privacy/?a=1"})

    assert answer.status_code == 302
    assert answer["Location"] == "/en/privacy/?a=1"


@pytest.mark.parametrize(
    ("path", "chinese", "english"),
    [
        ("/en/privacy/?a=1", "/privacy/?a=1", "/en/privacy/?a=1"),
        # The second time for this view.
        ("/en/privacy/?a=2", "/privacy/?a=2", "/en/privacy/?a=2"),
        ("/privacy/", "/privacy/", "/en/privacy/"),
        ("/", "/", "/en/"),
    ],
)
def test_each_language_button_leads_to_the_page_in_that_language(
    client: Client, path: str, chinese: str, english: str
) -> None:
    forms = re.findall(
        r'name="next" value="([^"]+)">\s*<button name="language" value="([^"]+)"',
        _text(client, path),
    )

    assert {(language, to) for to, language in forms} == {("zh-hant", chinese), ("en", english)}
    for to, language in forms:
        assert client.post("/language/", {"language": language, "next": to})["Location"] == to


def test_inline_scripts_carry_the_nonce_and_nothing_else_is_inline(client: Client) -> None:
    answer = client.get("/")
    page = answer.content.decode()

    nonces = re.findall(r'<script nonce="([^"]+)">', page)
    policy = answer["Content-Security-Policy"]
    assert len(nonces) == 1
    assert f"'nonce-{nonces[0]}'" in policy
    assert "unsafe-inline" not in policy
    assert not re.findall(r"<script(?![^>]*(?:src|nonce))", page)
    assert "<style" not in page


def test_nothing_is_fetched_from_elsewhere(client: Client) -> None:
    page = _text(client, "/")

    addresses = re.findall(r'(?:src|href)="(https?://[^"]+)"', page)
    assert all(address.startswith("http://testserver/") for address in addresses)


def test_styles_and_scripts_of_a_public_page_stay_in_the_budget(client: Client) -> None:
    page = _text(client, "/")
    names = re.findall(r'(?:<link rel="stylesheet" href|<script src)="/static/([^"]+)"', page)

    weights = {name: _weight(name) for name in names}

    assert {"css/tokens.css", "css/base.css", "css/components.css", "js/portal.js"} <= set(weights)
    assert sum(weights.values()) <= BUDGET, weights
    assert weights["js/portal.js"] <= OWN_SCRIPT


def _weight(name: str) -> int:
    path = finders.find(name)
    if not isinstance(path, str):
        pytest.skip(f"{name} is not installed: run make venv")
    return len(gzip.compress(Path(path).read_bytes(), 9))


def test_the_home_page_is_light(client: Client) -> None:
    assert len(gzip.compress(_text(client, "/").encode(), 9)) <= 15_000


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    sprite = (Path(settings.BASE_DIR) / "static" / "icons.svg").read_text()
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))

    for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        named = set(re.findall(r'{% icon "([\w-]+)"', path.read_text()))
        assert named <= known, path
