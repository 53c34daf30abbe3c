"""Which systems fit what she wrote, with reasons: a hint while she writes, and on the next page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistance.forms.intake import SystemForm
from assistance.routing import Facts, suggest
from assistance.routing.facts import Reason
from assistance.routing.wording import sentence
from assistance.views.intake.in_hand import draft_in_hand
from assistance.views.intake.reading import Reading
from assistance.views.limits import within_limit
from assistance.views.system_cards import SystemCard, by_need, card_of
from foundation.htmx import render
from foundation.text import TextNotAllowedError, clean_prose
from knowledge.models import Question
from knowledge.search import answers_like
from knowledge.services import offers

_READ_AT_MOST = 4000
ANSWERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Fitting:
    """A system that fits, with the reasons in words."""

    card: SystemCard
    reasons: tuple[str, ...]

    @property
    def line(self) -> str:
        """Name and reasons in one line, for a choice."""
        return f"{self.card.name} · {' '.join(self.reasons[:3])}"


@login_not_required
@require_POST
def hint(request: HttpRequest) -> HttpResponse:
    """The hint beside the question, for htmx; without it the next page says the same."""
    reading = Reading(request, draft_in_hand(request))
    typed = "\n".join(request.POST.get(name, "") for name in ("description", "hoped_for"))
    fitting = fitting_systems(reading, _clean(typed)) if within_limit(request, "suggest") else None
    typed = _clean(typed)
    near = answers_like(typed, limit=ANSWERS_SHOWN) if fitting is not None and typed else []
    context = {"fitting": fitting or [], "near": _offered(reading, near)}
    return render(request, "assistance/intake/suggestion.html", context)


def _offered(reading: Reading, near: list[Question]) -> list[tuple[Question, UUID | None]]:
    """Each answer with the offer that counts it; what belongs to no draft is not counted."""
    if reading.draft is None or not near:
        return [(one, None) for one in near]
    pks = [one.pk for one in near]
    counted = offers.offer(question_ids=pks, request=str(reading.draft.pk))
    return [(one, counted.get(one.pk)) for one in near]


def fitting_systems(reading: Reading, typed: str = "") -> list[Fitting]:
    """The systems that fit the draft and what is being typed, the best first."""
    cards = {one.system.code: card_of(one, short_name=True) for one in reading.editions}
    return [
        Fitting(cards[one.system_code], _in_words(one.reasons))
        for one in suggest(_facts(reading, typed))
        if one.system_code in cards
    ]


def _in_words(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """One sentence a reason; all the words she used share one."""
    told = list(reasons)
    used = [reason for reason in told if reason.code == "keyword"]
    if len(used) > 1:
        words = _("”, “").join(reason.params["words"] for reason in used)
        together = replace(used[0], params={"words": words})
        told = [together, *(reason for reason in told if reason.code != "keyword")]
    return tuple(sentence(reason) for reason in told)


def system_context(reading: Reading, form: SystemForm | Any) -> dict[str, Any]:
    """What the page of the eleven systems shows: those that fit first, then all by need."""
    fitting = fitting_systems(reading)
    first = {one.card.code for one in fitting}
    chosen = set(form["systems"].value() or [])
    groups = by_need(reading.editions, short_name=True)
    rest = [(group.title, [c for c in group.cards if c.code not in first]) for group in groups]
    return {
        "fitting": fitting,
        "groups": [(title, cards) for title, cards in rest if cards],
        "chosen": chosen,
        "open_all": bool(chosen - first) or not fitting,
    }


def _facts(reading: Reading, typed: str) -> Facts:
    answers = reading.answers
    own = reading.enterprises.get(reading.enterprise_id or 0)
    details = answers.get("details", {})
    said = (
        str(answers.get("problem", {}).get("description", "")),
        str(answers.get("hopes", {}).get("hoped_for", "")),
    )
    return Facts(
        text=typed or "\n".join(said),
        industry=own.industry if own else str(details.get("industry", "")),
        county=own.county if own else str(details.get("county", "")),
        regular_staff=own.regular_staff if own else None,
    )


def _clean(typed: str) -> str:
    try:
        return clean_prose(typed[:_READ_AT_MOST])
    except TextNotAllowedError:
        return ""
