"""Cases by the published answers they know: those of one answer, and those that a changed law touches."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assistance.models import Case, KnownAnswer, KnownAs
from assistance.models.case import CaseQuerySet
from assistance.models.known_answer import KnownAnswerQuerySet
from assistance.permissions import can_see_known_cases
from foundation.guards import requires
from foundation.htmx import render
from foundation.listing import Sorts, keyset_page
from knowledge.models import LawArticle, Question
from knowledge.statistics import use_of

_SORTS = Sorts({"updated": ("-updated_at",)}, default="updated")


@require_safe
@requires(can_see_known_cases)
def law(request: HttpRequest, law_id: int) -> HttpResponse:
    """What a change of this article touches: published answers, and cases that are not settled."""
    article = get_object_or_404(LawArticle.objects.visible_to(request.user), pk=law_id)
    resting = KnownAnswer.objects.resting_on(article.pk)
    touched = Case.objects.unsettled().filter(pk__in=resting.values("case"))
    citing = Question.objects.public().filter(published__laws=article)
    context = {
        "law": article,
        "citing": citing.select_related("published", "agency").defer("search").order_by("pk"),
        "kept": set(citing.kept_by(request.user).values_list("pk", flat=True)),
        **_cases(request, touched, resting),
    }
    return render(request, "assistance/desk/law.html", context)


@require_safe
@requires(can_see_known_cases)
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of one answer: its figures, and the cases that know it."""
    known = Question.objects.visible_to(request.user).select_related("published").defer("search")
    one = get_object_or_404(known, slug=slug)
    links = KnownAnswer.objects.filter(question=one)
    ways = dict(links.order_by().values_list("known_as").annotate(n=Count("pk")))
    newest = None if one.published else one.versions.newest_first().first()
    context = {
        "question": one,
        "title": newest.title if newest else one.title,
        "is_kept": Question.objects.kept_by(request.user).filter(pk=one.pk).exists(),
        "use": use_of(one),
        "ways": [(way.label, ways.get(way.value, 0)) for way in KnownAs],
        **_cases(request, Case.objects.filter(pk__in=links.values("case")), links),
    }
    return render(request, "assistance/desk/question.html", context)


def _cases(
    request: HttpRequest, cases: CaseQuerySet, links: KnownAnswerQuerySet
) -> dict[str, Any]:
    """The cases this person reads, page by page; of the others nothing but how many there are."""
    links = links.select_related("question__published").order_by("known_as", "pk")
    mine = cases.on_desk_of(request.user).prefetch_related(
        Prefetch("known_answers", links, to_attr="links")
    )
    page = keyset_page(mine.defer("search"), _SORTS.default, request.GET.get("after"))
    total, read = cases.count(), mine.count()
    return {
        "rows": page.rows,
        "total": total,
        "unread": total - read,
        "more_url": page.next_url(),
    }
