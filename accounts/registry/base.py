"""What a registry of enterprises can be asked."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class RegistryUnavailableError(Exception):
    """The registry did not answer in time, or answered something we cannot read."""


@dataclass(frozen=True)
class RegistryRecord:
    """What the public register says of one business number. Money in NT$."""

    business_number: str
    name_zh: str
    representative: str = ""
    registration_kind: str = ""
    founded_on: date | None = None
    county: str = ""
    district: str = ""
    address: str = ""
    industry: str = ""
    paid_in_capital: int | None = None
    is_dissolved: bool = False


class Registry(Protocol):
    """A source of registry records. `name` is stored with what was taken from it.

    A local one answers at once; any other is never asked while a page waits.
    """

    name: str
    is_local: bool

    def find(self, business_number: str) -> RegistryRecord | None:
        """The record of a number, or None. Raises RegistryUnavailableError."""
        ...
