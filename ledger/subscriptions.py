"""Who hears of what. Apps upstairs subscribe in their `subscribers.py`."""

from collections.abc import Callable

from ledger.models import Entry

Subscriber = Callable[[Entry], None]

EVERYTHING = "*"

_by_event: dict[str, dict[str, Subscriber]] = {}


def subscribe(*events: str) -> Callable[[Subscriber], Subscriber]:
    """Call the function once for each entry of these events, after its transaction.

    "*" stands for every event. The function runs inside a transaction of its own together
    with the note that it ran; where it raises, it is tried again later. It takes the entry.
    """
    if not events:
        raise ValueError("say which events to subscribe to")

    def register(subscriber: Subscriber) -> Subscriber:
        for event in events:
            _by_event.setdefault(str(event), {})[name_of(subscriber)] = subscriber
        return subscriber

    return register


def name_of(subscriber: Subscriber) -> str:
    return f"{subscriber.__module__}.{subscriber.__qualname__}"


def subscribers_of(event: str) -> dict[str, Subscriber]:
    """The subscribers of an event by name."""
    return {**_by_event.get(str(event), {}), **_by_event.get(EVERYTHING, {})}


def find_subscriber(event: str, name: str) -> Subscriber | None:
    return subscribers_of(event).get(name)
