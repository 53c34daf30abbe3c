from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import htmx
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.listing import Sorts, keyset_page
from ledger.models import ChainCheck
from notifications.forms.delivery import HoldBackForm
from notifications.models import Message, SuppressedAddress
from notifications.permissions import can_administer_delivery
from notifications.services import resending
from notifications.states import MessageState
from notifications.statistics import post_counts

SORTS = Sorts({"newest": ("-created_at",)}, default="newest")
SHOWN = (MessageState.FAILED, MessageState.SUPPRESSED, MessageState.PENDING, MessageState.DIGEST)


@require_GET
@requires(can_administer_delivery)
def list_troubles(request: HttpRequest) -> HttpResponse:
    """Show what was not delivered and what waits: never the words, only their way."""
    return _troubles(request)


@require_POST
@requires(can_administer_delivery)
def resend(request: HttpRequest, message_id: int) -> HttpResponse:
    """Put one message back into the post."""
    message = get_object_or_404(Message.objects.administered_by(request.user), pk=message_id)
    try:
        resending.resend(message_id=message.pk, actor_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return _troubles(request, status=409)
    messages.success(request, _("The message is back in the post."))
    return htmx.redirect(request, "inbox:deliveries")


@require_POST
@requires(can_administer_delivery)
def resend_all(request: HttpRequest) -> HttpResponse:
    """Put every failed message back into the post."""
    count = resending.resend_all_failed(actor_id=request.user.pk)
    messages.success(
        request,
        ngettext(
            "%(count)d message is back in the post.",
            "%(count)d messages are back in the post.",
            count,
        )
        % {"count": count},
    )
    return htmx.redirect(request, "inbox:deliveries")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_administer_delivery)
def hold_back(request: HttpRequest, message_id: int) -> HttpResponse:
    """Ask for the reason, then hold the address of a message back."""
    mail = get_object_or_404(Message.objects.administered_by(request.user), pk=message_id)
    form = HoldBackForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            resending.hold_address_back(
                message_id=mail.pk,
                reason=form.cleaned_data["reason"],
                actor_id=request.user.pk,
            )
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
            status = 409
        else:
            messages.success(request, _("Nothing more is sent to this address."))
            return htmx.redirect(request, "inbox:deliveries")
    context = {"form": form, "mail": mail}
    return htmx.render(request, "notifications/delivery/hold_back.html", context, status=status)


@require_POST
@requires(can_administer_delivery)
def release(request: HttpRequest, address_id: int) -> HttpResponse:
    """Let mail go to an address again."""
    address = get_object_or_404(
        SuppressedAddress.objects.administered_by(request.user), pk=address_id
    )
    try:
        resending.release_address(address_id=address.pk, actor_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return _troubles(request, status=409)
    messages.success(request, _("Mail goes to this address again."))
    return htmx.redirect(request, "inbox:deliveries")


def _troubles(request: HttpRequest, status: int = 200) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in SHOWN else MessageState.FAILED.value
    emails = Message.objects.administered_by(request.user).filter(state=state)
    held: Any = SuppressedAddress.objects.administered_by(request.user).in_force()
    context = {
        "page": keyset_page(emails, SORTS.default, request.GET.get("after")),
        "state": state,
        "states": [(value.value, value.label) for value in SHOWN],
        "counts": post_counts(),
        "chain": ChainCheck.objects.latest_first().first(),
        "held": held.order_by("-suppressed_at")[:200],
    }
    return htmx.render(request, "notifications/delivery/page.html", context, status=status)
