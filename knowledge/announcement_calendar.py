"""Events as iCalendar (RFC 5545): CRLF, lines of at most 75 octets, times in UTC. Pure functions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LONGEST_LINE = 75
USUAL_LENGTH = timedelta(hours=2)
PRODUCT = "-//SME Assistance Portal//Announcements//ZH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; `sequence` goes up with each amendment, `uid` never changes."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    title: str
    text: str
    place: str
    url: str
    is_cancelled: bool = False


def as_calendar(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar of these events, ready to be sent."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _lines_of(event)
    lines.append("END:VCALENDAR")
    return b"".join(piece + b"\r\n" for line in lines for piece in folded(line))


def _lines_of(event: Event) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_utc(event.changed_at)}",
        f"LAST-MODIFIED:{_utc(event.changed_at)}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at or event.starts_at + USUAL_LENGTH)}",
        f"SUMMARY:{escaped(event.title)}",
        f"URL:{event.url}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
    ]
    if event.text:
        lines.append(f"DESCRIPTION:{escaped(event.text)}")
    if event.place:
        lines.append(f"LOCATION:{escaped(event.place)}")
    return [*lines, "END:VEVENT"]


def escaped(text: str) -> str:
    """A TEXT value (section 3.3.11)."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n")):
        text = text.replace(plain, written)
    return text.replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most 75 octets, never cut within a character (section 3.1)."""
    rest, room, start = line.encode(), LONGEST_LINE, b""
    while len(rest) > room:
        cut = room
        while rest[cut] & 0b1100_0000 == 0b1000_0000:
            cut -= 1
        yield start + rest[:cut]
        rest, room, start = rest[cut:], LONGEST_LINE - 1, b" "
    yield start + rest


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
