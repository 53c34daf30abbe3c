"""The words that confirm an assignment, with the way to take it back."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages as words
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse

from assistance.models import Case
from foundation.undo import with_undo
from ledger.models import Entry
from ledger.models.entry import stream_name


def say_assigned(request: HttpRequest, cases: Sequence[Case], said: str) -> None:
    """Confirm an assignment; undoing it reaches no further than what has happened by now."""
    streams = [stream_name(case) for case in cases]
    latest = Entry.objects.filter(stream__in=streams).aggregate(pk=Max("pk"))["pk"]
    asked = {"case": [case.reference for case in cases], "up_to": latest or 0}
    url = f"{reverse('desk:undo_assign')}?{urlencode(asked, doseq=True)}"
    words.success(request, said, extra_tags=with_undo(url))
