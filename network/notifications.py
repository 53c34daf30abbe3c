"""What this app tells people, one module per kind of thing."""

from network import directory_notifications, volunteer_notifications

__all__ = ["directory_notifications", "volunteer_notifications"]
