"""A case on an officer's bench: what she may do with it, and the choices her forms offer."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import Agency, StaffMembership, User
from accounts.roles import Permission
from assistance import case_rows
from assistance.models import Case, CaseMessage, Need, SystemAgency
from assistance.models.sight import sight_of
from assistance.permissions import (
    agency_acting,
    can_note,
    can_use_desk,
    can_work,
    can_write_to_sme,
)
from assistance.services.errors import NoSingleSubjectError
from assistance.statistics.load import officers_of
from assistance.system_papers import papers_asked_by
from assistance.timeline.names import name_systems
from foundation.guards import requires
from foundation.languages import is_english, pick
from foundation.verdicts import Verdict

WHOLE_CASE = "case"


def case_for(user: User, reference: str) -> Case | None:
    """The case as the bench needs it, where this person has it on her desk."""
    sight = sight_of(user)
    return case_rows.case_on_desk.first(
        sight.agency_ids, reference, user.pk, reads_all=sight.reads_all
    )


class Bench:
    """One case, one member of staff. Needs carry `is_readable` and their system's names."""

    def __init__(self, user: User, case: Case) -> None:
        self.user = user
        self.case = case

    @property
    def agency_id(self) -> int:
        """The agency in whose name this person acts on the case as a whole."""
        return agency_acting(self.user, self.case) or self.case.lead_agency_id

    @property
    def reads_whole(self) -> bool:
        """Does this person read on when the case is no longer shared? Who leads it does."""
        sight = sight_of(self.user)
        return sight.reads_all or self.case.lead_agency_id in sight.agency_ids

    @cached_property
    def needs(self) -> list[Need]:
        sight = sight_of(self.user)
        needs = case_rows.needs_read_by(self.case.pk, *sight.ids, reads_all=sight.reads_all)
        for need in name_systems(needs):
            need.case = self.case
        return needs

    @cached_property
    def messages(self) -> list[CaseMessage]:
        """What this person may read of what was said."""
        sight = sight_of(self.user)
        return case_rows.messages_read_by(self.case.pk, *sight.ids, reads_all=sight.reads_all)

    @cached_property
    def own_needs(self) -> list[Need]:
        """The needs this person works on now."""
        return [need for need in self.needs if can_work(self.user, need)]

    def subjects(self) -> list[tuple[str, str]]:
        """What a message to the SME can be about."""
        whole = can_write_to_sme(self.user, self.case)
        first = [(WHOLE_CASE, pick(self.case.lead_agency, "name"))] if whole else []
        return first + [(str(need.pk), pick(need, "system_name")) for need in self.own_needs]

    def note_subjects(self) -> list[tuple[str, str]]:
        own = [(str(need.pk), pick(need, "system_name")) for need in self.own_needs]
        return [(WHOLE_CASE, pick(self.case.lead_agency, "name")), *own]

    def only_subject(self) -> int | None:
        """What one question asked from the queue is about: None for the case as a whole.

        Raises NoSingleSubjectError where that is not clear.
        """
        verdict = can_write_to_sme(self.user, self.case)
        if verdict:
            return None
        if len(self.own_needs) > 1:
            raise NoSingleSubjectError
        if not self.own_needs:
            raise NoSingleSubjectError(verdict.reason)
        return self.own_needs[0].pk

    def may_write(self) -> bool:
        return bool(self.subjects())

    def may_note(self) -> Verdict:
        return can_note(self.user, self.case)

    def agency_for(self, need_id: int | None) -> int:
        """The agency that speaks: the need's own, or the one acting on the case."""
        for need in self.needs:
            if need.pk == need_id and need.agency_id is not None:
                return need.agency_id
        return self.agency_id


def agencies_of_systems() -> dict[int, list[tuple[int, str]]]:
    """For each system the agencies an officer may offer to: its own first, then the others.

    Others are those that have staff here today who may take a need on.
    """
    everyone = dict.fromkeys(
        StaffMembership.objects.in_force()
        .giving(Permission.CASE_WORK)
        .order_by("agency_id")
        .values_list("agency_id", flat=True)
    )
    names = {
        agency.pk: pick(agency, "name")
        for agency in Agency.objects.current()
        if agency.pk in everyone
    }
    own: dict[int, list[int]] = {}
    for term in SystemAgency.objects.current().in_order():
        own.setdefault(term.system_id, []).append(term.agency_id)
    return {
        system_id: [(pk, names[pk]) for pk in dict.fromkeys([*first, *names]) if pk in names]
        for system_id, first in own.items()
    }


def lead_choices() -> list[tuple[str, str]]:
    """Every officer who may lead a case, with agency and open work: "agency-officer"."""
    agencies = {agency.pk: pick(agency, "name") for agency in Agency.objects.current()}
    return [
        (f"{agency_id}-{officer.user_id}", f"{agencies[agency_id]} · {officer.name}")
        for officer in officers_of(agencies)
        for agency_id in sorted(officer.agency_ids)
    ]


def papers_of(system_ids: list[int]) -> list[tuple[str, str]]:
    """The papers these systems ask for, each once."""
    papers: dict[str, str] = {}
    for paper in papers_asked_by(system_ids):
        papers.setdefault(paper["code"], _paper_name(paper))
    return list(papers.items())


def _paper_name(paper: dict[str, Any]) -> str:
    return str(paper["en"] if is_english() else paper["zh"])


def suggested_codes(suggested: list[object]) -> list[str]:
    """System codes of what routing stored, best first."""
    return [str(one["system"]) if isinstance(one, dict) else str(one) for one in suggested]


def on_bench(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view of `view(request, bench, …)`: desk only, and only cases one may see."""

    @requires(can_use_desk)
    @wraps(view)
    def opened(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
        case = case_for(request.user, reference)
        if case is None:
            raise Http404
        return view(request, Bench(request.user, case), *args, **kwargs)

    return opened


def need_on(bench: Bench, need_id: int) -> Need:
    """A need of this case that the person may read; anything else is a 404."""
    own = Need.objects.visible_to(bench.user).with_names().select_related("agency", "officer")
    need = get_object_or_404(own, pk=need_id, case=bench.case)
    need.case = bench.case
    return need
