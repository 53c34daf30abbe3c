"""Where the bytes of files that people handed in lie: by UUID, outside the web root, named by nobody."""

import uuid
from collections.abc import Iterable
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages

_ALIAS = "private"


def storage() -> Storage:
    """The private storage; the default one where the installation names no other."""
    return storages[_ALIAS if _ALIAS in storages.backends else "default"]


def keep_paper(content: "File[Any]") -> str:
    """Store the bytes under a name of our own and return it."""
    name = uuid.uuid4().hex
    content.seek(0)
    return storage().save(f"{name[:2]}/{name}", content)


def open_paper(name: str) -> IO[Any]:
    return storage().open(name, "rb")


def discard_papers(names: Iterable[str]) -> None:
    for name in names:
        storage().delete(name)
