"""Reply templates where an officer writes: offered by title, filled in for the case at hand."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.models import Agency
from assistance.models import ReplyTemplate
from assistance.reply_fields import fill
from assistance.views.casework.answers import answers_for
from assistance.views.casework.bench import Bench
from foundation.languages import pick, pick_in


@dataclass(frozen=True, slots=True)
class Reply:
    """A template with its fields filled in, in the language of the case."""

    pk: int | str
    title: str
    text: str


def replies_for(bench: Bench, agency: Agency | None = None) -> list[Reply]:
    """The templates this person may use here; `agency` speaks, else the one she acts for."""
    case = bench.case
    templates = ReplyTemplate.objects.visible_to(bench.user).in_use().in_order()
    speaking = agency or _speaking(bench)
    facts = {
        "name": case.contact_name,
        "number": case.reference,
        "enterprise": case.enterprise_name,
        "officer": str(bench.user),
        "agency": pick_in(speaking, "name", case.language) if speaking else "",
    }
    own = [
        Reply(one.pk, pick(one, "title"), fill(pick_in(one, "body", case.language), facts))
        for one in templates
    ]
    known = [Reply(f"qa-{one.pk}", one.title, one.text) for one in answers_for(case)]
    return [*own, *known]


def _speaking(bench: Bench) -> Agency | None:
    if bench.agency_id == bench.case.lead_agency_id:
        return bench.case.lead_agency
    own = (need.agency for need in bench.needs if need.agency_id == bench.agency_id)
    return next(own, None) or Agency.objects.filter(pk=bench.agency_id).first()


def is_picking(request: HttpRequest) -> bool:
    """Was a button of the picker pressed, not the form's own? Without JavaScript it sends the form."""
    return request.method == "POST" and not {"replies", "put_in"}.isdisjoint(request.POST)


def chosen(request: HttpRequest, replies: list[Reply]) -> str:
    """The text of the template that is to be put in; nothing where the picker is only opened."""
    wanted = request.POST.get("template", "") if "put_in" in request.POST else ""
    return next((one.text for one in replies if str(one.pk) == wanted), "")


def typed(form: forms.Form, into: str, text: str) -> dict[str, Any]:
    """What was typed, unchecked, with `text` after it: the first values of the form shown again.

    Files cannot be kept: no browser sends a page back with them chosen.
    """
    kept = {
        name: form[name].value()
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField)
    }
    return kept | {into: joined(kept[into] or "", text)}


def joined(before: str, text: str) -> str:
    """What stands there already, then the template's text."""
    return "\n\n".join(part for part in (before, text) if part)


def offer(replies: list[Reply]) -> dict[str, Any]:
    """What the pages' picker draws: the titles, and the texts for the browser to put in."""
    texts = {str(one.pk): one.text for one in replies}
    return {"replies": replies, "reply_texts": texts, "are_replies_here": True}


def are_wanted(request: HttpRequest) -> bool:
    """Are templates asked for? The page of a case brings them only then."""
    return "replies" in request.GET or is_picking(request)
