"""Reference numbers that people read out on the telephone: A115-08-00417."""

from datetime import date

from django.db import connection, transaction

from foundation import plans
from foundation.models import ReferenceSerial
from foundation.roc import roc_year


@transaction.atomic(savepoint=False)
def next_reference(letter: str, on: date) -> str:
    """The next number for `letter` in the month of `on`: ROC year, month, serial.

    The serial's row stays locked until the surrounding transaction ends, so numbers follow one
    another without gaps even when an act fails half-way.
    """
    table = connection.ops.quote_name(ReferenceSerial._meta.db_table)
    ((serial,),) = plans.ask(
        f"INSERT INTO {table} AS serial (letter, year, month, last) VALUES (%s, %s, %s, 1)"  # noqa: S608
        " ON CONFLICT (letter, year, month) DO UPDATE SET last = serial.last + 1"
        " RETURNING last",
        [letter, roc_year(on), on.month],
        range(3),
    )
    return f"{letter}{roc_year(on)}-{on.month:02d}-{serial:05d}"
