"""Where lead officers, managers and administrators keep the reply templates."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Agency, User
from assistance.forms.reply_templates import (
    COMMON,
    AddTemplateForm,
    TemplateTextForm,
    text_of,
)
from assistance.models import ReplyTemplate
from assistance.services import reply_templates
from assistance.template_permissions import (
    agencies_with_templates,
    can_edit_common_templates,
    can_edit_template,
    can_edit_templates,
)
from foundation.acting import DONE, done_or_told, posted, tried
from foundation.guards import demand, requires
from foundation.htmx import redirect, render
from foundation.languages import pick

FORM_PAGE = "assistance/templates/edit.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(can_edit_templates)
def index(request: HttpRequest) -> HttpResponse:
    """The templates this person's agencies use: those in use first, the retired ones below."""
    return _show_all(request)


def _show_all(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    seen = ReplyTemplate.objects.visible_to(request.user).select_related("agency")
    rows = [
        {"template": one, "may_edit": bool(can_edit_template(request.user, one))}
        for one in seen.in_order()
    ]
    context = {
        "in_use": [row for row in rows if row["template"].is_active],
        "retired": [row for row in rows if not row["template"].is_active],
    }
    return render(request, "assistance/templates/list.html", context, status=status)


@form_page
@requires(can_edit_templates)
def add(request: HttpRequest) -> HttpResponse:
    """Add a template, for all agencies or for one's own."""
    form = AddTemplateForm(posted(request), places=_places(request.user))
    status = tried(
        form,
        lambda: reply_templates.add(
            agency_id=form.agency_id,
            by_id=request.user.pk,
            text=reply_templates.TemplateText(**form.text),
            key=form.cleaned_data["idempotency_key"],
        ),
    )
    if status != DONE:
        return render(request, FORM_PAGE, {"form": form}, status=status)
    messages.success(request, _("The template is ready to use."))
    return redirect(request, "manage:templates")


@form_page
@requires(can_edit_templates)
def change(request: HttpRequest, template_id: int) -> HttpResponse:
    """Change what a template says."""
    template = _template(request, template_id)
    form = TemplateTextForm(posted(request), initial=text_of(template))
    context = {"form": form, "template": template}
    status = tried(
        form,
        lambda: reply_templates.change(
            template_id=template.pk,
            by_id=request.user.pk,
            text=reply_templates.TemplateText(**form.text),
        ),
    )
    if status != DONE:
        return render(request, FORM_PAGE, context, status=status)
    messages.success(request, _("The template is changed. What was sent before stays as it was."))
    return redirect(request, "manage:templates")


@require_POST
@requires(can_edit_templates)
def retire(request: HttpRequest, template_id: int) -> HttpResponse:
    """Take a template out of use."""
    template = _template(request, template_id)
    return _do(
        request,
        _("The template is no longer offered."),
        lambda: reply_templates.retire(template_id=template.pk, by_id=request.user.pk),
    )


@require_POST
@requires(can_edit_templates)
def restore(request: HttpRequest, template_id: int) -> HttpResponse:
    """Put a retired template back in use."""
    template = _template(request, template_id)
    return _do(
        request,
        _("The template is in use again."),
        lambda: reply_templates.restore(template_id=template.pk, by_id=request.user.pk),
    )


def _do(request: HttpRequest, done: str, act: Callable[[], object]) -> HttpResponse:
    to = redirect(request, "manage:templates")
    return done_or_told(request, act, done, to, lambda: _show_all(request, status=409))


def _template(request: HttpRequest, template_id: int) -> ReplyTemplate:
    """One that the person sees and may change: else 404, or 403 with the reason."""
    seen = ReplyTemplate.objects.visible_to(request.user).select_related("agency")
    template = get_object_or_404(seen, pk=template_id)
    demand(can_edit_template(request.user, template))
    return template


def _places(user: User) -> list[tuple[str, str]]:
    """For whom this person may add a template."""
    own = Agency.objects.current().filter(pk__in=agencies_with_templates(user))
    places = [(str(agency.pk), pick(agency, "name")) for agency in own]
    if can_edit_common_templates(user):
        places.insert(0, (COMMON, _("All agencies")))
    return places
