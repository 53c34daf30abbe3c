"""Modules, functions and templates stay small enough to be read at one sitting."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LONGEST_STORY = 60
LONGEST_TEMPLATE = 150
LONGEST_BASE_SETTINGS = 250

MODULES = sorted(
    path
    for folder in [*settings.HOUSE, "scripts"]
    for path in (BASE / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TESTS = sorted((BASE / "tests").rglob("*.py"))
TEMPLATES = sorted(
    path for path in (BASE / "templates").rglob("*") if path.suffix in {".html", ".txt"}
)


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_modules_are_at_most_400_lines() -> None:
    too_long = {str(path.relative_to(BASE)): lines_of(path) for path in [*MODULES, *TESTS]}

    assert {name: count for name, count in too_long.items() if count > LONGEST_MODULE} == {}


def functions_above(limit: int, paths: list[Path]) -> dict[str, int]:
    found = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                found[f"{path.relative_to(BASE)}:{node.name}"] = length
    return {name: length for name, length in found.items() if length > limit}


def test_functions_are_at_most_40_lines() -> None:
    assert functions_above(LONGEST_FUNCTION, MODULES) == {}


def test_stories_told_by_tests_are_at_most_60_lines() -> None:
    assert functions_above(LONGEST_STORY, TESTS) == {}


def test_templates_are_at_most_150_lines() -> None:
    too_long = {str(path.relative_to(BASE)): lines_of(path) for path in TEMPLATES}

    assert {name: count for name, count in too_long.items() if count > LONGEST_TEMPLATE} == {}


def test_base_settings_are_at_most_250_lines() -> None:
    assert lines_of(BASE / "sme_portal/settings/base.py") <= LONGEST_BASE_SETTINGS


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc", "manager", "managers"])
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert [path for path in MODULES if path.stem == name or name in path.parts[:-1]] == []
