"""The sentences of this app's events, one module per kind of thing."""

from assistance.timeline import case, need

__all__ = ["case", "need"]
