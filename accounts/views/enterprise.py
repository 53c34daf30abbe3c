"""An enterprise's own page, its details, its branches and factories."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms.enterprise import (
    PARTICULARS,
    BranchForm,
    InvitationForm,
    MemberRoleForm,
    ParticularsForm,
)
from accounts.models import (
    Branch,
    Enterprise,
    EnterpriseInvitation,
    EnterpriseMembership,
    User,
)
from accounts.permissions import can_manage_enterprise, can_use_account
from accounts.reference import county_name, industry_name
from accounts.reference.districts import district_words
from accounts.services import branches, registration
from accounts.size_class import Facts
from accounts.views.registration import size_words
from foundation import htmx
from foundation.acting import posted
from foundation.errors import DomainError
from foundation.guards import demand, requires
from foundation.languages import is_english
from foundation.roc import format_date
from ledger.timeline import timeline_for

_LATEST = 30


@require_GET
@requires(can_use_account)
def show(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Details, size class, people, branches; for owners also requests and invitations."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=enterprise_id)
    return page(request, enterprise)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_use_account)
def change(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Change what the enterprise says about itself."""
    enterprise = owned(request, enterprise_id)
    initial = {name: getattr(enterprise, name) for name in PARTICULARS}
    form = ParticularsForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        registration.change_particulars(
            enterprise_id=enterprise.pk,
            actor_id=request.user.pk,
            particulars=registration.Particulars(**form.particulars),
        )
        messages.success(request, _("The details of the enterprise are kept."))
        return htmx.redirect(request, "account:enterprise", enterprise.pk)
    context = {"form": form, "enterprise": enterprise}
    status = 422 if form.is_bound else 200
    return htmx.render(request, "accounts/enterprise/change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_use_account)
def add_branch(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Add a branch or factory."""
    enterprise = owned(request, enterprise_id)
    form = BranchForm(posted(request))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            branches.add(
                key=form.cleaned_data["idempotency_key"],
                enterprise_id=enterprise.pk,
                place=branches.Place(**form.place),
                actor_id=request.user.pk,
            )
        except DomainError as refusal:
            form.add_error("name", str(refusal.message))
            status = 409
        else:
            return htmx.redirect(request, "account:enterprise", enterprise.pk)
    context = {"form": form, "enterprise": enterprise, "branch": None}
    return htmx.render(request, "accounts/enterprise/branch.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_use_account)
def change_branch(request: HttpRequest, branch_id: int) -> HttpResponse:
    """Change a branch or factory."""
    branch = _owned_branch(request, branch_id)
    names = ("kind", "name", "county", "district", "address")
    form = BranchForm(posted(request), initial={n: getattr(branch, n) for n in names})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            branches.change(
                branch_id=branch.pk,
                place=branches.Place(**form.place),
                actor_id=request.user.pk,
            )
        except DomainError as refusal:
            form.add_error("name", str(refusal.message))
            status = 409
        else:
            return htmx.redirect(request, "account:enterprise", branch.enterprise_id)
    context = {"form": form, "enterprise": branch.enterprise, "branch": branch}
    return htmx.render(request, "accounts/enterprise/branch.html", context, status=status)


@require_POST
@requires(can_use_account)
def close_branch(request: HttpRequest, branch_id: int) -> HttpResponse:
    """Close a branch or factory."""
    branch = _owned_branch(request, branch_id)
    try:
        branches.close(branch_id=branch.pk, actor_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return page(request, branch.enterprise, status=409)
    messages.success(request, _("The branch or factory is closed."))
    return htmx.redirect(request, "account:enterprise", branch.enterprise_id)


def owned(request: HttpRequest, enterprise_id: int) -> Enterprise:
    """The enterprise, 404 where the person does not belong, 403 where she is no owner."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=enterprise_id)
    demand(can_manage_enterprise(request.user, enterprise))
    return enterprise


def page(
    request: HttpRequest,
    enterprise: Enterprise,
    *,
    invitation_form: InvitationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an enterprise, also after an act on it was refused."""
    may_manage = can_manage_enterprise(request.user, enterprise)
    members = EnterpriseMembership.objects.filter(enterprise=enterprise).for_list()
    invitations = EnterpriseInvitation.objects.visible_to(request.user).open_at(timezone.now())
    context = {
        "enterprise": enterprise,
        "rows": _rows(enterprise),
        "size": size_words(_facts(enterprise)),
        "may_manage": may_manage,
        "members": members.active(),
        "claims": members.pending() if may_manage else (),
        "invitations": invitations.filter(enterprise=enterprise) if may_manage else (),
        "branches": _branches(enterprise),
        "history": _history(enterprise) if may_manage else (),
        "invitation_form": invitation_form or InvitationForm(),
        "role_choices": MemberRoleForm.base_fields["role"].choices,  # type: ignore[attr-defined]
    }
    return htmx.render(request, "accounts/enterprise/page.html", context, status=status)


def _owned_branch(request: HttpRequest, branch_id: int) -> Branch:
    visible = Branch.objects.visible_to(request.user).select_related("enterprise")
    branch = get_object_or_404(visible, pk=branch_id)
    demand(can_manage_enterprise(request.user, branch.enterprise))
    return branch


def _branches(enterprise: Enterprise) -> list[dict[str, Any]]:
    found = Branch.objects.filter(enterprise=enterprise).open().order_by("kind", "name", "pk")
    return [
        {
            "branch": branch,
            "county": county_name(branch.county),
            "district": district_words(branch.county, branch.district),
        }
        for branch in found
    ]


def _history(enterprise: Enterprise) -> list[dict[str, Any]]:
    """The latest happenings, newest first, each with who did it."""
    lines = timeline_for(enterprise, "public")[: -_LATEST - 1 : -1]
    actors = User.objects.in_bulk([line.actor_id for line in lines if line.actor_id])
    return [
        {"title": line.text, "at": line.at, "by": str(actors.get(line.actor_id, ""))}
        for line in lines
    ]


def _facts(enterprise: Enterprise) -> Facts:
    return Facts(
        registration_kind=enterprise.registration_kind,
        paid_in_capital=enterprise.paid_in_capital,
        regular_staff=enterprise.regular_staff,
    )


def _rows(enterprise: Enterprise) -> list[dict[str, Any]]:
    labels = {name: ParticularsForm.base_fields[name].label for name in PARTICULARS}
    shown: dict[str, Any] = {name: getattr(enterprise, name) for name in PARTICULARS}
    shown["industry"] = industry_name(enterprise.industry)
    shown["district"] = district_words(enterprise.county, enterprise.district)
    shown["county"] = county_name(enterprise.county)
    shown["registration_kind"] = enterprise.get_registration_kind_display()
    if enterprise.founded_on:
        language = "en" if is_english() else "zh-hant"
        shown["founded_on"] = format_date(enterprise.founded_on, language, "long")
    for name in ("paid_in_capital", "regular_staff"):
        shown[name] = "" if shown[name] is None else f"{shown[name]:,}"
    return [{"label": labels[name], "value": shown[name]} for name in PARTICULARS]
