"""What search engines are led to: every address answers, in both languages, and names its twin."""

import json
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from knowledge.models import Topic
from tests.factories.announcements import AnnouncementFactory
from tests.factories.knowledge import QuestionFactory
from tests.factories.network import OfferingAtLocationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
LANGUAGES = {"zh-Hant-TW", "en"}
# Pages that tell machines what they show.
TOLD = {"systems:detail", "network:county", "network:organisation", "qa:detail"}


class Head(HTMLParser):
    """The links of a page's head, and what stands there for machines."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language = ""
        self.links: list[dict[str, str]] = []
        self.data: list[Any] = []
        self.is_closed = False
        self._is_data = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = said["lang"]
        if tag == "link":
            self.links.append(said)
        self._is_data = tag == "script" and said.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data.append(json.loads(data))
            self._is_data = False

    def links_of(self, rel: str) -> list[dict[str, str]]:
        return [link for link in self.links if link.get("rel") == rel]


@pytest.fixture
def site() -> Client:
    """The reference data, and one of each thing that has a page of its own."""
    call_command("seed_reference", verbosity=0)
    OfferingAtLocationFactory()
    QuestionFactory(public=True, slug="question-of-the-map", words={"topics": [known_topic()]})
    AnnouncementFactory(published=True, slug="notice-of-the-map")
    return Client()


def known_topic() -> Topic:
    return Topic.objects.get(code="financing")


def listed(client: Client) -> list[ElementTree.Element]:
    answer = client.get("/sitemap.xml")
    return ElementTree.fromstring(answer.content).findall("map:url", NAMES)


def path_of(address: str) -> str:
    return urlsplit(address).path


def test_every_address_answers_and_names_itself_and_its_twin(site: Client) -> None:
    paths = [path_of(one.findtext("map:loc", "", NAMES)) for one in listed(site)]

    for path in paths:
        answer = site.get(path)
        assert answer.status_code == 200, path
        head = Head(answer.content.decode())
        is_english = path.startswith("/en/")
        assert head.language == ("en" if is_english else "zh-Hant-TW"), path
        (canonical,) = head.links_of("canonical")
        assert path_of(canonical["href"]) == path
        twins = {
            link["hreflang"]: path_of(link["href"])
            for link in head.links_of("alternate")
            if "hreflang" in link
        }
        chinese = path.removeprefix("/en") if is_english else path
        assert twins == {"zh-Hant-TW": chinese, "en": f"/en{chinese}"}, path
        assert bool(head.data) == (answer.resolver_match.view_name in TOLD), path
        assert all(one["@context"] == "https://schema.org" for one in head.data), path
    assert len(paths) == len(set(paths))


def test_the_list_names_each_page_in_both_languages(site: Client) -> None:
    question, notice = (
        reverse("qa:detail", args=["question-of-the-map"]),
        "/news/notice-of-the-map/",
    )
    found = {path_of(one.findtext("map:loc", "", NAMES)): one for one in listed(site)}

    chinese = {path for path in found if not path.startswith("/en/")}
    assert {f"/en{path}" for path in chinese} == set(found) - chinese
    assert {"/", "/qa/", "/news/", "/network/", "/systems/", question, notice} <= chinese
    for path, one in found.items():
        links = one.findall("xhtml:link", NAMES)
        twins = {link.get("hreflang"): path_of(link.get("href", "")) for link in links}
        same = path.removeprefix("/en") or "/"
        assert twins == {"zh-hant": same, "en": f"/en{same}", "x-default": same}


def test_what_the_public_may_not_read_is_not_listed(site: Client) -> None:
    hidden = [
        OrganisationFactory(closed=True).uuid,
        QuestionFactory(slug="question-draft", words={"topics": [known_topic()]}).slug,
        AnnouncementFactory(slug="notice-draft").slug,
        AnnouncementFactory(published=True, withdrawn=True, slug="notice-taken-back").slug,
    ]

    said = site.get("/sitemap.xml").content.decode()

    assert [one for one in hidden if str(one) in said] == []


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["/", "/news/", "/news/notice-of-the-map/"])
def test_readers_of_feeds_find_them_from_the_pages(site: Client, path: str, prefix: str) -> None:
    head = Head(site.get(prefix + path).content.decode())

    feeds = [
        one for one in head.links_of("alternate") if one.get("type") == "application/atom+xml"
    ]

    assert feeds
    for feed in feeds:
        answer = site.get(feed["href"])
        assert feed["title"]
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert ElementTree.fromstring(answer.content).tag == "{http://www.w3.org/2005/Atom}feed"


def test_robots_are_told_where_the_list_is_and_kept_from_nothing_in_it(site: Client) -> None:
    lines = site.get("/robots.txt").content.decode().splitlines()

    closed = [line.split(": ", 1)[1] for line in lines if line.startswith("Disallow: ")]
    paths = [path_of(one.findtext("map:loc", "", NAMES)) for one in listed(site)]
    assert f"Sitemap: {settings.PORTAL_ORIGIN}/sitemap.xml" in lines
    assert closed
    assert not [path for path in paths if path.startswith(tuple(closed))]
