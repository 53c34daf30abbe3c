"""Keeping a filter of the desk under a name of one's own."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.events import DeskEvent
from assistance.models import SavedFilter
from assistance.search import Criteria
from foundation.errors import DomainError
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
    if kept.filter(name=name).exists():
        raise FilterNameTakenError
    if kept.count() >= MOST_FILTERS:
        raise TooManyFiltersError
    saved = SavedFilter.objects.create(user_id=user_id, name=name, criteria=criteria.kept())
    facts = {"filters": sorted(criteria.kept())}
    record(DeskEvent.FILTER_SAVED, subject=saved, actor_id=user_id, facts=facts)
    return saved


@transaction.atomic
def remove(*, filter_id: int, by_id: int) -> None:
    """Forget a filter."""
    saved = SavedFilter.objects.select_for_update().get(pk=filter_id, user_id=by_id)
    record(DeskEvent.FILTER_REMOVED, subject=saved, actor_id=by_id)
    saved.delete()
