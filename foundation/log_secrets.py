"""Links that open something by themselves stand in no log: their secret is left out of the address."""

import re
from collections.abc import MutableMapping
from typing import Any

_LONG = 20
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LOOKS_SECRET = re.compile(r"[A-Z:]|(?=[a-z0-9]*\d)[a-z0-9]{20,}")
LEFT_OUT = "…"


def without_secrets(address: str) -> str:
    """The address with each part replaced that only the receiver of a link can know."""
    return "/".join(LEFT_OUT if _is_secret(part) else part for part in address.split("/"))


def _is_secret(part: str) -> bool:
    is_long = len(part) >= _LONG and not _UUID.fullmatch(part)
    return is_long and _LOOKS_SECRET.search(part) is not None


def leave_out_secrets(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A structlog processor: what was asked for, without secrets; in Django's own words too."""
    for name in ("request", "event"):
        said = event.get(name)
        if isinstance(said, str) and "/" in said:
            event[name] = without_secrets(said)
    return event
