"""A registry of invented enterprises, for development, tests and the demonstration."""

from functools import cache
from pathlib import Path

import yaml

from accounts.registry.base import RegistryRecord

_FILE = Path(__file__).parent / "fixture.yaml"


class FixtureRegistry:
    name = "fixture"
    is_local = True

    def find(self, business_number: str) -> RegistryRecord | None:
        return _records().get(business_number)


@cache
def _records() -> dict[str, RegistryRecord]:
    rows = yaml.safe_load(_FILE.read_text("utf-8"))["enterprises"]
    return {row["business_number"]: RegistryRecord(**row) for row in rows}
