from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation import htmx
from notifications.forms.preferences import PreferencesForm
from notifications.models import Preference
from notifications.permissions import kinds_for
from notifications.services import preferences


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show and keep how soon the person wants each kind of e-mail."""
    kinds = kinds_for(request.user)
    chosen = dict(Preference.objects.visible_to(request.user).values_list("kind", "pace"))
    posted = request.POST if request.method == "POST" else None
    form = PreferencesForm(posted, kinds=kinds, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        preferences.choose_paces(user_id=request.user.pk, paces=form.paces())
        messages.success(request, _("Your choices are kept."))
        return htmx.redirect(request, "inbox:preferences")
    context = {"form": form, "fixed": [kind for kind in kinds if not kind.may_switch_off]}
    status = 422 if form.is_bound else 200
    return htmx.render(request, "notifications/preferences/page.html", context, status=status)
