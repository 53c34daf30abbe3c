"""The open data of the Ministry of Economic Affairs' company register (data.gcis.nat.gov.tw)."""

import json
import time
import urllib.parse
import urllib.request
from datetime import date
from http.client import HTTPException
from typing import Any

from django.conf import settings

from accounts.reference import county_of_address
from accounts.registry.base import RegistryRecord, RegistryUnavailableError
from foundation.text import TextNotAllowedError, clean_line

_COMPANIES = "https://data.gcis.nat.gov.tw/od/data/api/5F64D864-61CB-4D0D-8AD9-492047CC1EA6"
_LARGEST_ANSWER = 256 * 1024
_AT_ONCE = 16 * 1024
_LARGEST_MONEY = 10**15
_ROC_EPOCH = 1911


class GcisRegistry:
    """Asks the register over HTTPS. Off unless `ENTERPRISE_REGISTRY` names it."""

    name = "gcis"
    is_local = False
    address = _COMPANIES

    def find(self, business_number: str) -> RegistryRecord | None:
        query = urllib.parse.urlencode(
            {
                "$format": "json",
                "$filter": f"Business_Accounting_NO eq {business_number}",
                "$top": "1",
            }
        )
        rows = self._fetch(f"{self.address}?{query}")
        record = record_of(rows[0]) if rows else None
        if record is not None and record.business_number != business_number:
            raise RegistryUnavailableError
        return record

    def _fetch(self, url: str) -> list[dict[str, Any]]:
        try:
            text = _read(url, settings.ENTERPRISE_REGISTRY_TIMEOUT)
            rows = json.loads(text) if text.strip() else []
        except (OSError, HTTPException, ValueError, RecursionError) as error:
            raise RegistryUnavailableError from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise RegistryUnavailableError
        return rows


def _read(url: str, seconds: float) -> bytes:
    """The whole answer within the time; one that trickles in is as good as none."""
    until = time.monotonic() + seconds
    text = b""
    with urllib.request.urlopen(url, timeout=seconds) as answer:  # noqa: S310
        while chunk := answer.read1(_AT_ONCE):
            text += chunk
            if len(text) > _LARGEST_ANSWER or time.monotonic() > until:
                raise TimeoutError
    return text


def record_of(row: dict[str, Any]) -> RegistryRecord:
    """A row of the register as we keep it; a field we cannot read is left empty."""
    address = _line(row.get("Company_Location"))
    return RegistryRecord(
        business_number=_line(row.get("Business_Accounting_NO")),
        name_zh=_line(row.get("Company_Name")),
        representative=_line(row.get("Responsible_Name")),
        registration_kind="company",
        founded_on=_day(_line(row.get("Company_Setup_Date"))),
        county=county_of_address(address),
        address=address,
        paid_in_capital=_money(row.get("Paid_In_Capital_Amount")),
        is_dissolved=_line(row.get("Company_Status_Desc")).startswith(("解散", "廢止", "撤銷")),
    )


def _line(value: Any) -> str:
    """One line of text such as people may write; anything else is nothing."""
    try:
        return clean_line(value) if isinstance(value, str) else ""
    except TextNotAllowedError:
        return ""


def _day(written: str) -> date | None:
    """A day written as ROC yyyMMdd."""
    if not (written.isdecimal() and len(written) in {6, 7}):
        return None
    try:
        return date(int(written[:-4]) + _ROC_EPOCH, int(written[-4:-2]), int(written[-2:]))
    except ValueError:
        return None


def _money(value: Any) -> int | None:
    try:
        money = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return money if 0 <= money <= _LARGEST_MONEY else None
