"""What nobody should send, and how to send it."""

from functools import cache

HOSTILE: dict[str, str] = {
    "NUL": "前\x00後",
    "lone surrogate": "\ud83d",
    "four bytes": "𠮷野家🏭" * 30,
    "right to left": "\u202egnp.exe\u2066",
    "blank letter": "\u3164\u3164",
    "zero width": "\u200b\u200d\ufeff",
    "long": "中" * 300,
    "very long": "a" * 70_000,
    "formula": '=HYPERLINK("http://x","y")',
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}",
    "quotes": "' OR 1=1; --\"\\",
    "huge number": "9" * 40,
    "negative": "-1",
    "not a number": "NaN",
    "deep json": "[" * 20_000 + "]" * 20_000,
    "line ends": "a\r\nBcc: x@example.com\r\n\r\nb",
    "lone percent": "%",
    "format": "%s%n{0}{user.password}",
    "control": "\x1b[31m\x07\x08",
    "full width": "１１５／１３／４５",
}


@cache
def quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def rotated(names: tuple[str, ...], turn: int, longest: int = 100_000) -> dict[str, str]:
    """Another hostile value for each name; over the turns each name meets many of them."""
    values = [value for value in HOSTILE.values() if len(value) <= longest]
    return {name: quoted(values[(at + turn * 7) % len(values)]) for at, name in enumerate(names)}


def encoded(pairs: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in pairs.items())
