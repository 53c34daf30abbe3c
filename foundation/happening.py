"""One line of what happened, in the shape the timeline component draws."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple


class Happening(NamedTuple):
    """`state`: now, done or empty. `kind` of the body: message, mine or note. `files`: see file_list."""

    title: str = ""
    at: datetime | None = None
    by: str = ""
    state: str = ""
    icon: str = ""
    meta: str = ""
    body: str = ""
    kind: str = "message"
    files: Sequence[dict[str, Any]] = ()
