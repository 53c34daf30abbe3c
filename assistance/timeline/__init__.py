"""The sentences of this app's events, one module per kind of thing."""

from assistance.timeline import case, intake, need

__all__ = ["case", "intake", "need"]
