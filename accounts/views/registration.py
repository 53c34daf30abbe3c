"""Registering an enterprise, or asking to join it: number, details, check, done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import wording
from accounts.forms.enterprise import (
    PARTICULARS,
    BusinessNumberForm,
    ParticularsForm,
    RegistrationForm,
)
from accounts.models import SizeThreshold
from accounts.permissions import can_use_account
from accounts.reference.districts import district_words
from accounts.registry import RegistryRecord
from accounts.registry.asking import ask, peek
from accounts.services import registration
from accounts.size_class import Facts, classify
from accounts.states import MembershipState
from accounts.throttle import allows
from foundation import htmx
from foundation.acting import posted
from foundation.errors import DomainError
from foundation.guards import requires

_DRAFT = "enterprise_draft"
_LOOKUPS = 20
_LOOKUP_SECONDS = 3600


@dataclass(frozen=True)
class Draft:
    """What the person has told so far; kept in the session until the last page."""

    business_number: str
    source: str
    typed: dict[str, str]

    def keep(self, request: HttpRequest) -> None:
        request.session[_DRAFT] = {
            "business_number": self.business_number,
            "source": self.source,
            "typed": self.typed,
        }

    @classmethod
    def of(cls, request: HttpRequest) -> "Draft | None":
        kept = request.session.get(_DRAFT)
        return cls(**kept) if isinstance(kept, dict) else None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_use_account)
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the number, then go on with what is known of it from the public register.

    Only the button that says so waits for the register. What follows is the same whether or not
    the enterprise is at the portal already.
    """
    form = BusinessNumberForm(posted(request))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        if allows(act="lookup", who=str(request.user.pk), times=_LOOKUPS, seconds=_LOOKUP_SECONDS):
            number = form.cleaned_data["business_number"]
            if "ask" in request.POST:
                context = {"form": form, "steps": _steps(), "current": 1, "answer": ask(number)}
                return htmx.render(request, "accounts/registration/number.html", context)
            _begun(number).keep(request)
            return htmx.redirect(request, "account:enterprise_details")
        form.add_error(None, _("You have looked up many numbers. Try again in an hour."))
        status = 429
    context = {"form": form, "steps": _steps(), "current": 1}
    return htmx.render(request, "accounts/registration/number.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_use_account)
def details(request: HttpRequest) -> HttpResponse:
    """Ask for the rest, with what the register says filled in."""
    draft = Draft.of(request)
    if draft is None:
        return htmx.redirect(request, "account:enterprise_start")
    form = ParticularsForm(posted(request), initial=_initial(draft))
    if request.method == "POST" and form.is_valid():
        typed = {name: str(request.POST.get(name, "")) for name in PARTICULARS}
        Draft(draft.business_number, draft.source, typed).keep(request)
        return htmx.redirect(request, "account:enterprise_check")
    context = {"form": form, "draft": draft, "steps": _steps(), "current": 2}
    status = 422 if form.is_bound else 200
    return htmx.render(request, "accounts/registration/details.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_use_account)
def check(request: HttpRequest) -> HttpResponse:
    """Show all answers and the size class with its reasons; register on the button."""
    draft = Draft.of(request)
    if draft is None:
        return htmx.redirect(request, "account:enterprise_start")
    answers = ParticularsForm(draft.typed)
    if not answers.is_valid():
        return htmx.redirect(request, "account:enterprise_details")
    form = RegistrationForm(posted(request))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            return _register(request, draft, answers, form)
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
    context = {
        "form": form,
        "rows": _rows(draft, answers),
        "size": size_words(Facts(**_facts(answers))),
        "steps": _steps(),
        "current": 3,
    }
    return htmx.render(request, "accounts/registration/check.html", context, status=status)


@require_GET
@requires(can_use_account)
def sent(request: HttpRequest) -> HttpResponse:
    """Say that the owner reviews the request; nothing about the enterprise is shown."""
    return htmx.render(request, "accounts/registration/sent.html")


def size_words(facts: Facts) -> dict[str, Any]:
    """The size class as of today, in words."""
    thresholds = list(SizeThreshold.objects.current())
    found = classify(facts, thresholds, timezone.localdate())
    return {
        "is_sme": found.is_sme,
        "size": found.size.value,
        "title": wording.title(found),
        "reasons": wording.reasons(found),
        "questions": wording.questions(found),
        "law": wording.law(thresholds, found),
        "as_of": found.as_of,
    }


def _initial(draft: Draft) -> dict[str, Any]:
    """What was typed or looked up, with the day as a day, so that it is shown as people write it."""
    day = draft.typed.get("founded_on", "")
    try:
        return {**draft.typed, "founded_on": date.fromisoformat(day)}
    except ValueError:
        return dict(draft.typed)


def _begun(number: str) -> Draft:
    known = peek(number)
    if known.record is None:
        return Draft(number, "", {})
    return Draft(number, known.source, _prefilled(known.record))


def _prefilled(record: RegistryRecord) -> dict[str, str]:
    filled = {name: getattr(record, name, None) for name in PARTICULARS}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else str(value)
        for name, value in filled.items()
        if value is not None and value != ""
    }


def _register(
    request: HttpRequest, draft: Draft, answers: ParticularsForm, form: RegistrationForm
) -> HttpResponse:
    membership = registration.register_or_claim(
        key=form.cleaned_data["idempotency_key"],
        user_id=request.user.pk,
        business_number=draft.business_number,
        particulars=registration.Particulars(**answers.particulars),
        registry_source=draft.source,
    )
    request.session.pop(_DRAFT, None)
    if membership.state == MembershipState.ACTIVE:
        return htmx.redirect(request, "account:enterprise", membership.enterprise_id)
    return htmx.redirect(request, "account:enterprise_sent")


def _facts(answers: ParticularsForm) -> dict[str, Any]:
    names = ("registration_kind", "paid_in_capital", "regular_staff")
    return {name: answers.cleaned_data[name] for name in names}


def _rows(draft: Draft, answers: ParticularsForm) -> list[dict[str, Any]]:
    number = {
        "label": _("Business number"),
        "value": draft.business_number,
        "url": reverse("account:enterprise_start"),
    }
    return [number, *(_row(answers, name) for name in PARTICULARS)]


def _row(answers: ParticularsForm, name: str) -> dict[str, Any]:
    field, value = answers.fields[name], answers.cleaned_data[name]
    if name == "district":
        value = district_words(answers.cleaned_data["county"], value)
    choices = dict(getattr(field, "choices", ()))
    if isinstance(value, int):
        value = f"{value:,}"
    shown = choices.get(value, field.prepare_value(value))
    anchor = f"{reverse('account:enterprise_details')}#{answers[name].id_for_label}"
    return {"label": field.label, "value": shown, "url": anchor}


def _steps() -> list[tuple[str, str]]:
    return [
        (_("Business number"), reverse("account:enterprise_start")),
        (_("Details"), reverse("account:enterprise_details")),
        (_("Check your answers"), ""),
    ]
