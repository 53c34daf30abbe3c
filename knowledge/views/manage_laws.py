"""The articles of law that answers rest on, and marking one as changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render
from knowledge.forms.laws import LawChangeForm, LawForm
from knowledge.models import LawArticle, Question
from knowledge.permissions import can_edit_knowledge
from knowledge.services import laws
from knowledge.states import PUBLIC_STATES

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(can_edit_knowledge)
def index(request: HttpRequest) -> HttpResponse:
    """Every article, with how many published answers cite it."""
    cited = Q(
        question_versions__state="published",
        question_versions__question__state__in=PUBLIC_STATES,
    )
    counted = LawArticle.objects.annotate(answers=Count("question_versions", filter=cited))
    return render(request, "knowledge/manage/laws.html", {"laws": counted.in_order()})


@form_page
@requires(can_edit_knowledge)
def add(request: HttpRequest) -> HttpResponse:
    """Add an article."""
    form = LawForm(request.POST or None)
    page = "knowledge/manage/law_add.html"
    if request.method != "POST":
        return render(request, page, {"form": form})
    if not form.is_valid():
        return render(request, page, {"form": form}, status=422)
    words = {name: value for name, value in form.cleaned_data.items() if name != "idempotency_key"}
    try:
        law = laws.add(
            by_id=request.user.pk,
            article=laws.Article(**words),
            key=form.cleaned_data["idempotency_key"],
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return render(request, page, {"form": form}, status=409)
    messages.success(request, _("The article can be cited now."))
    return redirect(request, "manage_qa:law", law_id=law.pk)


@form_page
@requires(can_edit_knowledge)
def law(request: HttpRequest, law_id: int) -> HttpResponse:
    """One article, the answers that rest on it, and the form that sends them to review."""
    one = get_object_or_404(LawArticle.objects.visible_to(request.user), pk=law_id)
    form = LawChangeForm(request.POST or None)
    if request.method != "POST":
        return _show(request, one, form)
    if not form.is_valid():
        return _show(request, one, form, status=422)
    number = laws.mark_changed(
        law_id=one.pk, by_id=request.user.pk, change=laws.Change(**form.cleaned_data)
    )
    done = ngettext(
        "%(n)d answer waits to be read again. Its readers see the notice.",
        "%(n)d answers wait to be read again. Their readers see the notice.",
        number,
    )
    messages.success(request, done % {"n": number})
    return redirect(request, "desk:law", law_id=one.pk)


def _show(
    request: HttpRequest, one: LawArticle, form: LawChangeForm, *, status: int = 200
) -> HttpResponse:
    citing = Question.objects.public().filter(published__laws=one).select_related("published")
    context: dict[str, Any] = {
        "law": one,
        "form": form,
        "citing": citing.defer("search").order_by("state", "review_due_on", "pk"),
        "kept": set(
            Question.objects.kept_by(request.user)
            .filter(published__laws=one)
            .values_list("pk", flat=True)
        ),
    }
    return render(request, "knowledge/manage/law.html", context, status=status)
