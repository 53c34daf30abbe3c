"""Staff roles, for administrators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms.staff import StaffRoleForm
from accounts.models import Agency, StaffMembership
from accounts.permissions import can_administer_staff
from accounts.roles import PERMISSIONS, ROLES, STAFF_ROLES, Role
from accounts.services import staff
from foundation import htmx
from foundation.acting import posted
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.languages import pick
from foundation.listing import Sorts, keyset_page

SORTS = Sorts({"newest": ("-valid_from",)}, default="newest")


@require_GET
@requires(can_administer_staff)
def show(request: HttpRequest) -> HttpResponse:
    """Who holds which role in which agency, and what each role may do."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_administer_staff)
def add(request: HttpRequest) -> HttpResponse:
    """Give a role; a colleague without an account gets one, to be entered by e-mail code."""
    form = StaffRoleForm(
        posted(request),
        agencies=Agency.objects.current().by_name(),
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            _give(request, form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
        else:
            messages.success(request, _("The role is given."))
            return htmx.redirect(request, "account:staff")
    context = {"form": form, "roles": _roles()}
    return htmx.render(request, "accounts/staff/add.html", context, status=status)


@require_POST
@requires(can_administer_staff)
def end(request: HttpRequest, staff_membership_id: int) -> HttpResponse:
    """End a role at once."""
    visible = StaffMembership.objects.visible_to(request.user)
    held = get_object_or_404(visible, pk=staff_membership_id)
    try:
        staff.end_role(staff_membership_id=held.pk, actor_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return _page(request, status=409)
    messages.success(request, _("The role has ended."))
    return htmx.redirect(request, "account:staff")


def _give(request: HttpRequest, typed: dict[str, Any]) -> None:
    staff.appoint(
        key=typed["idempotency_key"],
        email=typed["email"],
        name=typed["name"],
        post=staff.Post(
            agency_id=typed["agency"].pk,
            role=Role(typed["role"]),
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
        ),
        actor_id=request.user.pk,
    )


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    held = StaffMembership.objects.visible_to(request.user).filter(ended_at=None).for_list()
    context = {
        "page": keyset_page(held, SORTS.default, request.GET.get("after")),
        "roles": _roles(),
    }
    return htmx.render(request, "accounts/staff/page.html", context, status=status)


def _roles() -> list[dict[str, Any]]:
    return [
        {
            "title": pick(ROLES[role], "title"),
            "description": pick(ROLES[role], "description"),
            "permissions": [
                pick(PERMISSIONS[permission], "text")
                for permission in PERMISSIONS
                if permission in ROLES[role].permissions
            ],
        }
        for role in STAFF_ROLES
    ]
