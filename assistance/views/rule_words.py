"""A routing rule in words: what it asks for and whom it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.reference import county_name, industry_name
from assistance.models import RuleVersion
from foundation.languages import pick


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A version as the pages show it."""

    version: RuleVersion
    name: str
    agency: str
    conditions: tuple[str, ...]


def row_of(version: RuleVersion, system_names: Mapping[str, str]) -> RuleRow:
    return RuleRow(
        version=version,
        name=pick(version, "name"),
        agency=pick(version.agency, "name"),
        conditions=tuple(_conditions(version, system_names)),
    )


def _conditions(version: RuleVersion, system_names: Mapping[str, str]) -> Iterator[str]:
    between = _(", ")
    if version.system is not None:
        code = version.system.code
        yield _("System: %(names)s") % {"names": system_names.get(code, code)}
    if version.counties:
        counties = between.join(map(county_name, version.counties))
        yield _("County: %(names)s") % {"names": counties}
    if version.industries:
        industries = between.join(map(industry_name, version.industries))
        yield _("Industry: %(names)s") % {"names": industries}
    if version.staff_at_least is not None:
        yield _("At least %(staff)d people") % {"staff": version.staff_at_least}
    if version.staff_at_most is not None:
        yield _("At most %(staff)d people") % {"staff": version.staff_at_most}
    if version.words:
        yield _("Words: %(names)s") % {"names": between.join(version.words)}
