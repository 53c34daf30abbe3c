"""Questions and answers as everyone reads them: searching, reading, printing, saying whether it helped."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import throttle
from foundation.errors import DomainError
from foundation.finding import best
from foundation.htmx import redirect, render
from foundation.listing import Sorts, keyset_page
from foundation.published import published
from foundation.stamping import CATALOGUE, KNOWLEDGE
from knowledge.models import Question, Topic
from knowledge.models.question import QuestionQuerySet
from knowledge.search import sought_by
from knowledge.services import offers, votes
from knowledge.states import PUBLIC_STATES, QuestionState
from knowledge.views.reading_dates import choices, read_of
from knowledge.views.shown import Shown, shown, structured

VISITOR = "portal_visitor"
_VISITOR_SALT = "knowledge.visitor"
VOTES, IN_SECONDS = 30, 15 * 60
_A_YEAR = 365 * 24 * 60 * 60
_LONGEST_QUERY = 400
_MOST_FOUND = 30
_MOST_TOPICS = 30
_SORTS = Sorts({"newest": ("-first_published_at",)}, default="newest")


@login_not_required
@require_safe
@published(KNOWLEDGE, CATALOGUE)
def search(request: HttpRequest) -> HttpResponse:
    """Find an answer by words, by topic, or by looking through."""
    query = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    chosen = request.GET.getlist("topic")[:_MOST_TOPICS]
    topics = _topics_with_numbers()
    known = {topic.code for topic in topics}
    codes = [code for code in chosen if code in known]
    public = Question.objects.public()
    read, narrowed = read_of(request.GET.get("read", ""), public.about(codes))
    asked = [*(("topic", code) for code in codes), *([("read", read)] if read else [])]
    context = {
        "read": read,
        "read_choices": choices(public.years_read(), read),
        "query": query,
        "codes": codes,
        "groups": _grouped(topics),
        "ask_url": _ask_url(query),
        **(_found(query, narrowed) if query else _listed(request, narrowed, asked)),
    }
    return render(request, "knowledge/qa/search.html", context, partial="answers")


def _topics_with_numbers() -> list[Topic]:
    about = Q(
        question_versions__state="published", question_versions__question__state__in=PUBLIC_STATES
    )
    counted = Topic.objects.annotate(answers=Count("question_versions", filter=about))
    return list(counted.filter(answers__gt=0).in_order())


def _grouped(topics: list[Topic]) -> list[tuple[str, list[Topic]]]:
    kinds = dict.fromkeys(topic.kind for topic in topics)
    return [
        (topics_of[0].get_kind_display(), topics_of)
        for topics_of in ([t for t in topics if t.kind == kind] for kind in kinds)
    ]


def _ask_url(query: str) -> str:
    """The way to a person; what was searched for goes along."""
    return reverse("request:start") + (f"?{urlencode({'ask': query})}" if query else "")


def _found(query: str, public: QuestionQuerySet) -> dict[str, Any]:
    rows = Question.objects.with_words().defer("search")
    sought = sought_by(query)
    found = best(public, sought, limit=_MOST_FOUND, or_loose=True, rows=rows)
    answers = [shown(one, one.published) for one in found.rows]
    return {"answers": answers, "found": found, "is_loose": found.is_loose, "sought": sought}


def _listed(
    request: HttpRequest, public: QuestionQuerySet, asked: list[tuple[str, str]]
) -> dict[str, Any]:
    rows = public.with_words().defer("search")
    page = keyset_page(rows, _SORTS.default, request.GET.get("after"))
    more = urlencode([*asked, ("after", page.next_cursor)]) if page.has_next else ""
    return {
        "answers": [shown(one, one.published) for one in page.rows if one.published],
        "more_url": f"?{more}" if more else "",
    }


@login_not_required
@require_safe
@published(KNOWLEDGE, CATALOGUE)
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One answer at its lasting address; what was retired says so."""
    one = _shown_or_gone(slug)
    if one is None:
        return render(request, "knowledge/qa/retired.html", {"ask_url": _ask_url("")}, status=410)
    _count_opening(request, one.question)
    context = {
        "one": one,
        "both": "both" in request.GET and one.other is not None,
        "structured": structured(one),
        "related": _related(one),
        "is_asking": request.GET.get("from") == "request",
        "about_url": f"{reverse('request:start')}?{urlencode({'about': slug})}",
    }
    return render(request, "knowledge/qa/detail.html", context)


