"""What an announcement is about, for whom it is meant, and the life of it and of each version."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.transitions import Course


class Category(models.TextChoices):
    """The order is the order of display; each has a feed of its own."""

    INDUSTRIES = "industries", _("New industries and products")
    PROGRAMMES = "programmes", _("Programmes")
    OPPORTUNITIES = "opportunities", _("Business opportunities")
    EVENTS = "events", _("Events")
    URGENT = "urgent", _("Urgent notices")


class Audience(models.TextChoices):
    """For whom it is meant. Only the last one hides it from everybody else."""

    EVERYONE = "all", _("Everyone")
    SYSTEM = "system", _("Whoever is concerned with certain topics")
    COUNTY = "county", _("Enterprises in certain counties")
    ROLE = "role", _("People in certain roles only")


class AnnouncementState(models.TextChoices):
    """What readers have of it."""

    UNPUBLISHED = "unpublished", _("Not public yet")
    PUBLISHED = "published", pgettext_lazy("an announcement", "Public")
    ENDED = "ended", pgettext_lazy("an announcement", "Ended")
    WITHDRAWN = "withdrawn", pgettext_lazy("an announcement", "Withdrawn")


# Whose words somebody may read: of withdrawn ones nothing is shown.
READABLE_STATES = (AnnouncementState.PUBLISHED, AnnouncementState.ENDED)

ANNOUNCEMENT_COURSE = Course(
    {
        AnnouncementState.UNPUBLISHED: {AnnouncementState.PUBLISHED},
        AnnouncementState.PUBLISHED: {AnnouncementState.ENDED, AnnouncementState.WITHDRAWN},
        # An amendment with a later end brings it back.
        AnnouncementState.ENDED: {AnnouncementState.PUBLISHED, AnnouncementState.WITHDRAWN},
        AnnouncementState.WITHDRAWN: set(),
    }
)


class VersionState(models.TextChoices):
    """How far one version has come on its way through two pairs of hands."""

    DRAFT = "draft", pgettext_lazy("a version", "Draft")
    IN_REVIEW = "in_review", _("Waits for approval")
    APPROVED = "approved", _("Approved, waits for its time")
    PUBLISHED = "published", pgettext_lazy("a version", "In force")
    REPLACED = "replaced", pgettext_lazy("a version", "Replaced")
    DROPPED = "dropped", pgettext_lazy("a version", "Set aside")


VERSION_COURSE = Course(
    {
        VersionState.DRAFT: {VersionState.IN_REVIEW, VersionState.DROPPED},
        VersionState.IN_REVIEW: {VersionState.DRAFT, VersionState.APPROVED},
        VersionState.APPROVED: {VersionState.DRAFT, VersionState.PUBLISHED},
        VersionState.PUBLISHED: {VersionState.REPLACED},
        VersionState.REPLACED: set(),
        VersionState.DROPPED: set(),
    }
)
OPEN_VERSIONS = (VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.APPROVED)
APPROVED_VERSIONS = (VersionState.APPROVED, VersionState.PUBLISHED, VersionState.REPLACED)


class SubscriptionPace(models.TextChoices):
    DAILY = "daily", _("Every morning when there is something new")
    WEEKLY = "weekly", _("Every Monday morning when there is something new")


class SubscriptionState(models.TextChoices):
    PENDING = "pending", _("Not confirmed yet")
    ACTIVE = "active", pgettext_lazy("a subscription", "Active")
    ENDED = "ended", pgettext_lazy("a subscription", "Ended")


SUBSCRIPTION_COURSE = Course(
    {
        SubscriptionState.PENDING: {SubscriptionState.ACTIVE, SubscriptionState.ENDED},
        SubscriptionState.ACTIVE: {SubscriptionState.ENDED},
        SubscriptionState.ENDED: {SubscriptionState.PENDING, SubscriptionState.ACTIVE},
    }
)
