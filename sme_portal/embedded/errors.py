"""What may go wrong with an embedded server, in words for the person at the terminal."""


class EmbeddedServerError(RuntimeError):
    """The server could not be found, started or stopped; the message says what to do."""