def _count_opening(request: HttpRequest, question: Question) -> None:
    """She came from the request she is writing: the offer that led here is counted once."""
    try:
        offer_id = UUID(request.GET.get("offer", ""))
    except ValueError:
        return
    offers.open_one(question_id=question.pk, offer_id=offer_id)


def _shown_or_gone(slug: str) -> Shown | None:
    """The published answer; None where it was retired, 404 where there never was one."""
    public = Question.objects.public().with_words().defer("search").filter(slug=slug).first()
    if public is not None and public.published is not None:
        return shown(public, public.published)
    gone = Question.objects.filter(slug=slug, state=QuestionState.RETIRED, published__isnull=False)
    if not gone.exists():
        raise Http404
    return None


def _related(one: Shown) -> list[Shown]:
    """Others about the same, those that helped most first."""
    codes = [topic.code for topic in one.topics]
    others = Question.objects.public().about(codes).exclude(pk=one.question.pk)
    rows = others.with_words().defer("search").order_by("-helped", "pk")[:4]
    return [shown(row, row.published) for row in rows if row.published]


@login_not_required
@require_safe
@published(KNOWLEDGE, CATALOGUE)
def print_view(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer on paper, in both languages where both are there."""
    one = _shown_or_gone(slug)
    if one is None:
        raise Http404
    context = {"one": one, "address": settings.PORTAL_ORIGIN + reverse("qa:detail", args=[slug])}
    return render(request, "knowledge/qa/print.html", context)


@login_not_required
@require_POST
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Count whether it helped; once for each visitor."""
    question = get_object_or_404(Question.objects.public().only("pk", "slug"), slug=slug)
    said = request.POST.get("helped", "")
    if said not in {"yes", "no", "spared"}:
        messages.error(request, _("Choose “Yes” or “No”."))
        return redirect(request, "qa:detail", slug=slug)
    visitor, is_new = _visitor(request)
    if is_new and not _within_limit(request):
        messages.error(request, _("Too many tries from your network. Try again in 15 minutes."))
        return redirect(request, "qa:detail", slug=slug)
    try:
        votes.vote(
            question_id=question.pk,
            visitor=visitor,
            helped=said != "no",
            spared_request=said == "spared",
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _thanks(said))
    response = redirect(request, "qa:detail", slug=slug)
    if is_new and not request.user.is_authenticated:
        _remember(response, visitor)
    return response


def _within_limit(request: HttpRequest) -> bool:
    """Whoever keeps no cookie could vote without end."""
    who = f"net:{throttle.source_of(request.META.get('REMOTE_ADDR', ''))}"
    return throttle.allows(act="knowledge.vote", who=who, times=VOTES, seconds=IN_SECONDS)


def _thanks(said: str) -> str:
    if said == "no":
        return _("Thank you. You can ask a person; this page goes along.")
    if said == "spared":
        return _("Good to hear. You need not send the request; your draft is kept for 30 days.")
    return _("Thank you. This tells us which answers are good.")


def _visitor(request: HttpRequest) -> tuple[str, bool]:
    """Who votes: the account, or what stands in the cookie; and whether it is new."""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}", False
    known = request.get_signed_cookie(VISITOR, default="", salt=_VISITOR_SALT, max_age=_A_YEAR)
    return (known, False) if known else (secrets.token_urlsafe(16), True)


def _remember(response: HttpResponse, visitor: str) -> None:
    response.set_signed_cookie(
        VISITOR,
        visitor,
        salt=_VISITOR_SALT,
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
