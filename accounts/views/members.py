"""Who belongs to an enterprise: invitations, requests, roles, leaving."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.forms.enterprise import InvitationForm, MemberRoleForm
from accounts.models import EnterpriseInvitation, EnterpriseMembership
from accounts.permissions import (
    can_manage_enterprise,
    can_review_all_claims,
    can_review_claim,
    can_use_account,
    standing,
)
from accounts.roles import Role
from accounts.services import invitations, memberships
from accounts.states import MembershipState
from accounts.views.enterprise import owned, page
from foundation import htmx
from foundation.errors import DomainError
from foundation.guards import demand, requires


@require_POST
@requires(can_use_account)
def invite(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Send an invitation."""
    enterprise = owned(request, enterprise_id)
    form = InvitationForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            invitations.invite(
                key=form.cleaned_data["idempotency_key"],
                enterprise_id=enterprise.pk,
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                actor_id=request.user.pk,
                language="en" if (get_language() or "").startswith("en") else "zh-hant",
            )
        except DomainError as refusal:
            form.add_error("email", str(refusal.message))
            status = 409
        else:
            messages.success(request, _("The invitation is on its way. It works for 7 days."))
            return htmx.redirect(request, "account:enterprise", enterprise.pk)
    return page(request, enterprise, invitation_form=form, status=status)


@require_POST
@requires(can_use_account)
def revoke_invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    visible = EnterpriseInvitation.objects.visible_to(request.user).select_related("enterprise")
    invitation = get_object_or_404(visible, pk=invitation_id)
    try:
        invitations.revoke(invitation_id=invitation.pk, actor_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return page(request, invitation.enterprise, status=409)
    messages.success(request, _("The invitation no longer works."))
    return htmx.redirect(request, "account:enterprise", invitation.enterprise_id)


@require_GET
@requires(can_review_all_claims)
def claims(request: HttpRequest) -> HttpResponse:
    """Requests that wait, for administrators to decide in an owner's stead."""
    return _claims(request)


@require_POST
@requires(can_use_account)
def accept_claim(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Let someone who asked join."""
    form = MemberRoleForm(request.POST)
    role = Role(form.cleaned_data["role"]) if form.is_valid() else Role.MEMBER
    return _decide(
        request,
        membership_id,
        lambda pk: memberships.accept_claim(membership_id=pk, actor_id=request.user.pk, role=role),
        _("The person now belongs to the enterprise."),
    )


@require_POST
@requires(can_use_account)
def refuse_claim(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Turn a request to join down."""
    return _decide(
        request,
        membership_id,
        lambda pk: memberships.refuse_claim(membership_id=pk, actor_id=request.user.pk),
        _("The request was not accepted."),
    )


@require_POST
@requires(can_use_account)
def withdraw_claim(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Take one's own request back."""
    mine = EnterpriseMembership.objects.visible_to(request.user).filter(user_id=request.user.pk)
    claim = get_object_or_404(mine, pk=membership_id)
    try:
        memberships.withdraw_claim(membership_id=claim.pk, user_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Your request is withdrawn."))
    return htmx.redirect(request, "account:profile")


@require_POST
@requires(can_use_account)
def change_role(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Make a member owner, or an owner member."""
    membership = _member_of_mine(request, membership_id)
    form = MemberRoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role."))
        return page(request, membership.enterprise, status=422)
    role = Role(form.cleaned_data["role"])
    try:
        memberships.change_role(membership_id=membership.pk, role=role, actor_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return page(request, membership.enterprise, status=409)
    messages.success(request, _("The role is changed."))
    return htmx.redirect(request, "account:enterprise", membership.enterprise_id)


@require_POST
@requires(can_use_account)
def end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Remove a person, or leave oneself."""
    visible = EnterpriseMembership.objects.visible_to(request.user).select_related("enterprise")
    membership = get_object_or_404(visible.active(), pk=membership_id)
    if membership.user_id != request.user.pk:
        demand(can_manage_enterprise(request.user, membership.enterprise))
    try:
        memberships.end(membership_id=membership.pk, actor_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return page(request, membership.enterprise, status=409)
    if membership.user_id == request.user.pk:
        messages.success(request, _("You have left the enterprise."))
        return htmx.redirect(request, "account:profile")
    messages.success(request, _("The person no longer belongs to the enterprise."))
    return htmx.redirect(request, "account:enterprise", membership.enterprise_id)


def _member_of_mine(request: HttpRequest, membership_id: int) -> EnterpriseMembership:
    visible = EnterpriseMembership.objects.visible_to(request.user).select_related("enterprise")
    membership = get_object_or_404(visible.active(), pk=membership_id)
    demand(can_manage_enterprise(request.user, membership.enterprise))
    return membership


def _reviewable(request: HttpRequest) -> Any:
    reviewable = EnterpriseMembership.objects.reviewable_by(request.user)
    return reviewable.select_related("enterprise", "user")


def _decide(
    request: HttpRequest, membership_id: int, act: Callable[[int], Any], done: str
) -> HttpResponse:
    claim = get_object_or_404(_reviewable(request), pk=membership_id)
    is_owner = claim.enterprise_id in standing(request.user).owned_enterprise_ids
    verdict = can_review_claim(request.user, claim)
    if not verdict and claim.state == MembershipState.PENDING:
        demand(verdict)
    try:
        act(claim.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        if is_owner:
            return page(request, claim.enterprise, status=409)
        return _claims(request, status=409)
    messages.success(request, done)
    if is_owner:
        return htmx.redirect(request, "account:enterprise", claim.enterprise_id)
    return htmx.redirect(request, "account:claims")


def _claims(request: HttpRequest, status: int = 200) -> HttpResponse:
    waiting = _reviewable(request).pending().order_by("asked_at", "pk")[:200]
    context = {"claims": waiting, "role_choices": MemberRoleForm.base_fields["role"].choices}  # type: ignore[attr-defined]
    return htmx.render(request, "accounts/members/claims.html", context, status=status)
