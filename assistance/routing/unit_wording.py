"""Says in the reader's language why a rule did not apply or an agency was not asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from accounts.reference import county_name, industry_name

Params = Mapping[str, str]


def _county(params: Params) -> str:
    if not params["county"]:
        return _("The county of the case is not known.")
    return _("The case is from %(county)s.") % {"county": county_name(params["county"])}


def _industry(params: Params) -> str:
    if not params["industry"]:
        return _("The industry of the case is not known.")
    named = {"industry": industry_name(params["industry"])}
    return _("The industry of the case is %(industry)s.") % named


SENTENCES: dict[str, Callable[[Params], str]] = {
    "later_rule": lambda p: _("Rule %(number)s came before it.") % p,
    "agency_closed": lambda _p: _("The agency is not in force."),
    "other_county": _county,
    "other_industry": _industry,
    "staff_unknown": lambda _p: _("How many people the enterprise has is not known."),
    "too_small": lambda p: _("The enterprise has fewer than %(staff)s people.") % p,
    "too_large": lambda p: _("The enterprise has more than %(staff)s people.") % p,
    "no_word": lambda _p: _("None of the words of the rule stands in the request."),
    "rule_names_another": lambda _p: _("A rule names another agency."),
    "not_first": lambda _p: _(
        "No rule names it, and another agency answers for the system first."
    ),
}


def sentence(code: str, params: Params) -> str:
    """The reason as a sentence in the active language; a code of a later release says nothing."""
    said = SENTENCES.get(code)
    return said(params) if said else ""
