"""E-mail addresses as staff see them."""


def masked(email: str) -> str:
    """Enough to recognise an address, not enough to copy it."""
    name, _at, domain = email.partition("@")
    return f"{name[:2]}…@{domain}" if domain else "…"
