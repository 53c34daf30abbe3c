"""Keeping the words that mean the same, so that one finds what is written with the other."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.idempotency import once
from foundation.sought import key_of
from knowledge.models import SearchTerm, SearchWord
from knowledge.search_events import SearchTermEvent
from ledger.recording import record

FEWEST_WORDS = 2
MOST_GROUPS = 1_000


class TooFewWordsError(DomainError):
    message = _("Name at least two different words that mean the same.")


class WordTakenError(DomainError):
    def __init__(self, word: str) -> None:
        said = _("“%(word)s” stands in another group already. Change that group instead.")
        super().__init__(said % {"word": word})


class TooManyGroupsError(DomainError):
    message = _("There are as many groups as the search can hold. Remove one first.")


@transaction.atomic
def add(*, words: Sequence[str], by_id: int, key: UUID) -> tuple[SearchTerm, bool]:
    """Join words that mean the same; the same key joins them once.

    Returns the group and whether this call made it. Raises TooFewWordsError, WordTakenError and
    TooManyGroupsError.
    """

    def do() -> Model:
        if SearchTerm.objects.in_use().count() >= MOST_GROUPS:
            raise TooManyGroupsError
        term = SearchTerm.objects.create(changed_at=timezone.now())
        _write(term, words)
        record(SearchTermEvent.ADDED, subject=term, actor_id=by_id)
        return term

    pk, is_new = once(key=key, act="search_term.add", by=f"user:{by_id}", do=do)
    return SearchTerm.objects.get(pk=pk), is_new


@transaction.atomic
def change(*, term_id: int, words: Sequence[str], by_id: int) -> SearchTerm:
    """Say anew which words belong together. Raises TooFewWordsError and WordTakenError."""
    term = SearchTerm.objects.locked().get(pk=term_id)
    if list(words) == term.written:
        return term
    term.words.all().delete()
    _write(term, words)
    term.changed_at = timezone.now()
    term.save(update_fields=["changed_at"])
    record(SearchTermEvent.CHANGED, subject=term, actor_id=by_id)
    return term


@transaction.atomic
def remove(*, term_id: int, by_id: int) -> None:
    """Take a group apart: each word finds only itself again."""
    term = SearchTerm.objects.locked().get(pk=term_id)
    record(SearchTermEvent.REMOVED, subject=term, actor_id=by_id)
    if not term.code:
        term.delete()
        return
    term.words.all().delete()
    term.changed_at = timezone.now()
    term.save(update_fields=["changed_at"])


def _write(term: SearchTerm, words: Sequence[str]) -> None:
    keyed = {key_of(word): word for word in reversed(words) if key_of(word)}
    if len(keyed) < FEWEST_WORDS:
        raise TooFewWordsError
    rows = [SearchWord(term=term, text=text, key=key) for key, text in reversed(keyed.items())]
    # Somebody else may be writing the same word this moment: whoever comes second is told.
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)
    written = set(term.words.values_list("key", flat=True))
    taken = next((text for key, text in reversed(keyed.items()) if key not in written), None)
    if taken is not None:
        raise WordTakenError(taken)
