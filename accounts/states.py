"""The life of a membership in an enterprise."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.transitions import Course


class MembershipState(models.TextChoices):
    PENDING = "pending", _("Waiting for review")
    ACTIVE = "active", _("Active")
    REFUSED = "refused", pgettext_lazy("membership", "Not accepted")
    ENDED = "ended", _("Ended")


MEMBERSHIP_COURSE = Course(
    {
        MembershipState.PENDING: {
            MembershipState.ACTIVE,
            MembershipState.REFUSED,
            MembershipState.ENDED,
        },
        MembershipState.ACTIVE: {MembershipState.ENDED},
        MembershipState.REFUSED: set(),
        MembershipState.ENDED: set(),
    }
)
