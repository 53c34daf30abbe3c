"""What an embedded server tells the person at the terminal: nothing, or what went wrong."""


def silent(message: str) -> None:
    """Say nothing."""


class EmbeddedServerError(RuntimeError):
    """The server could not be found, started or stopped; the message says what to do."""
