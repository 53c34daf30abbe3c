"""The life of one message in the post room, from written to read or given up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.transitions import Course


class MessageState(models.TextChoices):
    """What has become of one message."""

    PENDING = "pending", _("Waiting to be sent")
    SENT = "sent", pgettext_lazy("an e-mail", "Sent")
    FAILED = "failed", _("Not delivered")
    SUPPRESSED = "suppressed", _("Held back")
    DIGEST = "digest", _("Goes with the daily digest")


MESSAGE_COURSE = Course(
    {
        MessageState.PENDING: {
            MessageState.SENT,
            MessageState.FAILED,
            MessageState.SUPPRESSED,
        },
        MessageState.SENT: set(),
        MessageState.FAILED: {MessageState.PENDING},
        MessageState.SUPPRESSED: {MessageState.PENDING},
        MessageState.DIGEST: {MessageState.SENT, MessageState.SUPPRESSED},
    }
)
