"""Following a case without an account: number and address, a code by e-mail, then this session."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assistance.forms.access import LookupForm
from assistance.forms.intake import CodeForm
from assistance.models import Case
from assistance.services import access_codes
from assistance.services.access_codes import CODE_LIVES, Outcome
from assistance.views.cases.door import Door, through
from assistance.views.limits import within_limit
from foundation.htmx import redirect, render

GRANT_LASTS = timedelta(hours=4)
_GRANTS, _PENDING = "followed_cases", "track_pending"


def grant(request: HttpRequest, case: Case) -> None:
    """Let this browser session follow one case for four hours."""
    grants = dict(request.session.get(_GRANTS, {}))
    grants[case.reference] = (timezone.now() + GRANT_LASTS).timestamp()
    request.session.cycle_key()
    request.session[_GRANTS] = grants


def is_granted(request: HttpRequest, reference: str) -> bool:
    until = request.session.get(_GRANTS, {}).get(reference, 0)
    return float(until) > timezone.now().timestamp()


def granted_references(request: HttpRequest) -> list[str]:
    """The cases this session may follow now."""
    return [name for name in request.session.get(_GRANTS, {}) if is_granted(request, name)]


def granted_case(request: HttpRequest, reference: str) -> Case:
    """The case this session was given by a code; anything else is a 404."""
    if not is_granted(request, reference):
        raise Http404
    case = (
        Case.objects.followed_by_code()
        .select_related("lead_agency", "lead_officer", "merged_into")
        .filter(reference=reference)
        .first()
    )
    if case is None:
        raise Http404
    return case


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for the number and the address; send a code if they belong together."""
    if request.method != "POST":
        form = LookupForm(initial={"reference": request.GET.get("number", "")[:24]})
        return _show_lookup(request, form)
    form = LookupForm(request.POST)
    if not form.is_valid():
        return _show_lookup(request, form, status=422)
    if not within_limit(request, "code"):
        form.add_error(None, _("Too many tries from here. Wait a quarter of an hour, please."))
        return _show_lookup(request, form, status=429)
    request.session[_PENDING] = [form.cleaned_data["reference"], form.cleaned_data["contact"]]
    _send(request)
    return redirect(request, "track:code")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Compare the code; the answer is the same whether or not such a case exists."""
    reference, contact = request.session.get(_PENDING) or ("", "")
    if not reference:
        return redirect(request, "track:lookup")
    if request.method != "POST":
        return _show_code(request, reference, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show_code(request, reference, form, status=422)
    if not within_limit(request, "try_code"):
        form.add_error("code", _("Too many tries from here. Wait a quarter of an hour, please."))
        return _show_code(request, reference, form, status=429)
    outcome, case = access_codes.try_track_code(
        reference=reference, contact=contact, code=form.cleaned_data["code"]
    )
    if outcome is not Outcome.RIGHT or case is None:
        form.add_error(
            "code",
            _("This code is not right or no longer holds. Look again, or ask for a new one."),
        )
        return _show_code(request, reference, form, status=422)
    del request.session[_PENDING]
    grant(request, case)
    return redirect(request, "track:detail", reference=case.reference)


@login_not_required
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Send another code for the case that was asked about."""
    if not request.session.get(_PENDING):
        return redirect(request, "track:lookup")
    if within_limit(request, "code"):
        _send(request)
    messages.info(request, _("A new code is on its way. At most five are sent in an hour."))
    return redirect(request, "track:code")


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Stop following on this device."""
    request.session.pop(_GRANTS, None)
    request.session.pop(_PENDING, None)
    messages.success(request, _("This device no longer shows your case."))
    return redirect(request, "track:lookup")


def _send(request: HttpRequest) -> None:
    reference, contact = request.session[_PENDING]
    access_codes.send_track_code(
        reference=reference, contact=contact, language=get_language() or "zh-hant"
    )


def _show_lookup(request: HttpRequest, form: LookupForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "following": granted_references(request)}
    return render(request, "assistance/track/lookup.html", context, status=status)


def _show_code(
    request: HttpRequest, reference: str, form: CodeForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "reference": reference,
        "minutes": int(CODE_LIVES.total_seconds()) // 60,
    }
    return render(request, "assistance/track/code.html", context, status=status)


def guests_door(request: HttpRequest, reference: str) -> Door:
    """The door of a guest to the pages of her case; without a code there is no such page."""
    case = granted_case(request, reference)
    return Door(case, None, f"guest:{case.reference}", "track")


def as_guest(act: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a guest's view of an act on a case; who followed one that moved on is told where it is."""
    view = through(guests_door)(act)

    @wraps(act)
    def guest(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, reference, *args, **kwargs)
        except Http404:
            if not _was_taken_in(request, reference):
                raise
        messages.info(
            request,
            _("Case %(reference)s is in an account now. Sign in to follow it.")
            % {"reference": reference},
        )
        return redirect(request, "track:lookup")

    return login_not_required(guest)


def _was_taken_in(request: HttpRequest, reference: str) -> bool:
    """Did this session follow a case that has gone into an account? It stops following it."""
    if not is_granted(request, reference):
        return False
    if not Case.objects.filter(reference=reference, taken_in_at__isnull=False).exists():
        return False
    left = {name: until for name, until in request.session[_GRANTS].items() if name != reference}
    request.session[_GRANTS] = left
    return True
