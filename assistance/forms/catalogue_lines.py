"""Lists of the catalogue as lines of text: one item a line, its parts between upright bars.

services    code | Chinese | English
problems    Chinese | English
documents   code | Chinese | English | required or optional
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Item = dict[str, Any]

LONGEST_PART = 200
MOST_ITEMS = 30
REQUIRED_WORDS = {"required": True, "必備": True, "optional": False, "選備": False}

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _split(text: str, parts: int, shape: str) -> list[list[str]]:
    rows: list[list[str]] = []
    errors: list[ValidationError] = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        row = [part.strip() for part in line.replace("｜", "|").split("|")]
        if len(row) != parts or not all(row):
            words = _("Line %(number)d: write it as %(shape)s.")
            errors.append(ValidationError(words % {"number": number, "shape": shape}))
        elif any(len(part) > LONGEST_PART for part in row):
            words = _("Line %(number)d: use at most %(limit)d characters in each part.")
            errors.append(ValidationError(words % {"number": number, "limit": LONGEST_PART}))
        rows.append(row)
    if len(rows) > MOST_ITEMS:
        errors.append(ValidationError(_("Use at most %(limit)d lines.") % {"limit": MOST_ITEMS}))
    if errors:
        raise ValidationError(errors)
    return rows


def _check_codes(codes: list[str]) -> None:
    errors = [
        ValidationError(
            _("Line %(number)d: the code “%(code)s” may hold small letters, digits and hyphens.")
            % {"number": number, "code": code}
        )
        for number, code in enumerate(codes, start=1)
        if not _CODE.fullmatch(code)
    ]
    errors += [
        ValidationError(
            _("Line %(number)d: the code “%(code)s” is used twice.")
            % {"number": number, "code": code}
        )
        for number, code in enumerate(codes, start=1)
        if code in codes[: number - 1]
    ]
    if errors:
        raise ValidationError(errors)


def read_services(text: str) -> list[Item]:
    rows = _split(text, 3, _("code | Chinese | English"))
    _check_codes([row[0] for row in rows])
    return [{"code": code, "zh": zh, "en": en} for code, zh, en in rows]


def read_problems(text: str) -> list[Item]:
    return [{"zh": zh, "en": en} for zh, en in _split(text, 2, _("Chinese | English"))]


def read_documents(text: str) -> list[Item]:
    shape = _("code | Chinese | English | required or optional")
    rows = _split(text, 4, shape)
    _check_codes([row[0] for row in rows])
    errors = [
        ValidationError(
            _("Line %(number)d: write it as %(shape)s.") % {"number": n, "shape": shape}
        )
        for n, row in enumerate(rows, start=1)
        if row[3].lower() not in REQUIRED_WORDS
    ]
    if errors:
        raise ValidationError(errors)
    return [
        {"code": code, "zh": zh, "en": en, "required": REQUIRED_WORDS[required.lower()]}
        for code, zh, en, required in rows
    ]


def _write(items: Iterable[Item], parts: Callable[[Item], Iterable[str]]) -> str:
    return "\n".join(" | ".join(parts(item)) for item in items)


def write_services(items: Iterable[Item]) -> str:
    return _write(items, lambda item: (item["code"], item["zh"], item["en"]))


def write_problems(items: Iterable[Item]) -> str:
    return _write(items, lambda item: (item["zh"], item["en"]))


def write_documents(items: Iterable[Item]) -> str:
    def parts(item: Item) -> tuple[str, ...]:
        required = "required" if item.get("required") else "optional"
        return item["code"], item["zh"], item["en"], required

    return _write(items, parts)
