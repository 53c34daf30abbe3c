"""Says a reason in the reader's language; `reason_in` says it in a stated one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.reference import county_name, industry_name
from assistance.routing.facts import Reason

Params = Mapping[str, str]


def _need_name(need: str) -> str:
    return {
        "money": _("Money and starting up"),
        "running": _("Running the business"),
        "market": _("Finding customers"),
        "technology": _("Technology"),
        "environment": _("Environment and safety"),
    }.get(need, need)


SENTENCES: dict[str, Callable[[Params], str]] = {
    "keyword": lambda p: _("You wrote “%(words)s”.") % p,
    "together": lambda p: _("You wrote of these together: %(words)s.") % p,
    "need": lambda p: _("You chose “%(need)s”.") % {"need": _need_name(p["need"])},
    "industry": lambda p: (
        _("This is common in your industry: %(industry)s.")
        % {"industry": industry_name(p["industry"])}
    ),
    "has_factory": lambda p: _("You have a factory."),
    "small_shop": lambda p: _("It is open to small businesses: you have %(staff)s people.") % p,
    "grown_firm": lambda p: _("With %(staff)s people, rules and organisation matter more.") % p,
    "not_registered": lambda p: _("Your business is not registered yet."),
    "young_firm": lambda p: _("Your business is less than 5 years old."),
    "local_speciality": lambda p: (
        _("Businesses in %(county)s often join forces around what is local.")
        % {"county": county_name(p["county"])}
    ),
    "outlying": lambda p: (
        _("From %(county)s, reaching customers takes extra work.")
        % {"county": county_name(p["county"])}
    ),
}


def sentence(reason: Reason) -> str:
    """The reason as a sentence in the active language."""
    return SENTENCES[reason.code](reason.params)


def sentence_in(reason: Reason, language: str) -> str:
    with override(language):
        return sentence(reason)
