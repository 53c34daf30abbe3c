"""How large the applicant is in the eyes of the law, for the officer who decides who can help."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import wording
from accounts.size_class import Facts, classify
from accounts.size_limits import limits_on
from assistance.models import Case
from foundation.templatetags.formats import day_number


def size_of(case: Case) -> dict[str, Any]:
    """The size class under the limits of the day of asking: reasons, and what is left to ask.

    An applicant without a registered enterprise has told nothing, so everything is to be asked.
    """
    enterprise, day = case.enterprise, timezone.localdate(case.submitted_at)
    facts = Facts()
    if enterprise is not None:
        facts = Facts(
            enterprise.registration_kind, enterprise.paid_in_capital, enterprise.regular_staff
        )
    thresholds = limits_on(day)
    found = classify(facts, thresholds, day)
    return {
        "code": found.size.value,
        "title": wording.title(found),
        "reasons": wording.reasons(found) if enterprise is not None else [],
        "questions": wording.questions(found),
        "law": wording.law(thresholds, found),
        "as_of": _("limits of %(day)s, the day of asking; details as they stand now")
        % {"day": day_number(day)},
    }
