"""Where an embedded server keeps its files: under var/, or elsewhere when its user cannot get there."""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sme_portal.embedded.processes import RunAs

POINTER = "elsewhere"


def prepare(base: Path, who: RunAs) -> Path:
    """Make and return a directory the server's user can reach; where it is is remembered under base."""
    base.mkdir(parents=True, exist_ok=True)
    pointer = base / POINTER
    if pointer.exists():
        place = Path(pointer.read_text().strip())
        if place.is_dir() and place.lstat().st_uid == os.geteuid():
            return place
        pointer.unlink()
    if not who.drops:
        return base
    base.chmod(0o755)
    if who.can_enter(base):
        return base
    place = _outside(base)
    write(pointer, str(place))
    return place


def _outside(base: Path) -> Path:
    """A directory outside a closed home, named after the clone so that two clones never share one."""
    digest = hashlib.sha256(str(base.resolve()).encode()).hexdigest()[:12]
    place = Path(tempfile.gettempdir() if not Path("/var/tmp").is_dir() else "/var/tmp")  # noqa: S108
    place = place / f"sme-portal-{digest}"
    try:
        place.mkdir(mode=0o755)
    except FileExistsError:
        if place.is_symlink() or not place.is_dir() or place.lstat().st_uid != os.geteuid():
            place = Path(tempfile.mkdtemp(prefix=f"sme-portal-{digest}-", dir=place.parent))
    place.chmod(0o755)
    return place


def locate(base: Path) -> Path:
    """Where the files are now, without making anything."""
    pointer = base / POINTER
    return Path(pointer.read_text().strip()) if pointer.exists() else base


def remove(base: Path) -> None:
    """Remove the server's files wherever they are."""
    place = locate(base)
    for directory in {place, base}:
        shutil.rmtree(directory, ignore_errors=True)


def write(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Write a small file whole or not at all, closed to others from its first byte."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    half.replace(path)


def size(path: Path) -> int:
    """How long a file is now; nothing where there is none."""
    return path.stat().st_size if path.exists() else 0


def read_on(path: Path, begin: int) -> str:
    """What was written into a log after its first `begin` bytes."""
    try:
        with path.open("rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")
    except OSError:
        return ""


def secret(path: Path) -> str:
    """A random word kept in a file only we can read; made the first time."""
    if path.exists() and (known := path.read_text().strip()):
        return known
    word = secrets.token_urlsafe(24)
    write(path, word)
    return word


@contextlib.contextmanager
def one_at_a_time(base: Path) -> Iterator[None]:
    """Let one process at a time start or stop a server."""
    base.mkdir(parents=True, exist_ok=True)
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
