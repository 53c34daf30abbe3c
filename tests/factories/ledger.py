"""Entries and what is owed of them."""

import factory

from ledger.models import Delivery, DeliveryState, Entry


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entry

    event = "test.thing.happened"
    subject_label = "test.thing"
    subject_id = "1"
    stream = "test.thing:1"


class DeliveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delivery

    class Params:
        given_up = factory.Trait(state=DeliveryState.DEAD, attempts=10, last_error="ValueError")

    entry = factory.SubFactory(EntryFactory)
    subscriber = "test.subscriber"
    stream = factory.SelfAttribute("entry.stream")
