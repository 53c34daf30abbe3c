"""Every public page with one language missing or older: answers, announcements, systems; one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import standing
from accounts.roles import Permission
from assistance.models import SystemEdition
from assistance.models.system_edition import LIST_FIELDS, TEXT_FIELDS
from foundation.guards import requires
from foundation.htmx import render
from foundation.languages import pick
from knowledge.announcement_parity import missing_languages
from knowledge.models import Announcement, Question
from knowledge.models.announcement import AnnouncementQuerySet
from knowledge.models.question import QuestionQuerySet
from knowledge.permissions import can_read_knowledge
from knowledge.views.news.shown import version_of

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One page; `url` leads to where it is kept, or to the page itself where somebody else keeps it."""

    title: str
    url: str
    agency: str
    missing: str = ""
    older: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    number: int
    rows: list[Row]


@require_safe
@requires(can_read_knowledge)
def index(request: HttpRequest) -> HttpResponse:
    """What readers of one language do not get, or get late."""
    questions = Question.objects.public().filter(Question.is_in_one_language())
    news = Announcement.objects.readable_to(request.user).in_one_language()
    systems = list(_systems(request))
    groups = [
        Group(_("Questions and answers"), questions.count(), list(_questions(request, questions))),
        Group(_("Announcements"), news.count(), list(_news(request, news))),
        Group(_("Guidance systems"), len(systems), systems),
    ]
    context = {"groups": groups, "total": sum(one.number for one in groups), "most": MOST_ROWS}
    return render(request, "assistance/catalogue/languages.html", context)


def _questions(request: HttpRequest, found: QuestionQuerySet) -> Iterator[Row]:
    mine = set(Question.objects.kept_by(request.user).values_list("pk", flat=True))
    rows = found.select_related("published", "agency").defer("search")
    for one in rows.order_by("review_due_on", "pk")[:MOST_ROWS]:
        words = one.published
        if words is None:
            continue
        page = "manage_qa:question" if one.pk in mine else "qa:detail"
        yield Row(
            title=words.title,
            url=reverse(page, args=[one.slug]),
            agency=pick(one.agency, "name"),
            missing=words.missing,
            older=words.behind,
            because=words.one_language_because,
        )


def _news(request: HttpRequest, found: AnnouncementQuerySet) -> Iterator[Row]:
    mine = set(Announcement.objects.kept_by(request.user).values_list("pk", flat=True))
    rows = found.for_page().order_by("-published_at", "-pk")
    for one in rows[:MOST_ROWS]:
        words = version_of(one)
        page = "manage_news:page" if one.pk in mine else "news:detail"
        yield Row(
            title=pick(words, "title"),
            url=reverse(page, args=[one.slug]),
            agency=pick(one.agency, "name"),
            missing=next(iter(missing_languages(words)), ""),
            older=words.behind,
            because=words.one_language_because,
        )


def _systems(request: HttpRequest) -> Iterator[Row]:
    """The editions in force; one whose texts are in one language names the other."""
    keeps = standing(request.user).may(Permission.CATALOGUE_EDIT)
    page = "manage:system" if keeps else "systems:detail"
    for edition in SystemEdition.objects.current_editions():
        missing = next((code for code in ("zh", "en") if not _is_whole(edition, code)), "")
        if missing:
            agencies = "、".join(pick(agency, "name") for agency in edition.agencies_on())
            url = reverse(page, args=[edition.system.code])
            yield Row(pick(edition, "name"), url, agencies, missing)


def _is_whole(edition: SystemEdition, code: str) -> bool:
    listed = all(item.get(code) for name in LIST_FIELDS for item in getattr(edition, name))
    return listed and all(getattr(edition, f"{name}_{code}") for name in TEXT_FIELDS)
