"""Opening an invitation. Looking at it uses nothing up: mail scanners open links too."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import EnterpriseInvitation
from accounts.permissions import can_use_account
from accounts.services import invitations
from foundation import htmx
from foundation.errors import DomainError
from foundation.guards import requires


@never_cache
@require_GET
@login_not_required
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show which enterprise invites; a token that cannot be used looks the same whatever the cause."""
    return _page(request, token)


@never_cache
@require_POST
@requires(can_use_account)
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Join the enterprise."""
    try:
        membership = invitations.accept(token=token, user_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return _page(request, token, status=409)
    messages.success(request, _("Welcome. You now belong to this enterprise."))
    return htmx.redirect(request, "account:enterprise", membership.enterprise_id)


def _page(request: HttpRequest, token: str, status: int = 200) -> HttpResponse:
    found = EnterpriseInvitation.objects.with_token(token).open_at(timezone.now())
    invitation = found.select_related("enterprise", "invited_by").first()
    context = {"invitation": invitation, "token": token}
    if invitation is None and status == 200:
        status = 404
    return htmx.render(request, "accounts/invitation/page.html", context, status=status)
