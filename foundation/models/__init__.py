"""Fields and bases for every model of the house, and the few tables of the foundation."""

from foundation.models.calendar_day import CalendarDay
from foundation.models.dated import Dated, DatedQuerySet
from foundation.models.fields import LineField, ProseField
from foundation.models.idempotency_key import IdempotencyKey
from foundation.models.published_stamp import PublishedStamp
from foundation.models.reference_serial import ReferenceSerial

__all__ = [
    "CalendarDay",
    "Dated",
    "DatedQuerySet",
    "IdempotencyKey",
    "LineField",
    "ProseField",
    "PublishedStamp",
    "ReferenceSerial",
]
