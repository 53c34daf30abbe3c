"""The door to a request: what to expect, going on with a draft, beginning anew."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assistance.models import Draft, SystemEdition
from assistance.services import drafts
from assistance.states import CaseKind
from assistance.views.intake.in_hand import (
    InHand,
    draft_in_hand,
    drop_cookie,
    guest_draft,
)
from assistance.views.intake.reading import Reading, step_url
from assistance.views.limits import within_limit
from foundation.htmx import redirect, render
from foundation.languages import pick
from foundation.text import TextNotAllowedError, clean_prose
from knowledge.models import Question

_LONGEST_CODE = 40
_LONGEST_ADDRESS = 80
_LONGEST_QUESTION = 400


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say how long it takes, what is needed, what happens and who will see it."""
    system = request.GET.get("system", "")[:_LONGEST_CODE]
    edition = SystemEdition.objects.current().filter(system__code=system).first()
    return _page(request, edition)


def _page(request: HttpRequest, edition: SystemEdition | None, status: int = 200) -> HttpResponse:
    draft = draft_in_hand(request)
    left_behind = guest_draft(request) if request.user.is_authenticated else None
    context = {
        "draft": draft,
        "left_behind": left_behind,
        "title": _title_of(draft),
        **_carried(request),
        "system": edition.system.code if edition else "",
        "system_name": pick(edition, "short") if edition else "",
    }
    return render(request, "assistance/intake/start.html", context, status=status)


def _title_of(draft: Draft | None) -> str:
    return str((draft.answers if draft else {}).get("problem", {}).get("description", ""))[:40]


@login_not_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a new request; an unfinished one in hand is thrown away first."""
    if not within_limit(request, "begin"):
        messages.error(request, _("You have begun many requests. Wait an hour, please."))
        return _page(request, None, status=429)
    old = draft_in_hand(request)
    if old is not None:
        drafts.throw_away(draft_id=old.pk)
    owner_id = request.user.pk if request.user.is_authenticated else None
    begun = drafts.begin(owner_id=owner_id, answers=_wanted(request))
    return InHand(begun.draft, begun.token).give(redirect(request, step_url("problem")))


def _carried(request: HttpRequest) -> dict[str, Any]:
    """What she had read or searched for before she came: shown, and sent along."""
    told = request.POST if request.method == "POST" else request.GET
    slug = told.get("about", "")[:_LONGEST_ADDRESS]
    public = Question.objects.public().select_related("published").defer("search")
    about = public.filter(slug=slug).first() if slug and "\x00" not in slug else None
    return {"about": about, "ask": _readable(told.get("ask", "")[:_LONGEST_QUESTION])}


def _along(request: HttpRequest) -> str:
    """The same as part of an address, for the page she begins anew from."""
    carried = _carried(request)
    about, ask = carried["about"], carried["ask"]
    named = {"about": about.slug if about else "", "ask": ask}
    said = urlencode({name: value for name, value in named.items() if value})
    return f"?{said}" if said else ""


def _readable(typed: str) -> str:
    try:
        return clean_prose(typed)
    except TextNotAllowedError:
        return ""


def _wanted(request: HttpRequest) -> dict[str, dict[str, object]]:
    """What a link elsewhere named, as first answers to be confirmed."""
    carried = _carried(request)
    answers: dict[str, dict[str, object]] = _wanted_system(request)
    if carried["about"] is not None:
        answers["about"] = {"question": carried["about"].pk}
    if carried["ask"]:
        answers["kind"] = {"kind": CaseKind.ENQUIRY.value}
        answers["problem"] = {"description": carried["ask"]}
    return answers


def _wanted_system(request: HttpRequest) -> dict[str, dict[str, object]]:
    code = request.POST.get("system", "")[:_LONGEST_CODE]
    known = SystemEdition.objects.current().filter(system__code=code) if code else None
    if known is None or not known.exists():
        return {}
    return {"system": {"systems": [code], "unsure": False}}


@login_not_required
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Go on with the draft in hand; a guest's draft moves into the account she signed in to."""
    left_behind = guest_draft(request) if request.user.is_authenticated else None
    adopts = left_behind is not None and request.POST.get("draft") == str(left_behind.pk)
    if left_behind is not None and adopts:
        drafts.adopt(draft_id=left_behind.pk, owner_id=request.user.pk)
    draft = draft_in_hand(request)
    if draft is None:
        messages.info(request, _("There is no unfinished request here. Begin a new one."))
        return redirect(request, step_url("start"))
    carried = _carried(request)
    about = carried["about"]
    if about or carried["ask"]:
        draft = drafts.carry(
            draft_id=draft.pk, question_id=about.pk if about else None, ask=carried["ask"]
        )
    response = redirect(request, step_url(Reading(request, draft).gap or "check"))
    if adopts:
        drop_cookie(response)
    return response


@login_not_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft in hand away, files and all."""
    draft = draft_in_hand(request)
    if draft is not None and _named(request) == draft.pk:
        drafts.throw_away(draft_id=draft.pk)
        messages.success(request, _("Your draft and its files are deleted."))
    response = redirect(request, step_url("start") + _along(request))
    if not request.user.is_authenticated:
        drop_cookie(response)
    return response


def _named(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("draft", ""))
    except ValueError:
        return None
