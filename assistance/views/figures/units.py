"""Who receives referrals, as figures name them: an organisation or a volunteer."""

import re
from collections.abc import Iterable

from django.http import Http404
from django.utils.translation import gettext as _

from assistance.statistics.referrals import Key
from network.matching import Kind
from network.models import Organisation, Volunteer

_CODE = re.compile(r"(organisation|volunteer)-(\d{1,18})", re.ASCII)


def unit_code(key: Key) -> str:
    """How an address names it: organisation-5."""
    organisation_id, volunteer_id = key
    kind = Kind.VOLUNTEER if volunteer_id else Kind.ORGANISATION
    return f"{kind}-{volunteer_id or organisation_id}"


def key_of(code: str) -> Key:
    """(organisation id, volunteer id) of an address; 404 where it is none."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise Http404
    kind, pk = found.groups()
    return (int(pk), None) if kind == Kind.ORGANISATION else (None, int(pk))


def unit_names(keys: Iterable[Key]) -> dict[Key, str]:
    """The names of all of them: two queries."""
    wanted = list(keys)
    organisations = Organisation.objects.in_bulk([pk for pk, _v in wanted if pk])
    volunteers = Volunteer.objects.in_bulk([pk for _o, pk in wanted if pk])
    named: dict[Key, str] = {}
    for key in wanted:
        organisation_id, volunteer_id = key
        if organisation_id in organisations:
            named[key] = str(organisations[organisation_id].name)
        elif volunteer_id in volunteers:
            named[key] = _("%(name)s (volunteer)") % {"name": volunteers[volunteer_id].name}
    return named
