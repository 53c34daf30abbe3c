"""Doors: who may open a page at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied

from foundation.verdicts import Verdict

View = Callable[..., Any]


def requires(check: Callable[[Any], Verdict]) -> Callable[[View], View]:
    """Let a view be opened only by people of whom `check(user)` says yes.

    Others get the 403 page with the reason. Things that a person may not see at all are not
    refused here: the view fetches them from `visible_to(user)`, so that they are 404.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            demand(check(request.user))
            return view(request, *args, **kwargs)

        guarded.guarded_by = check  # type: ignore[attr-defined]
        return guarded

    return guard


def demand(verdict: Verdict) -> None:
    """Go on only where the verdict allows it; else the 403 page with the reason."""
    if not verdict:
        raise PermissionDenied(str(verdict.reason))
