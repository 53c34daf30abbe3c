"""Staff open a case for a caller: the same service, with the source kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assistance.asking import Asking
from assistance.forms.caller import CallerForm
from assistance.models import ConsentPurpose, SystemEdition
from assistance.permissions import can_open_for_caller
from assistance.services import calling
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.languages import pick

CONSENTS = (ConsentPurpose.HANDLE.value, ConsentPurpose.SHARE_WITH_AGENCIES.value)
_SAID = (
    "source",
    "description",
    "subject",
    "hoped_for",
    "business_number",
    "enterprise_name",
    "county",
    "district",
    "industry",
    "contact_name",
    "contact_email",
    "contact_phone",
    "contact_time",
    "language",
)


@requires(can_open_for_caller)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One page for everything the caller says; afterwards the case is in the queue."""
    editions = SystemEdition.objects.current_editions()
    systems = [(one.system.code, pick(one, "short")) for one in editions]
    form = CallerForm(request.POST if request.method == "POST" else None, systems=systems)
    if request.method != "POST":
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        case = calling.open_for_caller(
            key=form.cleaned_data["idempotency_key"],
            by=str(request.user.pk),
            asking=_asking(form.cleaned_data),
            opened_by_id=request.user.pk or 0,
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form, status=409)
    messages.success(
        request,
        _("Case %(reference)s is open. Tell the caller the number.")
        % {"reference": case.reference},
    )
    return redirect(request, "desk:queue")


def _asking(said: dict[str, Any]) -> Asking:
    return Asking(
        **{name: said[name] for name in _SAID},
        system_codes=tuple(said["systems"]),
        is_unsure=not said["systems"],
        consents=CONSENTS,
    )


def _show(request: HttpRequest, form: CallerForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "is_wrong": status != 200}
    return render(request, "assistance/intake/caller.html", context, status=status)
