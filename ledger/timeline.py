"""What happened, in words: each event has a sentence for the public and one for staff.

Apps upstairs register theirs in their own `timeline.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.prepared import Prepared
from ledger.events import LedgerEvent
from ledger.models import Entry
from ledger.models.entry import stream_name

Audience = Literal["public", "staff"]
Words = str | Promise | Callable[[Entry], "str | Promise"]


@dataclass(frozen=True, slots=True)
class Sentences:
    public: Words | None
    staff: Words


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline."""

    entry: Entry
    text: str

    @property
    def at(self) -> datetime:
        return self.entry.at

    @property
    def actor_id(self) -> int | None:
        return self.entry.actor_id


_sentences: dict[str, Sentences] = {}


def sentence(event: str, *, public: Words | None, staff: Words | None = None) -> None:
    """Say how an event reads. `public=None`: only staff see it. `staff` defaults to `public`.

    Words are a lazily translated text, filled from the entry's facts ("%(system)s"), or a
    function of the entry that returns the text.
    """
    words = staff if staff is not None else public
    if words is None:
        raise ValueError(f"{event} needs a sentence for staff at least")
    _sentences[str(event)] = Sentences(public, words)


def registered_events() -> frozenset[str]:
    return frozenset(_sentences)


def plain_words(event: str) -> Words | None:
    """The staff sentence of an event where it is the same for every entry; else None."""
    known = _sentences.get(event)
    if known is None or not isinstance(known.staff, str | Promise):
        return None
    return None if "%(" in str(known.staff) else known.staff


def text_of(entry: Entry, audience: Audience) -> str:
    """The sentence of one entry, in the active language; empty where it is not for them."""
    known = _sentences.get(entry.event)
    if known is None:
        return ""
    return _fill(getattr(known, audience), entry)


def timeline_for(
    stream: Model, audience: Audience, *, prepare: Callable[[Iterable[Entry]], Any] | None = None
) -> list[Line]:
    """What happened around `stream`, oldest first, as the audience may read it.

    `prepare` is called once with the entries before any sentence is built: the place to fetch
    names for all of them in one query.
    """
    entries = _entries_of(stream_name(stream))
    if prepare is not None:
        prepare(entries)
    lines = [Line(entry, text_of(entry, audience)) for entry in entries]
    return [line for line in lines if line.text]


@Prepared
def _entries_of(stream: str) -> Any:
    return Entry.objects.in_stream(stream)


def _fill(words: Words | None, entry: Entry) -> str:
    if words is None:
        return ""
    if callable(words) and not isinstance(words, Promise):
        return str(words(entry))
    text = str(words)
    return text % entry.facts if "%(" in text else text


sentence(
    LedgerEvent.CHAIN_BROKEN,
    public=None,
    staff=_("The nightly check found that the record is not as it was written."),
)
sentence(
    LedgerEvent.DELIVERY_RETRIED,
    public=None,
    staff=_("A delivery that was given up was put back in line."),
)
