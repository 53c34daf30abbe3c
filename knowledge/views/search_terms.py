"""Where editors keep the words that find each other, and see what was searched for in vain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.acting import DONE, posted, tried
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.text import asked_line
from knowledge.forms.search_terms import AddSearchTermForm, SearchTermForm, first_words
from knowledge.models import MissedSearch, SearchTerm
from knowledge.models.missed_search import LONGEST_KEPT
from knowledge.permissions import can_edit_knowledge
from knowledge.services import search_terms

LOOKED_BACK = dt.timedelta(days=90)
SHOWN = 50
LIST_PAGE = "knowledge/search/list.html"
FORM_PAGE = "knowledge/search/edit.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(can_edit_knowledge)
def index(request: HttpRequest) -> HttpResponse:
    """What found nothing lately, the most wanted first, and every group of words."""
    since = timezone.localdate() - LOOKED_BACK
    context = {
        "since": since,
        "missed": MissedSearch.objects.since(since).by_words()[:SHOWN],
        "terms": SearchTerm.objects.in_use().with_words().order_by("-changed_at", "-pk"),
    }
    return render(request, LIST_PAGE, context)


@form_page
@requires(can_edit_knowledge)
def add(request: HttpRequest) -> HttpResponse:
    """Join words that mean the same; `word` begins with one that found nothing."""
    word = asked_line(request.GET.get("word", ""), LONGEST_KEPT)
    form = AddSearchTermForm(posted(request), initial=first_words([word]))

    def act() -> object:
        return search_terms.add(
            words=form.cleaned_data["words"],
            by_id=request.user.pk,
            key=form.cleaned_data["idempotency_key"],
        )

    return _run(request, form, act, _("The words find each other from now on."))


@form_page
@requires(can_edit_knowledge)
def change(request: HttpRequest, term_id: int) -> HttpResponse:
    """Say anew which words belong together."""
    term = get_object_or_404(SearchTerm.objects.in_use().with_words(), pk=term_id)
    form = SearchTermForm(posted(request), initial=first_words(term.written))

    def act() -> object:
        return search_terms.change(
            term_id=term.pk, words=form.cleaned_data["words"], by_id=request.user.pk
        )

    return _run(request, form, act, _("The group is changed."), term)


@require_POST
@requires(can_edit_knowledge)
def remove(request: HttpRequest, term_id: int) -> HttpResponse:
    """Take a group apart."""
    term = get_object_or_404(SearchTerm.objects.in_use(), pk=term_id)
    search_terms.remove(term_id=term.pk, by_id=request.user.pk)
    messages.success(request, _("The words no longer find each other."))
    return redirect(request, "manage_search:index")


def _run(
    request: HttpRequest,
    form: SearchTermForm,
    act: Callable[[], object],
    done: str,
    term: SearchTerm | None = None,
) -> HttpResponse:
    context = {"form": form, "term": term}
    status = tried(form, act, refused_at="words")
    if status != DONE:
        return render(request, FORM_PAGE, context, status=status)
    messages.success(request, done)
    return redirect(request, "manage_search:index")
