"""Taking a case that was filed without an account into one's account and enterprise."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Enterprise
from assistance.forms.access import ClaimForm
from assistance.models import Case
from assistance.services import intake
from assistance.views.track import is_granted
from foundation.errors import DomainError
from foundation.htmx import redirect, render
from foundation.languages import pick


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the case and where it can go; take it there."""
    case = _claimable(request, reference)
    own = Enterprise.objects.visible_to(request.user).order_by("name_zh", "pk")
    names = {one.pk: pick(one, "name") for one in own}
    form = ClaimForm(
        request.POST if request.method == "POST" else None, enterprises=names, label_suffix=""
    )
    context = {"case": case, "form": form, "has_enterprise": bool(names)}
    if request.method != "POST":
        return render(request, "assistance/track/claim.html", context)
    if not form.is_valid():
        return render(request, "assistance/track/claim.html", context, status=422)
    try:
        intake.claim_into_account(
            case_id=case.pk, user_id=request.user.pk or 0, enterprise_id=form.enterprise_id()
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return render(request, "assistance/track/claim.html", context, status=409)
    messages.success(request, _("The case is in your account now. No code opens it any more."))
    return redirect(request, "cases:detail", reference=case.reference)


def _claimable(request: HttpRequest, reference: str) -> Case:
    """The case, if this session follows it or the person's confirmed address is the case's."""
    case = get_object_or_404(Case.objects.followed_by_code(), reference=reference)
    if is_granted(request, reference):
        return case
    confirmed = EmailAddress.objects.filter(
        user_id=request.user.pk, verified=True, email__iexact=case.contact_email
    )
    if not confirmed.exists():
        raise Http404
    return case
