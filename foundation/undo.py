"""Offering, with a message in the page, to take back what it tells of."""

_TAG = "undo:"


def with_undo(url: str) -> str:
    """Return the extra tags of a message that carries an "Undo"; `url` takes a POST."""
    return _TAG + url


def undo_url(tags: str | None) -> str:
    """Return the address to take back what a message tells of, from its tags; "" without one."""
    named = (tag for tag in (tags or "").split() if tag.startswith(_TAG))
    return next(named, "").removeprefix(_TAG)
