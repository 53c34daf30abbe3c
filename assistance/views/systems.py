"""The public catalogue: pick a system, read about one, or answer three questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assistance.forms.finder import FIRST_STEP, LONGEST_STORY, QUESTIONS, RESULTS_STEP, FinderForm
from assistance.models import NeedGroup, SystemAgency, SystemEdition
from assistance.routing import Facts, Suggestion, suggest
from assistance.routing.wording import sentence
from assistance.views.system_cards import SystemCard, ask_url, by_need, card_of, show
from assistance.views.system_data import as_government_service
from foundation.htmx import render
from foundation.linked_data import as_script
from foundation.published import published
from foundation.stamping import CATALOGUE
from foundation.text import asked_line, fold


@dataclass(frozen=True, slots=True)
class Found:
    """A system that fits, and why."""

    card: SystemCard
    reasons: tuple[str, ...]


@login_not_required
@require_safe
@published(CATALOGUE)
def index(request: HttpRequest) -> HttpResponse:
    """All eleven by need; `q` finds by the owner's own words, `need` keeps one group."""
    query = asked_line(request.GET.get("q", ""), LONGEST_STORY)
    need = request.GET.get("need", "")
    need = need if need in NeedGroup.values else ""
    editions = list(SystemEdition.objects.current_editions())
    context = {
        "query": query,
        "need": need,
        "needs": NeedGroup.choices,
        "how_many": len(editions),
        "groups": by_need(editions, only=need),
        "found": _find(editions, query) if query else [],
        "hotline": _hotline(editions),
    }
    return render(request, "assistance/systems/index.html", context, partial="systems")


@login_not_required
@require_safe
@published(CATALOGUE)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One system: what it gives, for whom, which papers, who answers and how soon."""
    editions = SystemEdition.objects.visible_to(request.user).current_editions()
    edition = get_object_or_404(editions, system__code=code)
    former = SystemAgency.objects.ended_before(edition.system_id, timezone.localdate())
    url = request.build_absolute_uri(reverse("systems:detail", args=[code]))
    ask = ask_url(code)
    data = as_government_service(edition, url=url, ask_url=request.build_absolute_uri(ask))
    context = {
        "edition": edition,
        "system": edition.system,
        "shown": show(edition, former=former),
        "ask_url": ask,
        "structured_data": as_script(data),
    }
    return render(request, "assistance/systems/detail.html", context)


@login_not_required
@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """Three questions, one per page, then ranked suggestions with their reasons."""
    asked = request.GET.get("step", "")
    step = int(asked) if asked in {"2", "3", "4"} else FIRST_STEP
    form = FinderForm(request.GET, step=step)
    if not form.is_valid():
        step = next((n for n, names in QUESTIONS.items() if set(names) & set(form.errors)), 1)
        form.step = step
        return render(request, "assistance/systems/finder.html", _question(form), status=422)
    if step < RESULTS_STEP:
        fresh = FinderForm(request.GET, step=step)
        return render(request, "assistance/systems/finder.html", _question(fresh))
    editions = list(SystemEdition.objects.current_editions())
    facts = _facts(form.cleaned_data)
    context = {
        "found": _with_reasons(editions, suggest(facts)),
        "carried": [(name, value) for name, value in request.GET.items() if name in form.fields],
    }
    return render(request, "assistance/systems/finder_results.html", context)


def _question(form: FinderForm) -> dict[str, Any]:
    return {
        "form": form,
        "step": form.step,
        "next_step": form.step + 1,
        "previous_step": form.step - 1,
        "last_step": RESULTS_STEP - 1,
    }


def _facts(answers: dict[str, Any]) -> Facts:
    stage = answers["stage"]
    return Facts(
        text=answers["said"],
        need=answers["need"],
        industry=answers["industry"],
        registered=False if stage == "unregistered" else None,
        is_young={"young": True, "established": False}.get(stage),
    )


def _hotline(editions: list[SystemEdition]) -> str:
    """The telephone of the coordinating agency, where it answers for a system."""
    agencies = (agency for edition in editions for agency in edition.agencies_on())
    return next((one.hotline for one in agencies if one.is_coordinator and one.hotline), "")


def _find(editions: list[SystemEdition], query: str) -> list[Found]:
    """By the suggestion rules first, then by the words of the catalogue itself."""
    found = _with_reasons(editions, suggest(Facts(text=query)))
    known = {one.card.code for one in found}
    wanted = fold(query)
    found += [
        Found(card_of(edition), ())
        for edition in editions
        if edition.system.code not in known and wanted in fold(edition.all_words)
    ]
    return found


def _with_reasons(editions: list[SystemEdition], ranked: list[Suggestion]) -> list[Found]:
    by_code = {edition.system.code: edition for edition in editions}
    return [
        Found(card_of(by_code[one.system_code]), tuple(sentence(why) for why in one.reasons))
        for one in ranked
        if one.system_code in by_code
    ]
