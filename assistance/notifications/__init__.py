"""Who is told of what in this app, one module per act."""

from assistance.notifications import intake

__all__ = ["intake"]
