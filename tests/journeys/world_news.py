"""What the small world holds for the pages of announcements: one public event and its amendment."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Agency, User
from foundation.papers import keep_paper
from knowledge.models import AnnouncementFile
from tests.factories.announcements import (
    AnnouncementFactory,
    AnnouncementVersionFactory,
    SubscriptionFactory,
)


def things(smesa: Agency, editor: User) -> dict[str, Any]:
    """The draft waits for approval; its canary is read only where it is kept."""
    notice = AnnouncementFactory(
        slug="export-day", agency=smesa, version__event=True, published=True
    )
    draft = AnnouncementVersionFactory(
        announcement=notice,
        number=2,
        author=editor,
        event=True,
        in_review=True,
        title_zh="qznews 修訂中的公告",
        body_zh="qznews 修訂中的內文",
    )
    file = AnnouncementFile.objects.create(
        announcement=notice,
        name="qznews.pdf",
        kind="pdf",
        mime="application/pdf",
        size=4,
        sha256="0" * 64,
        storage_name=keep_paper(ContentFile(b"%PDF")),
        added_at=timezone.now(),
        added_by=editor,
    )
    draft.files.add(file)
    return {"news": notice, "news_file": file, "news_reader": SubscriptionFactory()}
