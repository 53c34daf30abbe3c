"""A guest shows that she reads the address she gave: six digits by e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assistance.forms.intake import CodeForm
from assistance.models import CodePurpose
from assistance.services import access_codes
from assistance.services.access_codes import CODE_LIVES, Outcome
from assistance.views.intake.in_hand import draft_in_hand
from assistance.views.intake.reading import Reading, step_url
from assistance.views.limits import within_limit
from foundation.htmx import redirect, render


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the code that was sent, and compare it."""
    reading = Reading(request, draft_in_hand(request))
    if reading.draft is None or not reading.email or not reading.asker.is_guest:
        return redirect(request, step_url("contact" if reading.draft else "start"))
    if reading.is_confirmed:
        return redirect(request, step_url(reading.gap or "check"))
    if request.method != "POST":
        return _show(reading, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show(reading, form, status=422)
    if not within_limit(request, "try_code"):
        form.add_error("code", _("Too many tries from here. Wait a quarter of an hour, please."))
        return _show(reading, form, status=429)
    if _try(reading, form.cleaned_data["code"]) is not Outcome.RIGHT:
        form.add_error("code", wrong_code_words())
        return _show(reading, form, status=422)
    return redirect(request, step_url(Reading(request, reading.draft).gap or "check"))


def wrong_code_words() -> str:
    """One sentence for wrong, expired and spent alike."""
    return _("This code is not right or no longer holds. Look again, or ask for a new one.")


def _door(reading: Reading) -> access_codes.Door:
    draft_id = reading.draft.pk if reading.draft else None
    return access_codes.Door(CodePurpose.FILE, reading.email, draft_id=draft_id)


def _try(reading: Reading, code: str) -> Outcome:
    return access_codes.try_code(door=_door(reading), code=code)


@login_not_required
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Send a new code; the older ones stop working."""
    reading = Reading(request, draft_in_hand(request))
    if reading.draft is None or not reading.email:
        return redirect(request, step_url("start"))
    if within_limit(request, "code"):
        access_codes.send_code(door=_door(reading), language=get_language() or "zh-hant")
    messages.info(request, _("A new code is on its way. At most five are sent in an hour."))
    return redirect(request, step_url("confirm"))


def _show(reading: Reading, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "email": reading.email,
        "minutes": int(CODE_LIVES.total_seconds()) // 60,
        "stepper": reading.stepper("confirm"),
        "back_url": step_url("contact"),
        "draft": reading.draft,
        "is_wrong": status != 200,
    }
    return render(reading.request, "assistance/intake/confirm.html", context, status=status)
