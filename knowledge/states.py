"""The lives of a question and of its versions: what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.transitions import Course


class QuestionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Being reviewed")
    PUBLISHED = "published", _("Published")
    DUE_FOR_REVIEW = "due_for_review", _("Due for review")
    RETIRED = "retired", _("Retired")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Being reviewed")
    SCHEDULED = "scheduled", _("Approved, to appear later")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced")


class Language(models.TextChoices):
    ZH = "zh", _("Chinese")
    EN = "en", _("English")


_Q = QuestionState
QUESTION_COURSE = Course(
    {
        _Q.DRAFT: {_Q.IN_REVIEW, _Q.RETIRED},
        # Approved for a later day it stays here until that day.
        _Q.IN_REVIEW: {_Q.DRAFT, _Q.PUBLISHED, _Q.RETIRED},
        _Q.PUBLISHED: {_Q.DUE_FOR_REVIEW, _Q.RETIRED},
        _Q.DUE_FOR_REVIEW: {_Q.PUBLISHED, _Q.RETIRED},
        # What was withdrawn comes back the long way: as a draft that somebody approves.
        _Q.RETIRED: {_Q.DRAFT},
    }
)

_V = VersionState
VERSION_COURSE = Course(
    {
        _V.DRAFT: {_V.IN_REVIEW},
        _V.IN_REVIEW: {_V.DRAFT, _V.SCHEDULED, _V.PUBLISHED},
        _V.SCHEDULED: {_V.DRAFT, _V.PUBLISHED},
        _V.PUBLISHED: {_V.REPLACED},
        _V.REPLACED: set(),
    }
)

PUBLIC_STATES = (_Q.PUBLISHED, _Q.DUE_FOR_REVIEW)
OPEN_VERSION_STATES = (_V.DRAFT, _V.IN_REVIEW, _V.SCHEDULED)
PAST_OR_PRESENT_STATES = (_V.PUBLISHED, _V.REPLACED)
APPROVED_VERSION_STATES = (_V.SCHEDULED, _V.PUBLISHED, _V.REPLACED)
