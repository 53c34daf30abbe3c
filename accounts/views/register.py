"""What the public register says of a number, asked beside the field while the person goes on."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.business_number import is_valid, normalise
from accounts.registry.asking import ask
from accounts.throttle import allows, source_of
from foundation.htmx import render

_TIMES, _SECONDS = 20, 15 * 60
_LONGEST = 64


@login_not_required
@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """The answer in words, and kept for the next page; nothing for what is no number yet."""
    number = normalise(request.GET.get("business_number", "")[:_LONGEST])
    user = request.user
    who = (
        f"user:{user.pk}"
        if user.is_authenticated
        else f"net:{source_of(request.META.get('REMOTE_ADDR', ''))}"
    )
    context = {}
    if is_valid(number) and allows(act="register", who=who, times=_TIMES, seconds=_SECONDS):
        context["answer"] = ask(number)
    return render(request, "accounts/registration/register.html", context)
