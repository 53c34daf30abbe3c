"""Long lists page by page, by the sort key of the last row seen (never by counting rows off)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

DEFAULT_SIZE = 25
LARGEST_SIZE = 100
BATCH_SIZE = 1_000
_LONGEST_CURSOR = 2_000
_SALT = "foundation.listing"

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Sort:
    """An order that a list offers: fields as in `order_by`; the primary key is added last.

    Rows without a value come last, whichever the direction.
    """

    key: str
    fields: tuple[str, ...]

    def reversed(self) -> "Sort":
        flipped = tuple(f[1:] if f.startswith("-") else f"-{f}" for f in self.fields)
        return Sort(f"-{self.key}", flipped)


class Sorts:
    """The orders a list offers; whatever a person asks for, only these are used.

    `Sorts({"due": ("due_at",), "newest": ("-submitted_at",)}, default="due")`; "-due" asks for
    the reverse.
    """

    def __init__(self, offered: Mapping[str, tuple[str, ...]], *, default: str) -> None:
        self._offered = {key: Sort(key, fields) for key, fields in offered.items()}
        self.default = self.pick(default)

    def pick(self, wanted: str | None) -> Sort:
        """The sort of that name, or the default."""
        name = wanted or ""
        sort = self._offered.get(name.removeprefix("-"))
        if sort is None:
            return self.default
        return sort.reversed() if name.startswith("-") else sort

    @property
    def keys(self) -> list[str]:
        return list(self._offered)


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[Row]):
    """The rows of one page, and the cursor of the next ("" on the last)."""

    rows: list[Row]
    next_cursor: str
    is_first: bool

    @property
    def has_next(self) -> bool:
        return bool(self.next_cursor)

    def next_url(self, **asked: str) -> str:
        """The address of the next page with the same filters, those that are set; "" on the last."""
        query = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(query | {'after': self.next_cursor})}" if self.has_next else ""


def keyset_page(
    qs: "QuerySet[Any, Row]", sort: Sort, after: str | None = None, size: int = DEFAULT_SIZE
) -> "KeysetPage[Row]":
    """The page of `qs` that follows the cursor `after`; the first page where that is no good.

    `size` is kept between 1 and 100. The fields of `sort` may be columns, annotations or
    columns of joined tables. Rows may be named tuples that hold them, and `pk`.
    """
    size = max(1, min(size, LARGEST_SIZE))
    columns = _columns(qs, sort)
    values = _read_cursor(after, sort, len(columns))
    found = _rows_after(qs, columns, values, size + 1)
    return _page(found, sort, size, is_first=values is None)


def start_of(qs: "QuerySet[Any, Row]", sort: Sort, size: int) -> "QuerySet[Any, Row]":
    """What `first_page` is made of: the first rows in that order, and one more."""
    ordered = qs.order_by(*(column.ordering for column in _columns(qs, sort)))
    return ordered[: size + 1]


def first_page(found: "Sequence[Row]", sort: Sort, size: int) -> "KeysetPage[Row]":
    """The first page, where the query `start_of` is kept and was asked already."""
    return _page(found, sort, size, is_first=True)


def _page(found: "Sequence[Row]", sort: Sort, size: int, *, is_first: bool) -> "KeysetPage[Row]":
    rows = list(found[:size])
    more = len(found) > size
    return KeysetPage(rows, _write_cursor(sort, rows[-1]) if more else "", is_first)


def keyset_batches(
    qs: "QuerySet[Any, Row]", sort: Sort, size: int = BATCH_SIZE
) -> "Iterator[list[Row]]":
    """Every row of `qs` in the order of `sort`, batch by batch: for files, however long they get.

    Each batch is found by its index and is a short statement of its own, so that nothing is held
    open while the file is on its way.
    """
    columns = _columns(qs, sort)
    values: list[Any] | None = None
    while rows := _rows_after(qs, columns, values, size):
        yield rows
        if len(rows) < size:
            return
        values = [_value_of(rows[-1], column.name) for column in columns]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    descending: bool
    nullable: bool

    @property
    def ordering(self) -> OrderBy:
        # Naming the place of nulls keeps PostgreSQL from walking an index backwards.
        last = {"nulls_last": True} if self.nullable else {}
        return F(self.name).desc(**last) if self.descending else F(self.name).asc(**last)

    def equals(self, value: Any) -> Q:
        return Q((f"{self.name}__isnull", True)) if value is None else Q((self.name, value))

    def follows(self, value: Any) -> Q | None:
        if value is None:
            return None
        beyond = Q((f"{self.name}__{'lt' if self.descending else 'gt'}", value))
        return beyond | Q((f"{self.name}__isnull", True)) if self.nullable else beyond


def _names(sort: Sort) -> list[str]:
    return [*(field.removeprefix("-") for field in sort.fields), "pk"]


def _columns(qs: "QuerySet[Any, Any]", sort: Sort) -> list[_Column]:
    columns = [
        _Column(name, field.startswith("-"), _may_be_null(qs, name))
        for name, field in zip(_names(sort), sort.fields, strict=False)
    ]
    last_first = bool(columns) and columns[-1].descending
    return [*columns, _Column("pk", last_first, nullable=False)]


def _may_be_null(qs: "QuerySet[Any, Any]", name: str) -> bool:
    if name in qs.query.annotations or "__" in name:
        return True
    try:
        return bool(getattr(qs.model._meta.get_field(name), "null", True))
    except FieldDoesNotExist:
        return name != "pk"


def _rows_after(
    qs: "QuerySet[Any, Row]", columns: list[_Column], values: list[Any] | None, size: int
) -> "list[Row]":
    """The rows after `values`, found where an index holds them however deep the page lies.

    PostgreSQL walks an index from its start for "beyond, or empty", but jumps to "from here
    on"; so the rows without a value are asked for only when those with one have run out.
    """
    ordered = qs.order_by(*(column.ordering for column in columns))
    if values is None:
        return list(ordered[:size])
    first = columns[0]
    if values[0] is None:
        return list(ordered.filter(_after(columns, values))[:size])
    here_on = Q((f"{first.name}__{'lte' if first.descending else 'gte'}", values[0]))
    found = list(ordered.filter(here_on, _after(columns, values))[:size])
    if first.nullable and len(found) < size:
        without = Q((f"{first.name}__isnull", True))
        found += list(ordered.filter(without)[: size - len(found)])
    return found


def _after(columns: list[_Column], values: list[Any]) -> Q:
    condition = Q(pk__in=[])
    same = Q()
    for column, value in zip(columns, values, strict=True):
        beyond = column.follows(value)
        if beyond is not None:
            condition |= same & beyond
        same &= column.equals(value)
    return condition


def _write_cursor(sort: Sort, row: Any) -> str:
    values = [_pack(_value_of(row, name)) for name in _names(sort)]
    return signing.dumps([sort.key, *values], salt=_SALT)


def _read_cursor(cursor: str | None, sort: Sort, length: int) -> list[Any] | None:
    if not cursor or len(cursor) > _LONGEST_CURSOR:
        return None
    try:
        key, *packed = signing.loads(cursor, salt=_SALT)
        values = [_unpack(tag, text) for tag, text in packed]
    except (signing.BadSignature, ValueError, TypeError, KeyError, InvalidOperation):
        return None
    return values if key == sort.key and len(values) == length else None


def _value_of(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name) if row is not None else None
    return row


_READERS: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
    "uuid": UUID,
    "int": int,
    "float": float,
    "str": str,
}
_TAGS = {
    datetime: "datetime",
    date: "date",
    Decimal: "decimal",
    UUID: "uuid",
    bool: "int",
    int: "int",
    float: "float",
    str: "str",
}


def _pack(value: Any) -> list[str]:
    if value is None:
        return ["none", ""]
    kind = next(kind for kind in _TAGS if isinstance(value, kind))
    if isinstance(value, (datetime, date)):
        return [_TAGS[kind], value.isoformat()]
    return [_TAGS[kind], str(int(value)) if kind is bool else str(value)]


def _unpack(tag: str, text: str) -> Any:
    return None if tag == "none" else _READERS[tag](text)
