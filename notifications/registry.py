"""Which happenings people are told of, who is told, and which are silent on purpose.

An app declares what it tells in its own `notifications.py`:

    @notification
    class CaseReceived(NotificationType):
        kind = "case.received"
        event = CaseEvent.SUBMITTED
        label = _("We have received your request")
        template = "assistance/messages/case.submitted"
        may_switch_off = False

        def audience(self, entry): ...
        def context(self, entry, recipient): ...
        def path(self, entry, recipient): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from ledger.models import Entry


DIGEST_KIND = "notifications.digest"
LETTER_KIND = "notifications.letter"
BULLETIN_KIND = "notifications.bulletin"
_OWN_LABELS: dict[str, StrPromise] = {
    DIGEST_KIND: _("Daily digest"),
    LETTER_KIND: _("Letter with a code or link"),
    BULLETIN_KIND: _("News somebody subscribed to"),
}


class Concerns(StrEnum):
    """Whose kind of notification it is: decides on whose preferences page it is listed."""

    APPLICANT = "applicant"
    STAFF = "staff"
    EVERYONE = "everyone"


class About(TextChoices):
    """What a kind of notification is about: the headings of the preferences page, in order."""

    WORK = "work", _("Work given to you")
    TALK = "talk", _("Questions, messages and files")
    COURSE = "course", _("How cases get on")
    PEOPLE = "people", _("Enterprises, people and roles")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person to be told: a user by id, or an address by itself.

    A user's own address and language are looked up when they are left blank. `reason` says why
    this person hears of it, in her language ("You are the lead officer of this request.").
    """

    user_id: int | None = None
    email: str = ""
    language: str = ""
    reason: str | StrPromise = ""

    def __post_init__(self) -> None:
        if self.user_id is None and not self.email:
            raise ValueError("a recipient is a user or an address")


class NotificationType:
    """One kind of notification. Subclass it, set the words, say who hears.

    kind            lasting name, unique in the portal; the person's choice is kept under it
    event           the ledger event that causes it
    label           what the person reads on the preferences page
    template        stem of the templates: <stem>.subject.txt, <stem>.txt, <stem>.html
    may_switch_off  False for what a person must hear at once: no digest, no cap, no off
    by_email        False for what is told in the portal's inbox alone
    concerns        whose preferences page lists it
    about           under which heading it is listed there
    """

    kind: str
    event: str
    label: str | StrPromise
    template: str
    may_switch_off: bool = True
    by_email: bool = True
    concerns: Concerns = Concerns.APPLICANT
    about: About = About.COURSE

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        """Everyone who is to be told of this entry, each with the reason."""
        raise NotImplementedError

    def context(self, entry: Entry, recipient: Recipient) -> Mapping[str, Any]:
        """What the templates need besides `url`, `portal_name`, `reason` and `language`."""
        return {}

    def path(self, entry: Entry, recipient: Recipient) -> str:
        """The page to open, as a path; called with the recipient's language active."""
        return ""

    def ids(self, entry: Entry) -> dict[str, int | str]:
        """Ids kept beside the message, to find what it was about."""
        return {entry.subject_label: entry.subject_id}


Listener = Callable[[str], None]
TypeClass = TypeVar("TypeClass", bound=type[NotificationType])

_types: dict[str, NotificationType] = {}
_silences: dict[str, str] = {}
_listeners: list[Listener] = []


def notification(declared: TypeClass) -> TypeClass:
    """Register a kind of notification; its event is heard from now on."""
    kind = declared()
    if kind.kind in _types and type(_types[kind.kind]).__qualname__ != declared.__qualname__:
        raise ValueError(f"two notifications are called {kind.kind!r}")
    kind.event = str(kind.event)
    if kind.event in _silences:
        raise ValueError(f"{kind.event!r} was declared silent")
    _types[kind.kind] = kind
    for listener in _listeners:
        listener(kind.event)
    return declared


def silence(event: str, *, because: str) -> None:
    """State that nobody is notified of this event, and why."""
    if not because.strip():
        raise ValueError("a silence needs a reason")
    if str(event) in {kind.event for kind in _types.values()}:
        raise ValueError(f"{event!r} has a notification")
    _silences[str(event)] = because


def registered() -> list[NotificationType]:
    """Every kind of notification, in the order of declaration."""
    return list(_types.values())


def registered_for(event: str) -> list[NotificationType]:
    """The kinds that one event causes."""
    return [kind for kind in _types.values() if kind.event == str(event)]


def kind_named(kind: str) -> NotificationType | None:
    """The type behind a stored kind; None where it is no longer declared."""
    return _types.get(kind)


def label_of(kind: str) -> str:
    """What a stored kind is called, for people; its name where it is no longer declared."""
    declared = _types.get(kind)
    return str(declared.label if declared else _OWN_LABELS.get(kind, kind))


def silences() -> dict[str, str]:
    """Events of which nobody is told, each with its reason."""
    return dict(_silences)


def on_each_event(listener: Listener) -> None:
    """Call the listener with each event that is notified, declared before or after."""
    _listeners.append(listener)
    for event in {kind.event for kind in _types.values()}:
        listener(event)
