"""Serve an explicit list of files from node_modules under static/vendor/."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

PREFIX = "vendor/"


class VendorFinder(BaseFinder):
    """Find what settings.VENDOR_FILES names, and nothing else of node_modules."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.NODE_MODULES_DIR)
        self.storage = FileSystemStorage(location=self.root)
        self.storage.prefix = PREFIX.rstrip("/")  # type: ignore[attr-defined]

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Nothing to check: doctor says which files are missing."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001
        """Give the file's place on disk, or a list of places when all are asked for; an empty list is "no"."""
        name = path.removeprefix(PREFIX)
        if not path.startswith(PREFIX) or name not in settings.VENDOR_FILES:
            return []
        place = self.root / name
        if not place.is_file():
            return []
        return [str(place)] if find_all else str(place)

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterable[tuple[str, FileSystemStorage]]:
        """Every listed file that is there."""
        for name in settings.VENDOR_FILES:
            if (self.root / name).is_file():
                yield name, self.storage


def missing_files() -> list[str]:
    """Name the listed files that npm has not brought."""
    root = Path(settings.NODE_MODULES_DIR)
    return [name for name in settings.VENDOR_FILES if not (root / name).is_file()]
