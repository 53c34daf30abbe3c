"""The lives of an application, of a term and of hours given: what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.transitions import Course


class ApplicationState(models.TextChoices):
    SUBMITTED = "submitted", _("Waiting for the first review")
    REVIEWED = "reviewed", _("Waiting for the second review")
    APPOINTED = "appointed", _("Appointed")
    REFUSED = "refused", pgettext_lazy("volunteer", "Not appointed")
    WITHDRAWN = "withdrawn", pgettext_lazy("volunteer", "Withdrawn by the applicant")


APPLICATION_COURSE = Course(
    {
        ApplicationState.SUBMITTED: {
            ApplicationState.REVIEWED,
            ApplicationState.REFUSED,
            ApplicationState.WITHDRAWN,
        },
        ApplicationState.REVIEWED: {
            ApplicationState.APPOINTED,
            ApplicationState.REFUSED,
            ApplicationState.WITHDRAWN,
        },
        ApplicationState.APPOINTED: set(),
        ApplicationState.REFUSED: set(),
        ApplicationState.WITHDRAWN: set(),
    }
)
OPEN_APPLICATIONS = (ApplicationState.SUBMITTED, ApplicationState.REVIEWED)


class HoursState(models.TextChoices):
    ENTERED = "entered", _("Waiting to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("hours", "Confirmed")
    RETURNED = "returned", _("Sent back")
    REMOVED = "removed", pgettext_lazy("hours", "Taken out")


HOURS_COURSE = Course(
    {
        HoursState.ENTERED: {HoursState.CONFIRMED, HoursState.RETURNED, HoursState.REMOVED},
        HoursState.RETURNED: {HoursState.REMOVED},
        HoursState.CONFIRMED: set(),
        HoursState.REMOVED: set(),
    }
)


class Standing(models.TextChoices):
    """How a volunteer stands on a day; follows from terms and training, never stored."""

    SERVING = "active", pgettext_lazy("volunteer", "Serving")
    TO_TRAIN = "pending", _("Appointed; special training still to come")
    OVER = "ended", pgettext_lazy("volunteer", "Term is over")
    NONE = "draft", _("Not appointed yet")


class Qualification(models.TextChoices):
    """The grounds on which a person may be appointed, one is enough."""

    MANAGER = "manager", _("Five years of managing a business, or an owner with a good record")
    ENGINEER = "engineer", _("Five years as a full-time technical manager")
    RETIRED = "retired", _("Retired, with five years of such experience")
    AWARD = "award", _("Won a national award for enterprises in the last three years")
    RESEARCH = "research", _("Does research on SME finance, management, start-ups, IT or law")


class Training(models.TextChoices):
    BASIC = "basic", _("Basic training")
    SPECIAL = "special", _("Special training")


class Tie(models.TextChoices):
    """What ties a volunteer to an enterprise."""

    OWNER = "owner", _("I own it or a share of it")
    EMPLOYEE = "employee", _("I work there, or did in the last two years")
    FAMILY = "family", _("Someone of my family owns it or works there")
    ADVISER = "adviser", _("I advise it for pay")
    RIVAL = "rival", _("It competes with an enterprise of mine")


class HoursKind(models.TextChoices):
    ADVICE = "advice", _("Advice to an enterprise")
    VISIT = "visit", _("Visit on site")
    TRAINING = "training", pgettext_lazy("hours", "Training")
    MEETING = "meeting", pgettext_lazy("hours", "Meeting or duty at the centre")


class ShownField(models.TextChoices):
    """What may be shown to everybody, each only with the volunteer's consent."""

    NAME = "name", pgettext_lazy("a person", "Name")
    TITLE = "title", _("Profession or post")
    SPECIALTIES = "specialties", _("Specialties")
    COUNTY = "county", _("County and districts served")
    LANGUAGES = "languages", _("Languages")
    INTRODUCTION = "introduction", _("What you write about yourself")
    CAPACITY = "capacity", _("How many cases you can still take this month")
