"""Filters that an officer keeps under names of her own."""

from django.contrib import messages as words
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assistance.forms.desk import RenameFilterForm, SaveFilterForm
from assistance.models import SavedFilter
from assistance.permissions import can_change_desk, can_use_desk
from assistance.search import Criteria
from assistance.services import saved_filters
from assistance.views.desk.asked import Asked, address_of
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.idempotency import once


@require_safe
@requires(can_use_desk)
def views(request: HttpRequest) -> HttpResponse:
    kept = SavedFilter.objects.visible_to(request.user)
    rows = [{"filter": one, "url": address_of(Criteria.read(one.criteria))} for one in kept]
    context = {"rows": rows, "may_change": can_change_desk(request.user)}
    context["most"] = saved_filters.MOST_FILTERS
    return render(request, "assistance/desk/views.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_change_desk)
def save(request: HttpRequest) -> HttpResponse:
    """Ask for a name and keep the filters that the address names."""
    asked = Asked(request)
    is_sent = request.method == "POST"
    form = SaveFilterForm(request.POST if is_sent else None)
    context = {
        "form": form,
        "asked": asked,
        "filters": asked.boxes,
        "action": request.get_full_path(),
        "back_url": asked.address(),
    }
    if not is_sent or not form.is_valid():
        status = 422 if is_sent else 200
        return render(request, "assistance/desk/save_filter.html", context, status=status)
    try:
        once(
            key=form.cleaned_data["idempotency_key"],
            act="assistance.desk.save_filter",
            by=str(request.user.pk),
            do=lambda: saved_filters.save(
                user_id=request.user.pk,
                name=form.cleaned_data["name"],
                criteria=asked.criteria,
            ),
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal.message))
        return render(request, "assistance/desk/save_filter.html", context, status=409)
    words.success(request, _("The filter has been saved."))
    return redirect(request, asked.address())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_change_desk)
def rename(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Ask for another name of a filter of one's own."""
    kept = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=filter_id)
    is_sent = request.method == "POST"
    form = RenameFilterForm(request.POST if is_sent else None, initial={"name": kept.name})
    context = {"form": form, "kept": kept, "back_url": reverse("desk:views")}
    if not is_sent or not form.is_valid():
        status = 422 if is_sent else 200
        return render(request, "assistance/desk/rename_filter.html", context, status=status)
    try:
        saved_filters.rename(
            filter_id=kept.pk, by_id=request.user.pk, name=form.cleaned_data["name"]
        )
    except DomainError as refusal:
        form.add_error("name", str(refusal))
        return render(request, "assistance/desk/rename_filter.html", context, status=409)
    words.success(request, _("The filter has been renamed."))
    return redirect(request, "desk:views")


@require_POST
@requires(can_change_desk)
def remove(request: HttpRequest, filter_id: int) -> HttpResponse:
    kept = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=filter_id)
    saved_filters.remove(filter_id=kept.pk, by_id=request.user.pk)
    words.success(request, _("The filter has been removed."))
    return redirect(request, "desk:views")
