"""The ways a message can reach a person, and how often she wants to hear."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How one message travels."""

    EMAIL = "email", _("E-mail")
    PORTAL = "portal", _("In the portal")


class Pace(models.TextChoices):
    """How soon a person wants e-mail of one kind. The portal's own inbox always has it."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, together")
    OFF = "off", _("No e-mail")
