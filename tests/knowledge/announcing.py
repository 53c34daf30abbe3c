"""What several tests of announcements need: content, editors, approvers."""

import uuid
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from knowledge.models import Announcement
from knowledge.services import announcement_review, announcements
from knowledge.services.announcements import Content
from tests.factories.accounts import StaffMembershipFactory, UserFactory
from tests.factories.assistance import CoordinatorFactory

WORDS = {
    "title_zh": "低利貸款診斷名額增加",
    "title_en": "More places for low-interest loan check-ups",
    "summary_zh": "名額增加 300 家。",
    "summary_en": "Three hundred more firms can apply.",
    "body_zh": "第一段。\n\n第二段。",
    "body_en": "First.\n\nSecond.",
}


def content(**changes) -> Content:
    given = {"category": "programmes", "audience": "all", "topics": [], "counties": []}
    return Content(**(given | {"roles": []} | WORDS | changes))


def staff(role: str, agency=None) -> User:
    """A member of staff of the coordinating agency, unless another is given."""
    user = UserFactory()
    StaffMembershipFactory(user=user, agency=agency or CoordinatorFactory(), role=role)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def drafted(by: User | None = None, slug: str = "", **changes) -> Announcement:
    """A draft that an editor of the coordinating agency wrote, through the service."""
    writer = by or staff(Role.EDITOR)
    made, _new = announcements.draft(
        agency_id=CoordinatorFactory().pk,
        by_id=writer.pk,
        slug=slug,
        content=content(**changes),
        key=uuid.uuid4(),
    )
    return made


def approved(announcement: Announcement, by: User | None = None) -> Announcement:
    """Sent by its writer and approved by another."""
    version = announcement.versions.open().get()
    announcement_review.submit(announcement_id=announcement.pk, by_id=version.author_id)
    announcement_review.approve(
        announcement_id=announcement.pk,
        by_id=(by or staff(Role.APPROVER)).pk,
        revision=version.revision,
    )
    return Announcement.objects.get(pk=announcement.pk)


def amended(announcement: Announcement, **changes) -> Announcement:
    """With these words changed, sent and approved."""
    writer = staff(Role.EDITOR)
    version = announcements.amend(announcement_id=announcement.pk, by_id=writer.pk)
    announcements.change(
        announcement_id=announcement.pk,
        by_id=writer.pk,
        content=content(**changes),
        revision=version.revision,
    )
    return approved(announcement)


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)
