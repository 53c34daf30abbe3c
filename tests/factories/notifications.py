"""Messages and choices in the least valid form."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from notifications.channels import Channel, Pace
from notifications.models import Message, Preference, SuppressedAddress
from notifications.states import MessageState
from tests.factories.accounts import UserFactory


class MessageFactory(DjangoModelFactory):
    """An e-mail that is due. Traits: sent, failed, suppressed, for_digest, in_portal."""

    class Meta:
        model = Message

    class Params:
        sent = factory.Trait(
            state=MessageState.SENT, attempts=1, sent_at=factory.LazyFunction(timezone.now)
        )
        failed = factory.Trait(
            state=MessageState.FAILED, attempts=10, last_error="550 no such mailbox"
        )
        suppressed = factory.Trait(state=MessageState.SUPPRESSED, last_error="bounced")
        for_digest = factory.Trait(state=MessageState.DIGEST)
        in_portal = factory.Trait(
            channel=Channel.PORTAL,
            user=factory.SubFactory(UserFactory),
            email="",
            html="",
            state=MessageState.SENT,
            sent_at=factory.LazyFunction(timezone.now),
        )

    key = factory.Sequence(lambda n: f"tests.happened-{n}-email")
    kind = "tests.sample"
    email = factory.Sequence(lambda n: f"person{n}@tests.example")
    language = "zh-hant"
    channel = Channel.EMAIL
    subject = "您的申請已送出"
    text = "您的申請已送出。\n"
    html = "<p>您的申請已送出。</p>\n"


class PreferenceFactory(DjangoModelFactory):
    """A choice to hear nothing by e-mail."""

    class Meta:
        model = Preference

    user = factory.SubFactory(UserFactory)
    kind = "tests.sample"
    pace = Pace.OFF


class SuppressedAddressFactory(DjangoModelFactory):
    """An address that is held back."""

    class Meta:
        model = SuppressedAddress

    email = factory.Sequence(lambda n: f"bounced{n}@tests.example")
    reason = "信箱不存在"
    suppressed_by = factory.SubFactory(UserFactory)
