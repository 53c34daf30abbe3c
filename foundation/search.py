"""Searching a `tsvector` column that was filled by `foundation.text.to_tsvector_text`."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import FloatField, Func, Value
from django.db.models.expressions import Combinable

from foundation.text import to_tsquery


class _Query(SearchQuery):
    """A SearchQuery, so that lookups take it as it is; the words are a tsquery already."""

    template = "%(expressions)s::tsquery"


def matching(query: str) -> Func | None:
    """The right side of `.filter(search=…)`; None where the query holds nothing to search for."""
    words = to_tsquery(query)
    return _Query(Value(words)) if words else None


def rank(column: str | Combinable, query: str) -> Func:
    """How well a row matches: heavier parts and nearer words count more, long texts less."""
    return Func(
        column,
        _Query(Value(to_tsquery(query))),
        Value(1),
        function="ts_rank_cd",
        output_field=FloatField(),
    )
