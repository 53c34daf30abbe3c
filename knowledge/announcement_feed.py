"""Announcements as an Atom feed (RFC 4287); withdrawn ones as deleted entries (RFC 6721). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """`id` never changes; `updated_at` moves with each amendment."""

    id: str
    title: str
    summary: str
    html: str
    url: str
    author: str
    categories: tuple[tuple[str, str], ...]
    published_at: datetime
    updated_at: datetime
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    id: str
    title: str
    author: str
    language: str
    self_url: str
    page_url: str
    updated_at: datetime
    entries: tuple[FeedEntry, ...]
    gone: tuple[Gone, ...] = ()
    # Where older entries are (RFC 5005, section 3), and where the newest are.
    next_url: str = ""
    first_url: str = ""


def as_atom(feed: Feed) -> bytes:
    """The feed as a document in UTF-8."""
    ET.register_namespace("", ATOM)
    ET.register_namespace("at", TOMBSTONES)
    root = ET.Element(f"{{{ATOM}}}feed", {_LANG: feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(feed.updated_at))
    _add(_add(root, "author"), "name", feed.author)
    _link(root, "self", feed.self_url, "application/atom+xml")
    _link(root, "alternate", feed.page_url, "text/html")
    if feed.first_url:
        _link(root, "first", feed.first_url, "application/atom+xml")
    if feed.next_url:
        _link(root, "next", feed.next_url, "application/atom+xml")
    for entry in feed.entries:
        _entry(root, entry)
    for one in feed.gone:
        named = {"ref": one.id, "when": _moment(one.at)}
        ET.SubElement(root, f"{{{TOMBSTONES}}}deleted-entry", named)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def latest(moments: Iterable[datetime], otherwise: datetime) -> datetime:
    """When a feed last changed; a feed that has nothing yet says when it began."""
    return max(moments, default=otherwise)


def _entry(root: ET.Element, entry: FeedEntry) -> None:
    row = _add(root, "entry")
    row.set(_LANG, entry.language)
    _add(row, "id", entry.id)
    _add(row, "title", entry.title)
    _add(row, "published", _moment(entry.published_at))
    _add(row, "updated", _moment(entry.updated_at))
    _add(_add(row, "author"), "name", entry.author)
    _link(row, "alternate", entry.url, "text/html")
    for term, label in entry.categories:
        ET.SubElement(row, f"{{{ATOM}}}category", {"term": term, "label": label})
    _add(row, "summary", entry.summary)
    content = _add(row, "content", entry.html)
    content.set("type", "html")


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = text
    return child


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, "type": kind})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
