"""Announcements and who subscribes to them: the least that is valid."""

from datetime import datetime, timedelta

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from knowledge.announcement_states import AnnouncementState
from knowledge.models import Announcement, AnnouncementVersion, Subscription
from knowledge.services.announcement_publishing import publish_version
from tests.factories.accounts import UserFactory


class AnnouncementFactory(DjangoModelFactory):
    """A draft of one version; `published`, `ended` and `withdrawn` say how far it has come.

    Fields of the version are given as `version__title_zh=…`.
    """

    class Meta:
        model = Announcement
        skip_postgeneration_save = True

    class Params:
        coordinator = factory.Trait(
            agency=factory.SubFactory("tests.factories.assistance.CoordinatorFactory")
        )

    slug = factory.Sequence(lambda n: f"notice-{n}")
    agency = factory.SubFactory("tests.factories.accounts.AgencyFactory")

    @factory.post_generation
    def version(self, create, extracted, **fields):
        if create and extracted is not False:
            AnnouncementVersionFactory(announcement=self, **fields)

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        if create and extracted:
            put_in_force(self, extracted if isinstance(extracted, datetime) else timezone.now())

    @factory.post_generation
    def ended(self, create, extracted, **kwargs):
        if create and extracted:
            self.state = AnnouncementState.ENDED
            self.save()

    @factory.post_generation
    def withdrawn(self, create, extracted, **kwargs):
        if create and extracted:
            self.state = AnnouncementState.WITHDRAWN
            self.withdrawn_at, self.withdrawn_by = timezone.now(), UserFactory()
            self.withdrawn_because_zh, self.withdrawn_because_en = "內容有誤", "It was wrong"
            self.save()


class AnnouncementVersionFactory(DjangoModelFactory):
    class Meta:
        model = AnnouncementVersion

    class Params:
        in_review = factory.Trait(
            state="in_review",
            submitted_at=factory.LazyFunction(timezone.now),
            submitted_by=factory.SelfAttribute("author"),
        )
        event = factory.Trait(
            category="events",
            event_starts_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=9)),
            place_zh="示範會館",
            place_en="Example Hall",
        )

    announcement = factory.SubFactory(AnnouncementFactory, version=False)
    number = 1
    category = "programmes"
    audience = "all"
    title_zh = factory.Sequence(lambda n: f"示範公告第{n}則")
    title_en = factory.Sequence(lambda n: f"Example notice number {n}")
    summary_zh = "一句話說完。"
    summary_en = "In one sentence."
    body_zh = "內容第一段。"
    body_en = "The first paragraph."
    author = factory.SubFactory("tests.factories.accounts.UserFactory")
    writers = factory.LazyAttribute(lambda version: [version.author.pk])


def put_in_force(announcement, at):
    """The only version of an announcement, as if it had been approved and published at `at`."""
    version = announcement.versions.get()
    version.submitted_at = version.approved_at = at
    version.submitted_by, version.approved_by = version.author, UserFactory()
    version.state = "approved"
    version.save()
    version.announcement = announcement
    with transaction.atomic():
        publish_version(version, at=at)


class SubscriptionFactory(DjangoModelFactory):
    """A confirmed address; `user=…` makes it a person's, `pending` leaves it unconfirmed."""

    class Meta:
        model = Subscription

    class Params:
        pending = factory.Trait(state="pending", confirmed_at=None)

    email = factory.LazyAttributeSequence(lambda o, n: "" if o.user else f"reader{n}@example.com")
    user = None
    language = "zh-hant"
    pace = "daily"
    state = "active"
    confirmed_at = factory.LazyFunction(timezone.now)
