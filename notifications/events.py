"""What the post room itself writes into the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostEvent(models.TextChoices):
    """Acts of people upon messages and addresses."""

    MESSAGE_RESENT = "notifications.message.resent", _("Message sent again")
    ADDRESS_SUPPRESSED = "notifications.address.suppressed", _("Address held back")
    ADDRESS_RELEASED = "notifications.address.released", _("Address released")
    PREFERENCES_CHANGED = "notifications.preferences.changed", _("Notification choices changed")
