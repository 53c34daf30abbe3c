"""The ledger as administrators see it: to read, and to try again what was given up."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ledger.models import Delivery, DeliveryState, Entry
from ledger.services import deliveries


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Shows rows; changes none. What a person may do is an action that calls a service."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("id", "at", "event", "stream", "actor_id")
    list_filter = ("event",)
    search_fields = ("=stream", "=subject_id")
    ordering = ("-id",)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = (
        "id",
        "entry",
        "subscriber",
        "state",
        "attempts",
        "next_attempt_at",
        "last_error",
    )
    list_filter = ("state", "subscriber")
    list_select_related = ("entry",)
    ordering = ("-id",)
    actions = ("try_again",)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ledger.change_delivery")

    @admin.action(description=_("Try again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, chosen: "QuerySet[Delivery]") -> None:
        given_up = chosen.filter(state=DeliveryState.DEAD).values_list("pk", flat=True)
        for delivery_id in given_up:
            deliveries.try_again(delivery_id=delivery_id, actor_id=int(request.user.pk or 0))
        words = ngettext(
            "%(count)d delivery is in line again.",
            "%(count)d deliveries are in line again.",
            len(given_up),
        ) % {"count": len(given_up)}
        messages.info(request, words)
