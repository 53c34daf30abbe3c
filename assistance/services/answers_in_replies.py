"""Which published answers went into what an agency wrote, by their lasting addresses in its words."""

from __future__ import annotations

import re
from datetime import datetime

from django.conf import settings

from assistance.models import Case, KnownAnswer, KnownAs
from knowledge.models import Question

_ADDRESS = re.compile(r"/qa/([a-z0-9][a-z0-9_-]{0,79})/")


def note(case: Case, *texts: str, at: datetime) -> None:
    """Keep that this case was told these answers; part of a caller's transaction."""
    slugs = {slug for text in texts for slug in _slugs(text)}
    if not slugs:
        return
    told = Question.objects.public().filter(slug__in=slugs).values_list("pk", flat=True)
    KnownAnswer.objects.bulk_create(
        [
            KnownAnswer(case=case, question_id=pk, known_as=KnownAs.PUT_IN, noted_at=at)
            for pk in told
        ],
        ignore_conflicts=True,
    )


def _slugs(text: str) -> list[str]:
    """Addresses of this portal only: another site's page may be called the same."""
    pieces = text.split(settings.PORTAL_ORIGIN)[1:]
    found = (_ADDRESS.match(piece.removeprefix("/en")) for piece in pieces)
    return [hit.group(1) for hit in found if hit]
