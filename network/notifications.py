"""What this app tells people, one module per kind of thing."""

from network import volunteer_notifications

__all__ = ["volunteer_notifications"]
