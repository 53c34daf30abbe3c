"""Ticking off what the SME was asked for."""

from django.db import transaction
from django.utils import timezone

from assistance.models import QuestionItem


@transaction.atomic
def tick(*, item_id: int) -> QuestionItem:
    """Mark one asked paper as handed in; a second upload leaves the first time."""
    item = QuestionItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item_id)
    if item.done_at is None:
        item.done_at = timezone.now()
        item.save(update_fields=["done_at"])
    return item
