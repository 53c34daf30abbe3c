"""Which language a person reads, and content that exists in both."""

from typing import Any

from django.utils.translation import get_language

ZH = "zh-hant"
EN = "en"


def is_english() -> bool:
    """Is the page being written in English?"""
    return (get_language() or ZH).startswith("en")


def pick(obj: Any, field: str) -> str:
    """`field_en` or `field_zh` by the active language; the other one where it is empty."""
    return pick_in(obj, field, EN if is_english() else ZH)


def pick_in(obj: Any, field: str, language: str) -> str:
    """`pick` for a stated language, as letters need it."""
    zh, en = getattr(obj, f"{field}_zh"), getattr(obj, f"{field}_en")
    wanted, other = (en, zh) if language.startswith("en") else (zh, en)
    return str(wanted or other)


def fell_back(obj: Any, field: str) -> bool:
    """Must the page say that this text is not there in the reader's language?"""
    wanted = getattr(obj, f"{field}_en" if is_english() else f"{field}_zh")
    return not wanted and bool(pick(obj, field))
