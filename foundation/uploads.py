"""Files that people hand in: what a file is gets found out, never believed.

The ending must be one we take, the first bytes must agree with it, and a separate process with
little memory and time must be able to read the file (`foundation.inspection`). What comes out
is what may be stored; the name a person gave is only data.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.text import is_blank

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_NAME_BYTES: Final = 255
_PATIENCE_SECONDS: Final = 15
_PROGRAM: Final = Path(__file__).with_name("inspection.py")

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
MIME_TYPES: Final = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "odt": f"{_ODF}.text",
    "ods": f"{_ODF}.spreadsheet",
    "csv": "text/csv",
}
_ENDINGS: Final = {**{kind: kind for kind in MIME_TYPES}, "jpeg": "jpg", "heif": "heic"}
ACCEPT: Final = ",".join(f".{ending}" for ending in _ENDINGS)

_PROGRAM_ENDING = re.compile(
    r"app|aspx?|bat|cgi|chm|cmd|com|cpl|dll|exe|hta|x?html?|jar|jse?|jsp|lnk|mht|msi|php\d?|phtml"
    r"|pif|pl|ps1|py|rb|reg|scr|sh|svg|swf|vb[es]|wsf|xht|xml",
)
_RESERVED_NAMES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(
    '[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f'
    "\ufeff\ud800-\udfff\ufff9-\uffff]+"
)


class UploadRefusedError(DomainError):
    """The file cannot be taken; `code` says why to machines, `message` to people."""

    def __init__(self, code: str) -> None:
        super().__init__(REASONS.get(code, REASONS["unreadable"]))
        self.code = code


REASONS: Final[dict[str, "str | Promise"]] = {
    "empty": _("This file is empty. Choose another one."),
    "too_large": _("This file is larger than 20 MB. Make it smaller or send it in parts."),
    "kind": _("Send a PDF, a photo (JPG, PNG, HEIC), or a DOCX, XLSX, ODT, ODS or CSV file."),
    "mismatch": _("What is inside this file is not what its name says. Save it again, please."),
    "unreadable": _("This file cannot be opened. Save it again, please, or send it as a PDF."),
    "too_complex": _("This file is too complex to check. Save it in a simpler form, please."),
    "locked": _("This file is locked with a password. Send it without one, please."),
    "program": _("This file contains a program or macro. Save it without, please."),
    "embedded": _("This file contains other files. Send those on their own, please."),
    "external": _("This file fetches parts from elsewhere. Save it as a PDF, please."),
    "formula": _("This CSV file contains formulas. Save it with plain values, please."),
    "encoding": _("The characters of this CSV file cannot be read. Save it as UTF-8, please."),
    "virus": _("This file was recognised as harmful and was not kept."),
}


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """A file that was read and found to be what it says. `kind` is a key of MIME_TYPES."""

    kind: str
    mime: str
    extension: str
    size: int
    sha256: str
    name: str


def check_upload(file: "File[Any]") -> CheckedUpload:
    """Find out what a file is; UploadRefusedError with the reason where it cannot be taken.

    Takes at most four seconds of work and 200 MiB, in a process of its own, whatever the file.
    The file is left at its beginning.
    """
    size = file.size or 0
    name = clean_name(file.name or "")
    kind = _kind_by_name(name)
    if size == 0:
        raise UploadRefusedError("empty")
    if size > MAX_BYTES:
        raise UploadRefusedError("too_large")
    with tempfile.TemporaryFile() as copy:
        digest = _copy(file, copy)
        _inspect(copy, kind)
    return CheckedUpload(
        kind=kind,
        mime=MIME_TYPES[kind],
        extension=kind,
        size=size,
        sha256=digest,
        name=name,
    )


def clean_name(name: str) -> str:
    """A file name as it may be kept and shown: no path, nothing invisible, at most 255 bytes."""
    name = _NOT_IN_NAMES.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    if is_blank(stem):
        stem = "file"
    if _RESERVED_NAMES.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    ending = f".{ending[:16]}" if dot else ""
    room = MAX_NAME_BYTES - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore") + ending


def _kind_by_name(name: str) -> str:
    *middle, ending = name.lower().split(".")[1:] or [""]
    if ending not in _ENDINGS or any(map(_PROGRAM_ENDING.fullmatch, middle)):
        raise UploadRefusedError("kind")
    return _ENDINGS[ending]


def _copy(file: "File[Any]", copy: IO[bytes]) -> str:
    digest, written = hashlib.sha256(), 0
    file.seek(0)
    for chunk in file.chunks():
        written += len(chunk)
        if written > MAX_BYTES:
            raise UploadRefusedError("too_large")
        digest.update(chunk)
        copy.write(chunk)
    file.seek(0)
    copy.seek(0)
    return digest.hexdigest()


def _inspect(copy: IO[bytes], kind: str) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), kind],
            stdin=copy,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"},
            cwd=tempfile.gettempdir(),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise UploadRefusedError("too_complex") from late
    try:
        refusal = json.loads(done.stdout)["refused"]
    except (ValueError, KeyError, TypeError):
        # Killed by a limit of its own: time (SIGXCPU) or memory.
        refusal = "too_complex" if done.returncode < 0 else "unreadable"
    if refusal is not None:
        raise UploadRefusedError(refusal)
