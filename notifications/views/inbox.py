from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from foundation import htmx
from foundation.listing import Sorts, keyset_page
from notifications.models import Message
from notifications.services import inbox

SORTS = Sorts({"newest": ("-created_at",)}, default="newest")


@require_GET
def list_messages(request: HttpRequest) -> HttpResponse:
    """Show the person's own messages, newest first."""
    mine = Message.objects.visible_to(request.user)
    page = keyset_page(mine, SORTS.default, request.GET.get("after"))
    context = {
        "page": page,
        "newest_id": max((message.pk for message in page.rows), default=0),
        "any_unread": any(not message.is_read for message in page.rows),
    }
    return htmx.render(request, "notifications/inbox/page.html", context)


@require_POST
def read(request: HttpRequest, message_id: int) -> HttpResponse:
    """Note that a message was read, and open what it is about."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=message_id)
    message = inbox.mark_read(message_id=message.pk)
    return htmx.redirect(request, message.path or "inbox:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything the person saw listed as read."""
    newest = request.POST.get("newest", "")
    up_to = int(newest) if newest.isascii() and newest.isdecimal() and len(newest) < 19 else 0
    count = inbox.mark_all_read(user_id=request.user.pk, up_to_id=up_to)
    if count:
        messages.success(
            request,
            ngettext(
                "%(count)d message marked as read.", "%(count)d messages marked as read.", count
            )
            % {"count": count},
        )
    return htmx.redirect(request, "inbox:list")
