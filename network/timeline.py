"""The sentences of this app's events, one module per kind of thing."""

from network import volunteer_timeline

__all__ = ["volunteer_timeline"]
