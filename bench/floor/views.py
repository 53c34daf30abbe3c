"""The three pages of the floor: a list, one thing with ten notes, making a thing."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bench.floor.models import Row


class RowForm(forms.ModelForm):
    class Meta:
        model = Row
        fields = ("number", "title", "text", "place")


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    rows = Row.objects.defer("text").order_by("due_on", "pk")[:25]
    return render(request, "floor/list.html", {"rows": rows})


@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Row, pk=pk)
    notes = row.notes.order_by("pk")
    return render(request, "floor/detail.html", {"row": row, "notes": notes})


@login_required
def create(request: HttpRequest) -> HttpResponse:
    form = RowForm(request.POST)
    if not form.is_valid():
        return render(request, "floor/detail.html", {"form": form}, status=422)
    row = form.save(commit=False)
    row.owner_id = request.user.pk
    row.due_on, row.made_at = timezone.localdate(), timezone.now()
    row.save()
    return HttpResponseRedirect(f"/{row.pk}/")
