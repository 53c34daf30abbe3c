"""Reading back the e-mails that the demo writes into a folder."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

LISTED_MAX = 200
LOOKED_AT_MAX = 2000
LARGEST = 2_000_000
_NAME = re.compile(r"[0-9T]{1,40}-[0-9a-f]{16}")
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DemoMail:
    """One e-mail as it lies in the folder."""

    name: str
    recipient: str
    subject: str
    at: datetime | None
    message_id: str
    text: str
    html: str

    @property
    def content_security_policy(self) -> str:
        """Nothing runs, nothing is fetched; only the style sheet inside the e-mail counts."""
        hashes = [
            "'sha256-" + base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode() + "'"
            for sheet in _STYLE.findall(self.html)
        ]
        styles = " ".join(hashes) or "'none'"
        return f"sandbox; default-src 'none'; style-src {styles}; frame-ancestors 'self'"


def is_name(name: str) -> bool:
    """Whether this could be the name of an e-mail in the folder, and of nothing else."""
    return _NAME.fullmatch(name) is not None


def newest(folder: Path, recipient: str = "") -> list[DemoMail]:
    """The latest e-mails, newest first, to everybody or to addresses that contain `recipient`."""
    if not folder.is_dir():
        return []
    wanted = recipient.strip().lower()
    found: list[DemoMail] = []
    for path in sorted(folder.glob("*.eml"), reverse=True)[:LOOKED_AT_MAX]:
        mail = _read(path) if is_name(path.stem) else None
        if mail is not None and wanted in mail.recipient.lower():
            found.append(mail)
        if len(found) == LISTED_MAX:
            break
    return found


def named(folder: Path, name: str) -> DemoMail | None:
    """One e-mail, or None where there is none of that name."""
    return _read(folder / f"{name}.eml") if is_name(name) else None


def _read(path: Path) -> DemoMail | None:
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST:
            return None
        parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    except OSError:
        return None
    return DemoMail(
        name=path.stem,
        recipient=str(parsed.get("To", "")),
        subject=str(parsed.get("Subject", "")),
        at=_moment(str(parsed.get("Date", ""))),
        message_id=str(parsed.get("Message-ID", "")),
        text=_part(parsed, "plain"),
        html=_part(parsed, "html"),
    )


def _part(parsed: EmailMessage, kind: str) -> str:
    body = parsed.get_body(preferencelist=(kind,))
    if body is None:
        return ""
    # A stored e-mail has the line ends of the wire.
    return str(body.get_content()).replace("\r\n", "\n")


def _moment(written: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(written)
    except ValueError:
        return None
    # "-0000" says that the time is UTC and nothing of the sender's zone.
    return at if at.tzinfo else at.replace(tzinfo=UTC)
