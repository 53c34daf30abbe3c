"""The open data of the Ministry of Economic Affairs' company register (data.gcis.nat.gov.tw)."""

import json
import urllib.parse
import urllib.request
from datetime import date
from typing import Any

from django.conf import settings

from accounts.reference import county_of_address
from accounts.registry.base import RegistryRecord, RegistryUnavailableError

_COMPANIES = "https://data.gcis.nat.gov.tw/od/data/api/5F64D864-61CB-4D0D-8AD9-492047CC1EA6"
_LARGEST_ANSWER = 256 * 1024
_ROC_EPOCH = 1911


class GcisRegistry:
    """Asks the register over HTTPS. Off unless `ENTERPRISE_REGISTRY` names it."""

    name = "gcis"

    def find(self, business_number: str) -> RegistryRecord | None:
        query = urllib.parse.urlencode(
            {
                "$format": "json",
                "$filter": f"Business_Accounting_NO eq {business_number}",
                "$top": "1",
            }
        )
        rows = self._fetch(f"{_COMPANIES}?{query}")
        return record_of(rows[0]) if rows else None

    def _fetch(self, url: str) -> list[dict[str, Any]]:
        try:
            with urllib.request.urlopen(  # noqa: S310
                url, timeout=settings.ENTERPRISE_REGISTRY_TIMEOUT
            ) as answer:
                text = answer.read(_LARGEST_ANSWER)
            rows = json.loads(text) if text.strip() else []
        except (OSError, ValueError) as error:
            raise RegistryUnavailableError from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise RegistryUnavailableError
        return rows


def record_of(row: dict[str, Any]) -> RegistryRecord:
    """A row of the register as we keep it; a field we cannot read is left empty."""
    address = str(row.get("Company_Location") or "").strip()
    return RegistryRecord(
        business_number=str(row.get("Business_Accounting_NO") or ""),
        name_zh=str(row.get("Company_Name") or "").strip(),
        representative=str(row.get("Responsible_Name") or "").strip(),
        registration_kind="company",
        founded_on=_day(str(row.get("Company_Setup_Date") or "")),
        county=county_of_address(address),
        address=address,
        paid_in_capital=_money(row.get("Paid_In_Capital_Amount")),
        is_dissolved=str(row.get("Company_Status_Desc") or "").startswith(
            ("解散", "廢止", "撤銷")
        ),
    )


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
        return max(int(value), 0)
    except (TypeError, ValueError):
        return None
