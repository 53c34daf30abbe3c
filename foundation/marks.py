"""Longer texts with a few marks, written as HTML: paragraphs, headings, lists, bold words, links.

What editors may write, and no more: `## heading`, `- item`, `1. item`, `**bold**`,
`[words](https://…)`. All else is text and is escaped, markup of any kind included.
"""

import re
from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*\*")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((https?://[^\s()<>\"']{1,300})\)")
_HEADING = re.compile(r"#{2,3}\s+(?P<words>.+)")
_BULLET = re.compile(r"[-*•]\s+(?P<words>.+)")
_WIDE_STOPS = "。，；：！？、」』"
_STOPS = _WIDE_STOPS + ".,;:!?"
_LAST_NARROW = 0x2E7F
_NUMBERED = re.compile(r"\d{1,2}[.、]\s*(?P<words>.+)")


def to_html(text: str, *, heading: int = 3) -> SafeString:
    """The text as HTML that is safe to show; `heading` is the level of its headings."""
    return mark_safe("\n".join(_blocks(text, heading)))  # noqa: S308


def to_plain(text: str) -> str:
    """The same text without marks, for snippets, letters and search engines."""
    lines = (_words_of(line.strip()) for line in text.splitlines())
    bare = _LINK.sub(r"\1", "\n".join(lines))
    return _BOLD.sub(r"\1", bare).strip()


def to_line(text: str) -> str:
    """The same on one line: items of a list, which seldom end with a stop, are kept apart."""
    lines = [line for line in to_plain(text).splitlines() if line]
    return "".join(_parted(line) for line in lines[:-1]) + "".join(lines[-1:])


def _parted(line: str) -> str:
    if line[-1] in _STOPS:
        return line if line[-1] in _WIDE_STOPS else f"{line} "
    return f"{line}；" if ord(line[-1]) > _LAST_NARROW else f"{line}; "


def _words_of(line: str) -> str:
    for pattern in (_HEADING, _BULLET, _NUMBERED):
        if found := pattern.fullmatch(line):
            return found["words"]
    return line


def _blocks(text: str, heading: int) -> Iterator[str]:
    kind = ""
    gathered: list[str] = []
    for line in [*(one.strip() for one in text.splitlines()), ""]:
        found, words = _kind_of(line)
        if gathered and (found != kind or not line):
            yield _written(kind, gathered, heading)
            gathered = []
        kind = found
        if line:
            gathered.append(_inline(words))


def _kind_of(line: str) -> tuple[str, str]:
    for kind, pattern in (("h", _HEADING), ("ul", _BULLET), ("ol", _NUMBERED)):
        if found := pattern.fullmatch(line):
            return kind, found["words"]
    return "p", line


def _written(kind: str, lines: list[str], heading: int) -> str:
    if kind == "h":
        return "\n".join(f"<h{heading}>{line}</h{heading}>" for line in lines)
    if kind == "p":
        return f"<p>{'<br>'.join(lines)}</p>"
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<{kind}>{items}</{kind}>"


def _inline(words: str) -> str:
    """Links are found in what was typed, so that escaping does not change where they lead."""
    pieces: list[str] = []
    end = 0
    for link in _LINK.finditer(words):
        pieces.append(_bold(words[end : link.start()]))
        pieces.append(f'<a href="{escape(link[2])}" rel="noopener">{_bold(link[1])}</a>')
        end = link.end()
    return "".join([*pieces, _bold(words[end:])])


def _bold(words: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escape(words))
