"""How dates, times, money and sizes are written in the language of the page."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation import roc
from foundation.languages import EN, ZH, is_english, pick

register = template.Library()

_KILO = 1000
_DAY_STYLES: dict[str, roc.Style] = {
    "weekday": "weekday",
    "long": "long",
    "short": "short",
    "number": "number",
}


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _local_day(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _language() -> str:
    return EN if is_english() else ZH


def _write_day(value: date | datetime, style: str) -> str:
    return roc.format_date(_local_day(value), _language(), _DAY_STYLES[style])


def _write_moment(value: datetime, style: str) -> str:
    return _write_local(_local(value), style)


def _write_short(local: datetime, *, english: bool) -> str:
    day = f"{local.day} {local:%b}" if english else f"{local.month}/{local.day}"
    return f"{day} {local.hour:02}:{local.minute:02}"


def _write_local(local: datetime, style: str) -> str:
    return _written(local, style, timezone.localdate(), english=is_english())


def _written(local: datetime, style: str, today: date, *, english: bool) -> str:
    clock = f"{local.hour:02}:{local.minute:02}"
    if style == "short":
        return _write_short(local, english=english)
    written = roc.format_date(local.date(), EN if english else ZH, "weekday")
    if english:
        return f"{written}, {clock}"
    if local.year == today.year:
        written = written.partition("年 ")[2]
    return f"{written} {clock}"


def moment_writer(style: str) -> Callable[[datetime], SafeString]:
    """Make what writes many moments as `{% moment %}` does; language and day are asked once."""
    zone, today, english = timezone.get_current_timezone(), timezone.localdate(), is_english()

    def write(value: datetime) -> SafeString:
        local = value.astimezone(zone) if timezone.is_aware(value) else value
        words = _written(local, style, today, english=english)
        # Nothing in either needs escaping.
        return SafeString(f'<time datetime="{local.isoformat(timespec="minutes")}">{words}</time>')

    return write


@register.filter(name="day")
def day_filter(value: date | datetime | None) -> str:
    """115 年 8 月 7 日（五） / Friday 7 August 2026."""
    return _write_day(value, "weekday") if value else ""


@register.filter
def day_near(value: date | datetime | None) -> str:
    """8 月 7 日（五） / Friday 7 August: without the year while it is this one, for the page of a case."""
    if not value:
        return ""
    written = _write_day(value, "weekday")
    if _local_day(value).year != timezone.localdate().year:
        return written
    return written.rpartition(" ")[0] if is_english() else written.partition("年 ")[2]


@register.filter
def day_long(value: date | datetime | None) -> str:
    """115 年 8 月 7 日 / 7 August 2026."""
    return _write_day(value, "long") if value else ""


@register.filter
def day_short(value: date | datetime | None) -> str:
    """8/7（五） / Fri 7 Aug."""
    return _write_day(value, "short") if value else ""


@register.filter
def day_number(value: date | datetime | None) -> str:
    """115/08/07 / 2026-08-07, for tables."""
    return _write_day(value, "number") if value else ""


@register.filter(name="moment")
def moment_filter(value: datetime | None) -> str:
    """8 月 6 日（四） 16:20 (with the year when it is not this one) / Thursday 6 August 2026, 16:20."""
    return _write_moment(value, "long") if value else ""


@register.filter
def moment_short(value: datetime | None) -> str:
    """8/6 16:20 / 6 Aug 16:20, for the desk."""
    return _write_moment(value, "short") if value else ""


def moments_short() -> Callable[[datetime], str]:
    """`moment_short` for the aware moments of a long list: language and zone are asked once."""
    english, zone = is_english(), timezone.get_current_timezone()
    return lambda at: _write_short(at.astimezone(zone), english=english)


@register.filter
def roc_year(value: date | datetime | None) -> str:
    """115 on a Chinese page, 2026 on an English one: an ROC year is never shown in English."""
    if not value:
        return ""
    local = _local_day(value)
    return str(local.year if is_english() else roc.roc_year(local))


@register.filter
def money(value: int | Decimal | None) -> SafeString | str:
    """NT$ 6,200,000; the figure never breaks across lines."""
    if value is None or value == "":
        return ""
    gap = "" if is_english() else " "
    return format_html('<span class="text-nowrap num">NT${}{}</span>', gap, f"{value:,}")


@register.filter
def filesize_short(value: int | None) -> str:
    """850 B, 12 KB, 1.2 MB: 1 KB is 1,000 bytes."""
    if value is None:
        return ""
    if value < _KILO:
        return f"{value} B"
    if value < _KILO * _KILO:
        return f"{round(value / _KILO)} KB"
    return f"{value / _KILO / _KILO:.1f} MB"


@register.simple_tag(name="day")
def day_tag(value: date | datetime | None, style: str = "weekday") -> SafeString | str:
    """`<time>` with the day. style: weekday (default), long, short, number."""
    if not value:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', _local_day(value).isoformat(), _write_day(value, style)
    )


@register.simple_tag(name="moment")
def moment_tag(value: datetime | None, style: str = "long") -> SafeString | str:
    """`<time>` with day and clock. style: long (default) or short."""
    if not value:
        return ""
    return moment_writer(style)(value)


@register.filter
def name_of(thing: Any) -> str:
    """The name of an agency, enterprise or branch in the language of the page."""
    return pick(thing, "name") if thing else ""


@register.simple_tag
def gap() -> str:
    """What stands between two sentences: a space in English, nothing after 「。」."""
    return " " if is_english() else ""
