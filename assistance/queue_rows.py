"""The rows of the desk's queue, read without making a `Case` of each: one page shows fifty."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from accounts.models import User
from assistance.models import Case
from assistance.models.case import CaseQuerySet
from assistance.search import PAGE_SIZE, Criteria, Tally, few, place_of, queue
from foundation.listing import KeysetPage, Sort, first_page, keyset_page, start_of
from foundation.prepared import PreparedEach


class QueueCase(NamedTuple):
    """What a row of the queue shows of a case."""

    pk: int
    reference: str
    state: str
    subject: str
    enterprise_name: str
    county: str
    main_system_id: int | None
    due_on: date | None
    submitted_at: datetime
    updated_at: datetime
    has_unread_from_sme: bool
    officer_name: str | None
    officer_email: str | None

    @property
    def officer(self) -> str:
        """The lead officer as she is called everywhere; nobody is an empty text."""
        return self.officer_name or self.officer_email or ""


_JOINED = {"officer_name": "lead_officer__name", "officer_email": "lead_officer__email"}
_COLUMNS = [_JOINED.get(name, name) for name in QueueCase._fields]

_first_rows: "PreparedEach[tuple[Any, ...]]" = PreparedEach()


def page_of(
    user: User, asked: Criteria, sort: Sort, after: str, here: Tally, size: int = PAGE_SIZE
) -> KeysetPage[QueueCase]:
    """Return one page of the queue; `here` is the count of the list, `after` where it goes on.

    The query of a first page is composed once for a person's place and what she asks for.
    """
    if after:
        page = keyset_page(_as_rows(_cases(user, asked, here)), sort, after, size)
        return replace(page, rows=[QueueCase._make(row) for row in page.rows])
    whose = user.pk if asked.is_personal else None
    found = _first_rows(
        (place_of(user), whose, asked, sort, size, here.has_more),
        lambda: start_of(_as_rows(_cases(user, asked, here)), sort, size),
    )
    return first_page([QueueCase._make(row) for row in found], sort, size)


def rows_of(cases: CaseQuerySet) -> list[QueueCase]:
    """Return these cases as rows, in their order."""
    return [QueueCase._make(row) for row in cases.values_list(*_COLUMNS)]


def _cases(user: User, asked: Criteria, here: Tally) -> CaseQuerySet:
    cases = queue(user, asked)
    return few(cases, here) if asked.is_narrowed else cases


def _as_rows(cases: CaseQuerySet) -> "QuerySet[Case, Any]":
    return cases.values_list(*_COLUMNS, named=True)
