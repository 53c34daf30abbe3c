"""Enterprises whose ownership is in dispute, for administrators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.ownership import EnterpriseSearchForm, RemovalForm
from accounts.models import Enterprise, EnterpriseMembership
from accounts.permissions import can_review_all_claims
from accounts.roles import Role
from accounts.services import ownership
from foundation import htmx
from foundation.acting import posted
from foundation.errors import DomainError
from foundation.guards import requires


@require_safe
@requires(can_review_all_claims)
def find(request: HttpRequest) -> HttpResponse:
    """Who belongs to the enterprise with this number, and since when."""
    return _page(request, request.GET.get("business_number"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_review_all_claims)
def remove(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Ask for the reason, then remove the person."""
    membership = _member(request, membership_id)
    form = RemovalForm(posted(request))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            ownership.remove(
                membership_id=membership.pk,
                actor_id=request.user.pk or 0,
                reason=form.cleaned_data["reason"],
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
        else:
            messages.success(request, _("The person no longer belongs to the enterprise."))
            return htmx.redirect(request, _url_of(membership.enterprise))
    context = {"form": form, "membership": membership, "back": _url_of(membership.enterprise)}
    return htmx.render(request, "accounts/ownership/remove.html", context, status=status)


@require_POST
@requires(can_review_all_claims)
def appoint(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Make a member owner of an enterprise that has none."""
    membership = _member(request, membership_id)
    try:
        ownership.appoint_owner(membership_id=membership.pk, actor_id=request.user.pk or 0)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return _page(request, membership.enterprise.business_number, status=409)
    messages.success(request, _("The role is changed."))
    return htmx.redirect(request, _url_of(membership.enterprise))


def _member(request: HttpRequest, membership_id: int) -> EnterpriseMembership:
    people = EnterpriseMembership.objects.reviewable_by(request.user).active()
    return get_object_or_404(people.select_related("enterprise", "user"), pk=membership_id)


def _url_of(enterprise: Enterprise) -> str:
    return f"{reverse('account:ownership')}?business_number={enterprise.business_number}"


def _page(request: HttpRequest, number: str | None, status: int = 200) -> HttpResponse:
    form = EnterpriseSearchForm(None if number is None else {"business_number": number})
    context: dict[str, Any] = {"form": form}
    if form.is_bound and not form.is_valid():
        status = 422
    elif form.is_bound:
        wanted = form.cleaned_data["business_number"]
        found = Enterprise.objects.filter(business_number=wanted).first()
        people = EnterpriseMembership.objects.reviewable_by(request.user).for_list()
        members = list(people.active().filter(enterprise=found)) if found else []
        context |= {
            "found": found,
            "members": members,
            "has_owner": any(one.role == Role.OWNER for one in members),
            "is_asked": True,
        }
    return htmx.render(request, "accounts/ownership/page.html", context, status=status)
