"""The page on which an enterprise decides about a mandate, reached from its account or by a link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from assistance.forms.mandate import ConfirmForm
from assistance.models import Case, GuidanceSystem, Mandate, RequestState
from assistance.services.mandate_answers import Terms
from assistance.timeline.names import system_name
from assistance.views.mandates import rows
from foundation.htmx import render


@dataclass(frozen=True)
class Way:
    """Whose mandate, where the forms lead, and how an answer is given here."""

    mandate: Mandate
    # Where a paper of the mandate is read, by its id; None for those who are signed in.
    paper_url: Callable[[UUID], str] | None
    confirm_url: str
    refuse_url: str
    confirm: Callable[[Terms], tuple[Mandate, Case | None]]


def form_of(way: Way, data: Any = None) -> ConfirmForm:
    """The form, filled with what the filer stated; what she types goes before it."""
    mandate, waiting = way.mandate, _waiting(way.mandate)
    said = waiting.said if waiting else {}
    initial = {name: said.get(name, "") for name in ConfirmForm.words} | {
        "contact_name": mandate.principal_name,
        "contact_phone": mandate.principal_phone,
        "may_read": mandate.may_read,
        "may_write": mandate.may_write,
        "is_standing": mandate.is_standing,
        "valid_to": mandate.valid_to,
    }
    return ConfirmForm(data, with_request=waiting is not None, initial=initial)


def terms_of(form: ConfirmForm) -> Terms:
    said = form.cleaned_data
    names = ("may_read", "may_write", "is_standing", "valid_to", "contact_name", "contact_phone")
    return Terms(**{name: said[name] for name in names}, words=form.request_words())


def page(
    request: HttpRequest, way: Way, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    """Everything she needs to decide: who, for what, until when, and the words to be sent."""
    waiting = _waiting(way.mandate)
    codes = waiting.said.get("systems", []) if waiting else []
    context = {
        "mandate": way.mandate,
        "facts": rows.facts(way.mandate),
        "papers": rows.papers(way.mandate, way.paper_url),
        "waiting": waiting,
        "kinds": [system_name(pk) for pk in _ids(codes)],
        "form": form or form_of(way),
        "way": way,
    }
    return render(request, "assistance/mandates/decide.html", context, status=status)


def _waiting(mandate: Mandate) -> Any:
    return mandate.requests.filter(state=RequestState.WAITING).first()


def _ids(codes: list[str]) -> list[int]:
    found = GuidanceSystem.objects.filter(code__in=codes).order_by("number")
    return list(found.values_list("pk", flat=True))
