"""The shape that notices about accounts share: a few plain sentences and the page to open."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import Enterprise
from accounts.roles import Role
from foundation.languages import EN, ZH, is_english, pick
from foundation.roc import format_date
from ledger.models import Entry
from notifications.registry import About, NotificationType, Recipient

NOTICE = "notifications/messages/notice"


class Notice(NotificationType):
    """A few plain sentences: subclasses say the subject and the paragraphs."""

    template = NOTICE
    about = About.PEOPLE

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        raise NotImplementedError

    def context(self, entry: Entry, recipient: Recipient) -> dict[str, Any]:
        subject, paragraphs = self.words(entry)
        return {"subject": subject, "paragraphs": paragraphs}


def enterprise_name(entry: Entry) -> str:
    return str(pick(Enterprise.objects.get(pk=entry.facts["enterprise_id"]), "name"))


def day_words(day: date) -> str:
    return format_date(day, EN if is_english() else ZH, "weekday")


def role_name(entry: Entry) -> str:
    return str(Role(entry.facts["role"]).label)


class AboutEnterprise(Notice):
    """A notice whose page is the enterprise's own."""

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("account:enterprise", args=[entry.facts["enterprise_id"]])


class ToTheMember(AboutEnterprise):
    """A notice to the person whose membership it is about, unless she did it herself."""

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        user_id = entry.facts["user_id"]
        if user_id != entry.actor_id:
            yield Recipient(
                user_id=user_id, reason=gettext_lazy("It is about your place in an enterprise.")
            )
