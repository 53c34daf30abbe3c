"""The lists of volunteers as files: the rows of the list at hand, and what its reader may read of each."""

from collections.abc import Iterable
from datetime import date
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.reference.districts import district_words
from foundation.downloads import as_file
from foundation.guards import requires
from foundation.listing import keyset_batches
from network.models import Volunteer, VolunteerApplication
from network.models.volunteer_profile import VolunteerProfile
from network.services import volunteer_exports
from network.views.volunteer_desk import applications, people
from network.volunteer_cards import term_names
from network.volunteer_permissions import can_review_volunteers
from network.volunteer_standing import standing_of

KINDS = {"csv", "xlsx"}


@require_safe
@requires(can_review_volunteers)
def people_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Everyone who is or was appointed; of one county where the list shows one."""
    found = people.listed(request, people.county_asked(request))
    batches = keyset_batches(found, people.SORTS.default)
    topics, today = term_names(), timezone.localdate()
    rows = [_person(one, topics, today) for one in chain.from_iterable(batches)]
    heads = [
        *_profile_heads(),
        _("State"),
        _("Number of the term"),
        _("Term from"),
        _("Term until"),
    ]
    return _file(request, heads, rows, which="people", kind=kind)


@require_safe
@requires(can_review_volunteers)
def applications_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The applications that wait, or those that are decided."""
    found, sort = applications.listed(request)
    found = found.select_related("window", "user", "first_reviewer", "second_reviewer")
    topics = term_names()
    rows = [_application(one, topics) for one in chain.from_iterable(keyset_batches(found, sort))]
    which = "decided" if applications.wants_decided(request) else "waiting"
    return _file(request, [*_profile_heads(), *_application_heads()], rows, which=which, kind=kind)


def _file(
    request: HttpRequest, heads: list[str], rows: list[list[object]], *, which: str, kind: str
) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    volunteer_exports.note_export(by_id=request.user.pk, kind=which, rows=len(rows))
    name = f"volunteers-{which}-{timezone.localdate():%Y%m%d}"
    return as_file(heads, rows, name=name, kind=kind)


def _profile_heads() -> list[str]:
    return [
        pgettext("a person", "Name"),
        _("Profession or post"),
        _("E-mail"),
        _("Phone"),
        _("County or city"),
        _("District"),
        _("Other counties served"),
        _("Specialties"),
        _("Languages"),
    ]


def _profile(one: VolunteerProfile, email: str, topics: dict[str, str]) -> list[object]:
    return [
        one.name,
        one.title,
        email,
        one.phone,
        one.county_words,
        _several(district_words(one.county, name) for name in one.districts),
        _several(one.more_county_words),
        _several(topics[code] for code in one.specialties if code in topics),
        _several(one.language_words),
    ]


def _person(one: Volunteer, topics: dict[str, str], today: date) -> list[object]:
    last = max(one.terms.all(), key=lambda term: term.ends_on, default=None)
    return [
        *_profile(one, one.user.email, topics),
        standing_of(one.terms.all(), one.trainings.all(), today).label,
        last.number if last else "",
        last.starts_on.isoformat() if last else "",
        last.ends_on.isoformat() if last else "",
    ]


def _application_heads() -> list[str]:
    return [
        _("Another term"),
        _("Cases in an ordinary month"),
        _("Qualification"),
        _("Experience"),
        _("Number of the certificate"),
        _("Day of the training"),
        _("Sent at"),
        _("Round"),
        _("State"),
        _("First review"),
        _("Second review"),
        _("Reason"),
    ]


def _application(one: VolunteerApplication, topics: dict[str, str]) -> list[object]:
    return [
        *_profile(one, one.user.email, topics),
        pgettext("a cell", "Yes") if one.is_renewal else pgettext("a cell", "No"),
        one.places,
        one.get_qualification_display(),
        one.experience,
        one.basic_certificate,
        one.basic_trained_on.isoformat(),
        timezone.localdate(one.submitted_at).isoformat(),
        one.window.year,
        one.get_state_display(),
        one.first_reviewer.name if one.first_reviewer else "",
        one.second_reviewer.name if one.second_reviewer else "",
        one.refusal_reason,
    ]


def _several(words: Iterable[object]) -> str:
    return "; ".join(str(word) for word in words)
