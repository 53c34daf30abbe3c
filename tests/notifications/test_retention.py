"""Old e-mails are forgotten: that they were sent stays known, what they said and to whom does not."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ledger.models import Entry
from notifications.errors import TextForgottenError
from notifications.events import PostEvent
from notifications.models import Message
from notifications.services import resending, retention
from notifications.services.delivery import deliver_due
from notifications.states import MessageState
from notifications.tasks import forget_texts
from sme_portal.celery import app
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LONG_AGO = NOW - dt.timedelta(days=181)
WORDS = ("email", "subject", "text", "html", "path")


def words_of(message):
    return {getattr(Message.objects.get(pk=message.pk), name) for name in WORDS}


def old(**traits):
    sent_at = {"sent_at": LONG_AGO} if traits.get("sent") else {}
    return MessageFactory(created_at=LONG_AGO, path="/case/1/", **sent_at, **traits)


@pytest.mark.parametrize("state", ["sent", "failed", "suppressed"])
def test_words_and_address_of_an_old_mail_go_and_its_row_and_key_stay(state):
    message = old(**{state: True})

    assert retention.forget_due(NOW) == 1

    assert words_of(message) == {""}
    kept = Message.objects.get(key=message.key)
    assert (kept.kind, kept.state, kept.sent_at) == (message.kind, message.state, message.sent_at)
    entry = Entry.objects.get(event=PostEvent.TEXTS_FORGOTTEN)
    assert (entry.actor_id, entry.facts["count"]) == (None, 1)


def test_what_is_young_or_still_owed_keeps_its_words():
    yesterday = NOW - dt.timedelta(days=1)
    kept = [
        MessageFactory(sent=True),
        MessageFactory(sent=True, created_at=LONG_AGO, sent_at=yesterday),
        old(),
        old(for_digest=True),
        old(in_portal=True),
    ]

    assert retention.forget_due(NOW) == 0

    assert all(Message.objects.get(pk=message.pk).text == message.text for message in kept)
    assert not Entry.objects.exists()


def test_how_long_is_a_setting(settings):
    settings.MESSAGE_TEXT_DAYS = 400
    message = old(sent=True)

    forget_texts()
    assert not Message.objects.get(pk=message.pk).is_forgotten

    settings.MESSAGE_TEXT_DAYS = 30
    forget_texts()
    assert Message.objects.get(pk=message.pk).is_forgotten


def test_it_goes_on_in_small_batches_and_tells_of_each():
    for _number in range(5):
        old(sent=True)

    assert [retention.forget_batch(before=NOW, limit=2) for _batch in range(4)] == [2, 2, 1, 0]

    told = Entry.objects.filter(event=PostEvent.TEXTS_FORGOTTEN)
    assert [entry.facts["count"] for entry in told.order_by("pk")] == [2, 2, 1]


def test_a_forgotten_mail_is_neither_sent_again_nor_is_its_address_held_back():
    message, actor = old(failed=True), UserFactory()
    retention.forget_due(NOW)

    with pytest.raises(TextForgottenError):
        resending.resend(message_id=message.pk, actor_id=actor.pk)
    with pytest.raises(TextForgottenError):
        resending.hold_address_back(message_id=message.pk, reason="x", actor_id=actor.pk)
    assert resending.resend_all_failed(actor_id=actor.pk) == 0

    assert deliver_due() == 0


@pytest.mark.parametrize(
    ("traits", "changes", "name"),
    [
        ({"sent": True}, {"text": "還在"}, "message_forgotten_says_nothing_to_nobody"),
        ({"sent": True}, {"email": "a@tests.example"}, "message_forgotten_says_nothing_to_nobody"),
        ({}, {"state": MessageState.PENDING}, "message_forgotten_is_settled"),
    ],
)
def test_the_database_holds_it_to_that(traits, changes, name):
    message = MessageFactory(**traits)
    empty = dict.fromkeys(WORDS, "")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(
            **{**empty, **changes}, forgotten_at=timezone.now()
        )


def test_beat_asks_for_it_every_night():
    assert "notifications.tasks.forget_texts" in {
        row["task"] for row in app.conf.beat_schedule.values()
    }
