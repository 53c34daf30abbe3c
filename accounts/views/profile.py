"""The page about oneself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from accounts.forms.profile import LanguageForm, ProfileForm, ShortcutsForm
from accounts.models import EnterpriseMembership
from accounts.permissions import can_use_account, standing
from accounts.services import profile
from foundation import htmx
from foundation.guards import requires


@require_GET
@requires(can_use_account)
def show(request: HttpRequest) -> HttpResponse:
    """Who I am here, how I sign in, which enterprises I belong to."""
    return _page(request)


@require_POST
@requires(can_use_account)
def change(request: HttpRequest) -> HttpResponse:
    """Keep name and phone."""
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    profile.change(
        user_id=request.user.pk,
        name=form.cleaned_data["name"],
        phone=form.cleaned_data["phone"],
    )
    messages.success(request, _("Your details are kept."))
    return htmx.redirect(request, "account:profile")


@require_POST
@requires(can_use_account)
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of letters, and read on in it."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return _page(request, language_form=form, status=422)
    chosen = form.cleaned_data["language"]
    profile.set_language(user_id=request.user.pk, language=chosen)
    with override(chosen):
        return htmx.redirect(request, reverse("account:profile"))


@require_POST
@requires(can_use_account)
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Switch keyboard shortcuts on or off."""
    form = ShortcutsForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422)
    profile.set_shortcuts(user_id=request.user.pk, on=form.cleaned_data["on"])
    messages.success(request, _("Your choice is kept."))
    return htmx.redirect(request, "account:profile")


def _page(
    request: HttpRequest,
    *,
    form: ProfileForm | None = None,
    language_form: LanguageForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user: Any = request.user
    memberships = EnterpriseMembership.objects.visible_to(user).filter(user=user)
    context = {
        "form": form or ProfileForm(initial={"name": user.name, "phone": user.phone}),
        "language_form": language_form or LanguageForm(initial={"language": user.language}),
        "shortcuts_form": ShortcutsForm(initial={"on": user.shortcuts_on}),
        "memberships": memberships.open().for_list(),
        "is_staff_member": standing(user).is_staff,
    }
    return htmx.render(request, "accounts/profile/page.html", context, status=status)
