"""The sentences of this app's events, one module per kind of thing."""

from network import directory_timeline, volunteer_timeline

__all__ = ["directory_timeline", "volunteer_timeline"]
