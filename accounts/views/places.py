"""The districts of a county, to be put into the list beside it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.reference.districts import district_choices
from foundation.htmx import render


@login_not_required
@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """The options of one county; of all where none is chosen."""
    groups = district_choices(request.GET.get("county", ""))
    return render(request, "accounts/enterprise/districts.html", {"groups": groups})
