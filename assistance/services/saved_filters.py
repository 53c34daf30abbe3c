"""Keeping a filter of the desk under a name of one's own."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.events import DeskEvent
from assistance.models import SavedFilter
from assistance.search import Criteria
from foundation.errors import DomainError
from foundation.text import fold
from ledger.recording import record

MOST_FILTERS = 12


class FilterNameTakenError(DomainError):
    message = _("You already have a filter of this name. Choose another name.")


class TooManyFiltersError(DomainError):
    def __init__(self) -> None:
        words = _("You can keep %(n)d filters. Remove one that you no longer need first.")
        super().__init__(words % {"n": MOST_FILTERS})


class NothingToSaveError(DomainError):
    message = _("Choose at least one filter before you save.")


@transaction.atomic
def save(*, user_id: int, name: str, criteria: Criteria) -> SavedFilter:
    """Keep what the queue is asked for now; names are one's own and used once."""
    User.objects.locked().get(pk=user_id)
    kept = SavedFilter.objects.filter(user_id=user_id)
    if not criteria.is_narrowed:
        raise NothingToSaveError
    _check_free(kept, name)
    if kept.count() >= MOST_FILTERS:
        raise TooManyFiltersError
    saved = SavedFilter.objects.create(user_id=user_id, name=name, criteria=criteria.kept())
    facts = {"filters": sorted(criteria.kept())}
    record(DeskEvent.FILTER_SAVED, subject=saved, actor_id=user_id, facts=facts)
    return saved


@transaction.atomic
def rename(*, filter_id: int, by_id: int, name: str) -> SavedFilter:
    """Give a filter another name; what it asks for stays. Raises FilterNameTakenError."""
    User.objects.locked().get(pk=by_id)
    kept = SavedFilter.objects.filter(user_id=by_id)
    saved: SavedFilter = kept.get(pk=filter_id)
    if saved.name == name:
        return saved
    _check_free(kept.exclude(pk=saved.pk), name)
    saved.name = name
    saved.save(update_fields=["name"])
    record(DeskEvent.FILTER_RENAMED, subject=saved, actor_id=by_id)
    return saved


def _check_free(kept: "QuerySet[SavedFilter]", name: str) -> None:
    """Refuse a name one has used already, however it is written."""
    if fold(name) in {fold(one) for one in kept.values_list("name", flat=True)}:
        raise FilterNameTakenError


@transaction.atomic
def remove(*, filter_id: int, by_id: int) -> None:
    """Forget a filter."""
    saved = SavedFilter.objects.select_for_update().get(pk=filter_id, user_id=by_id)
    record(DeskEvent.FILTER_REMOVED, subject=saved, actor_id=by_id)
    saved.delete()
