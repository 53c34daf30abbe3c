from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.utils import translation

from ledger.timeline import registered_events
from notifications import registry
from notifications.registry import NotificationType, Recipient

HOUSE = {
    "accounts",
    "notifications",
    "network",
    "knowledge",
    "assistance",
    "procurement",
    "coordination",
}


def _events() -> Iterator[str]:
    for config in apps.get_app_configs():
        if config.name in HOUSE and find_spec(f"{config.name}.events"):
            module = import_module(f"{config.name}.events")
            for thing in vars(module).values():
                if isinstance(thing, type) and issubclass(thing, str) and issubclass(thing, Enum):
                    yield from (str(event.value) for event in thing)


def _declared() -> list[NotificationType]:
    return [kind for kind in registry.registered() if not kind.kind.startswith("tests.")]


@pytest.mark.parametrize("event", sorted(set(_events())))
def test_each_event_is_notified_or_silent_with_a_reason(event: str) -> None:
    told = {kind.event for kind in registry.registered()}

    assert event in told or event in registry.silences(), f"{event}: who is told?"


@pytest.mark.parametrize("event", sorted(set(_events())))
def test_each_event_reads_as_a_sentence_in_the_timeline(event: str) -> None:
    assert event in registered_events()


@pytest.mark.parametrize("kind", _declared(), ids=lambda kind: kind.kind)
@pytest.mark.parametrize("ending", ["subject.txt", "txt", "html"])
def test_each_kind_has_its_three_templates(kind: NotificationType, ending: str) -> None:
    assert get_template(f"{kind.template}.{ending}")


@pytest.mark.parametrize("kind", _declared(), ids=lambda kind: kind.kind)
def test_each_kind_is_named_in_both_languages(kind: NotificationType) -> None:
    with translation.override("en"):
        english = str(kind.label)
    with translation.override("zh-hant"):
        chinese = str(kind.label)

    assert english.isascii()
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese), english


def test_two_kinds_of_one_name_are_refused() -> None:
    class Sample(NotificationType):
        kind = "tests.sample"
        event = "tests.other"
        label = "Another"
        template = "notifications/messages/notice"

    Sample.__qualname__ = "Other"
    with pytest.raises(ValueError, match=r"two notifications"):
        registry.notification(Sample)


def test_a_silence_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="reason"):
        registry.silence("tests.nobody", because=" ")


def test_an_event_is_not_both_told_and_silent() -> None:
    with pytest.raises(ValueError, match="has a notification"):
        registry.silence("tests.happened", because="By mistake.")


def test_a_listener_hears_of_kinds_declared_before_and_after() -> None:
    heard: list[str] = []

    registry.on_each_event(heard.append)

    assert "tests.happened" in heard
    registry._listeners.remove(heard.append)


def test_a_recipient_is_somebody() -> None:
    with pytest.raises(ValueError, match="recipient"):
        Recipient()
