"""How an applicant comes to her case: signed in, as a guest with a confirmed code, or somebody who
filed it for her, as far as her mandate says.

All walk through the same pages; a door says which case, who acts, and where the links lead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from assistance.case_rows import case_asked_by
from assistance.models import Case
from assistance.models.sight import sight_of

P = ParamSpec("P")
_ANY = "A000-00-00000"


@dataclass(frozen=True)
class Door:
    """`by` names the sender for idempotency keys: a user's id, or the guest's granted case."""

    case: Case
    actor_id: int | None
    by: str
    namespace: str
    # What may be done here; None means everything an applicant may do.
    acts: frozenset[str] | None = None

    @property
    def is_guest(self) -> bool:
        return self.actor_id is None

    def may(self, act: str) -> bool:
        return self.acts is None or act in self.acts

    def url(self, name: str) -> str:
        before, behind = _around_number(f"{self.namespace}:{name}", get_language())
        return before + self.case.reference + behind


@cache
def _around_number(name: str, language: str | None) -> tuple[str, str]:
    """What stands before and after the number of a case in an address of the active language."""
    before, behind = reverse(name, args=[_ANY]).split(_ANY)
    return before, behind


Opener = Callable[[HttpRequest, str], Door]
Act = Callable[Concatenate[HttpRequest, Door, P], HttpResponse]


def owners_door(request: HttpRequest, reference: str) -> Door:
    """Open a case of the person's own enterprise; anything else is a 404."""
    sight = sight_of(request.user)
    case = case_asked_by.first(*sight.own_ids, reference)
    if case is None:
        raise Http404
    return Door(case, request.user.pk, str(request.user.pk), "cases")


def through(open_door: Opener) -> Callable[[Act[P]], Callable[..., HttpResponse]]:
    """Make a view of an act: the door is opened anew at every request."""

    def make(act: Act[P]) -> Callable[..., HttpResponse]:
        @wraps(act)
        def view(
            request: HttpRequest, reference: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            return act(request, open_door(request, reference), *args, **kwargs)

        return view

    return make
