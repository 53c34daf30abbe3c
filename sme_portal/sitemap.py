"""Which public pages search engines are shown, each in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from accounts.reference import counties
from assistance.models import SystemEdition
from knowledge.models import Announcement, Question
from network.models import Organisation

if TYPE_CHECKING:
    AnySitemap = Sitemap[Any]
else:
    AnySitemap = Sitemap


class BothLanguages(AnySitemap):
    """Every address is named in Chinese and in English, and each names the other."""

    i18n = True
    alternates = True
    x_default = True


class StandingPages(BothLanguages):
    """Pages that are always there."""

    def items(self) -> Iterable[str]:
        return [
            "home",
            "systems:index",
            "systems:finder",
            "network:map",
            "volunteers:index",
            "qa:search",
            "news:list",
            "a11y",
            "privacy",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class Systems(BothLanguages):
    """The catalogue's page of each guidance system."""

    def items(self) -> Iterable[str]:
        editions = SystemEdition.objects.current_editions()
        return [edition.system.code for edition in editions]

    def location(self, item: str) -> str:
        return reverse("systems:detail", args=[item])


class Counties(BothLanguages):
    """The service network of each county."""

    def items(self) -> Iterable[str]:
        return list(counties())

    def location(self, item: str) -> str:
        return reverse("network:county", args=[item])


class Organisations(BothLanguages):
    """Open entries of the directory."""

    def items(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(AnonymousUser()).order_by("pk")

    def location(self, item: Organisation) -> str:
        return reverse("network:organisation", args=[item.uuid])

    def lastmod(self, item: Organisation) -> dt.datetime:
        return item.updated_at


class Questions(BothLanguages):
    """Published answers, each at its lasting address."""

    def items(self) -> QuerySet[Question]:
        public = Question.objects.visible_to(AnonymousUser()).select_related("published")
        return public.defer("search").order_by("pk")

    def location(self, item: Question) -> str:
        return reverse("qa:detail", args=[item.slug])

    def lastmod(self, item: Question) -> dt.datetime | None:
        return item.published.published_at if item.published else None


class Announcements(BothLanguages):
    """What is public now; what is over is found through the archive."""

    def items(self) -> QuerySet[Announcement]:
        public = Announcement.objects.readable_to(AnonymousUser()).published()
        return public.defer("search").order_by("pk")

    def location(self, item: Announcement) -> str:
        return reverse("news:detail", args=[item.slug])

    def lastmod(self, item: Announcement) -> dt.datetime:
        return item.changed_at


SITEMAPS: dict[str, type[AnySitemap]] = {
    "pages": StandingPages,
    "systems": Systems,
    "counties": Counties,
    "organisations": Organisations,
    "questions": Questions,
    "announcements": Announcements,
}
