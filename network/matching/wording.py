"""Says why somebody fits, or does not, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.reference import county_name
from accounts.reference.districts import place_words
from foundation.languages import EN, ZH, is_english
from foundation.roc import format_date
from network.matching.facts import Said

Params = Mapping[str, Any]


def _language(params: Params) -> dict[str, str]:
    return {"language": _("English") if params["language"] == "en" else str(params["language"])}


def _away(params: Params) -> str:
    until = format_date(params["until"], EN if is_english() else ZH, "long")
    return _("On leave until %(day)s.") % {"day": until}


SENTENCES: dict[str, Callable[[Params], str]] = {
    "topic": lambda p: _("Helps with this topic."),
    "serves_district": lambda p: (
        _("Serves %(place)s.") % {"place": place_words(p["county"], p["district"])}
    ),
    "serves_county": lambda p: _("Serves %(place)s.") % {"place": county_name(p["county"])},
    "serves_everywhere": lambda p: _("Serves the whole country."),
    "distance": lambda p: _("About %(km)d km away.") % p if p["km"] else _("Close by."),
    "speaks": lambda p: _("Works in %(language)s.") % _language(p),
    "speaks_not": lambda p: _("Has not said that it works in %(language)s.") % _language(p),
    "free": lambda p: (
        ngettext("%(n)d place free this month.", "%(n)d places free this month.", p["n"]) % p
    ),
    "new": lambda p: _("Asked too seldom so far to say how often it accepts."),
    "accepted": lambda p: _("Accepted %(n)d of %(of)d referrals in a year.") % p,
    "speed_unknown": lambda p: _("How soon it answers is not known yet."),
    "answers_in": lambda p: (
        ngettext(
            "Usually answers within %(hours)d hour.",
            "Usually answers within %(hours)d hours.",
            p["hours"],
        )
        % p
    ),
    "stale": lambda p: _("Its entry has not been confirmed for six months."),
    "other_topic": lambda p: _("Does not help with this topic."),
    "other_area": lambda p: _("Does not serve this county or city."),
    "other_districts": lambda p: _("Serves other districts of this county or city."),
    "conflict": lambda p: _("Has a conflict of interest with this enterprise."),
    "asked_before": lambda p: _("Was asked for this already and did not take it."),
    "away": _away,
    "full": lambda p: _("Has no place free this month."),
    "no_contact": lambda p: _("Has neither an account nor an e-mail address here."),
}


def sentence(said: Said) -> str:
    """The reason as a sentence in the active language."""
    return SENTENCES[said.code](said.params)
