"""Size classes and their reasons in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import RegistrationKind, SizeThreshold
from accounts.size_class import Classification, Datum, Finding, Reason, SizeClass
from foundation.languages import pick

TITLES: dict[SizeClass, str | Promise] = {
    SizeClass.SME: gettext_lazy("Small or medium-sized enterprise"),
    SizeClass.SMALL_SCALE: gettext_lazy("Small-scale enterprise (a kind of SME)"),
    SizeClass.NOT_SME: gettext_lazy("Not an SME in the sense of the law"),
    SizeClass.UNKNOWN: gettext_lazy("Not known yet whether it is an SME"),
}
QUESTIONS: dict[Datum, str | Promise] = {
    Datum.REGISTRATION_KIND: gettext_lazy("How is the enterprise registered?"),
    Datum.PAID_IN_CAPITAL: gettext_lazy("How much is the paid-in capital?"),
    Datum.REGULAR_STAFF: gettext_lazy("How many regular employees are there?"),
    Datum.SMALL_SCALE: gettext_lazy("How many regular employees are there?"),
    Datum.THRESHOLD: gettext_lazy("Which limits hold on this day?"),
}

_WORDS: dict[tuple[Datum, Finding], str | Promise] = {
    (Datum.REGISTRATION_KIND, Finding.MET): gettext_lazy(
        "Registered as: %(value)s (%(article)s)."
    ),
    (Datum.REGISTRATION_KIND, Finding.NOT_MET): gettext_lazy(
        "The law covers companies, businesses and limited partnerships, "
        "not: %(value)s (%(article)s)."
    ),
    (Datum.REGISTRATION_KIND, Finding.MISSING): gettext_lazy(
        "We do not know how it is registered."
    ),
    (Datum.PAID_IN_CAPITAL, Finding.MET): gettext_lazy(
        "Paid-in capital NT$%(value)s is at most NT$%(limit)s (%(article)s)."
    ),
    (Datum.PAID_IN_CAPITAL, Finding.NOT_MET): gettext_lazy(
        "Paid-in capital NT$%(value)s is more than NT$%(limit)s (%(article)s)."
    ),
    (Datum.PAID_IN_CAPITAL, Finding.MISSING): gettext_lazy(
        "We do not know the paid-in capital; the limit is NT$%(limit)s (%(article)s)."
    ),
    (Datum.REGULAR_STAFF, Finding.MET): gettext_lazy(
        "%(value)s regular employees are fewer than %(limit)s (%(article)s)."
    ),
    (Datum.SMALL_SCALE, Finding.MET): gettext_lazy(
        "With fewer than %(limit)s regular employees it is also small-scale (%(article)s)."
    ),
    (Datum.SMALL_SCALE, Finding.NOT_MET): gettext_lazy(
        "Small-scale is only who has fewer than %(limit)s regular employees (%(article)s)."
    ),
    (Datum.SMALL_SCALE, Finding.MISSING): gettext_lazy(
        "Small-scale is only who has fewer than %(limit)s regular employees (%(article)s)."
    ),
    (Datum.REGULAR_STAFF, Finding.NOT_MET): gettext_lazy(
        "%(value)s regular employees are not fewer than %(limit)s (%(article)s)."
    ),
    (Datum.REGULAR_STAFF, Finding.MISSING): gettext_lazy(
        "We do not know the number of regular employees; "
        "the limit is fewer than %(limit)s (%(article)s)."
    ),
}


def title(found: Classification) -> str:
    return str(TITLES[found.size])


def questions(found: Classification) -> list[str]:
    return [str(QUESTIONS[datum]) for datum in found.questions]


def reasons(found: Classification) -> list[str]:
    """Each reason as a sentence that names the datum, its value, the limit and the article."""
    return [_sentence(reason) for reason in found.reasons]


def law(thresholds: list[SizeThreshold], found: Classification) -> str:
    """The law the limits come from, as of the day."""
    in_force = next((t for t in thresholds if t.holds_on(found.as_of)), None)
    return pick(in_force, "law") if in_force else ""


def _sentence(reason: Reason) -> str:
    if reason.datum is Datum.THRESHOLD:
        return _("No limits are on record for this day.")
    filled = {
        "value": f"{reason.value:,}" if isinstance(reason.value, int) else "",
        "limit": f"{reason.limit:,}" if reason.limit is not None else "",
        "article": _("Article %(number)s") % {"number": reason.article},
    }
    if reason.datum is Datum.REGISTRATION_KIND:
        kind = str(reason.value or "")
        filled["value"] = str(RegistrationKind(kind).label) if kind else ""
    return str(_WORDS[reason.datum, reason.finding]) % filled
