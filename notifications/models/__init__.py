from notifications.models.message import Message
from notifications.models.preference import Preference
from notifications.models.suppressed_address import SuppressedAddress

__all__ = ["Message", "Preference", "SuppressedAddress"]
