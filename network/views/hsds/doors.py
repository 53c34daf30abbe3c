"""The endpoints: services, organizations, service_at_locations, taxonomies and their terms."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from network.forms.hsds import ParametersForm
from network.hsds import documents, people, queries
from network.hsds.people import Helpers
from network.hsds.queries import PUBLIC, Filters
from network.models import Location, Offering, Organisation
from network.views.hsds.answering import document, listed, not_found, opened, page_of, wrong

VERSION = "3.1"


@opened
def root(request: HttpRequest) -> HttpResponseBase:
    """Which version and profile this is, and where its description lies."""
    return document(
        {
            "version": VERSION,
            "profile": request.build_absolute_uri(reverse("hsds:profile")),
            "openapi_url": request.build_absolute_uri(reverse("hsds:openapi")),
        }
    )


@opened
def services(request: HttpRequest) -> HttpResponseBase:
    form = ParametersForm(request.GET)
    if not form.is_valid():
        return wrong(form)
    found = queries.services(form.filters)
    if form.says("minimal"):
        return listed(form, found.select_related("organisation"), _minimal)
    write = partial(documents.service, behind=people.load(), is_full=form.says("full"))
    return listed(form, queries.with_parts(found), write)


def _minimal(row: Offering) -> dict[str, Any]:
    modified = max(row.updated_at, row.organisation.updated_at)
    return {"id": str(row.uuid), "modified_date": timezone.localtime(modified).isoformat()}


@opened
def service(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    found = queries.with_parts(queries.services(Filters())).filter(uuid=uuid).first()
    if found is None:
        return not_found()
    return document(documents.service(found, people.load(), is_full=True))


def _with_locations(found: Any, *, services: bool) -> Any:
    own = Location.objects.filter(closed_at=None).order_by("pk")
    found = found.prefetch_related(Prefetch("locations", own, to_attr="shown_locations"))
    if not services:
        return found
    offered = queries.with_parts(Offering.objects.visible_to(PUBLIC)).order_by("pk")
    return found.prefetch_related(Prefetch("offerings", offered, to_attr="shown_offerings"))


def _organisation(row: Organisation, behind: Helpers | None = None) -> dict[str, Any]:
    return documents.organisation(
        row,
        behind=behind,
        locations=getattr(row, "shown_locations", ()),
        services=getattr(row, "shown_offerings", ()),
    )


@opened
def organisations(request: HttpRequest) -> HttpResponseBase:
    form = ParametersForm(request.GET)
    if not form.is_valid():
        return wrong(form)
    found = queries.organisations(form.filters)
    with_services = form.says("full_service")
    if form.says("full") or with_services:
        found = _with_locations(found, services=with_services)
    behind = people.load() if with_services else None
    return listed(form, found, partial(_organisation, behind=behind))


@opened
def organisation(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    form = ParametersForm(request.GET)
    if not form.is_valid():
        return wrong(form)
    found = queries.organisations(Filters()).filter(uuid=uuid)
    with_services = form.says("full_service")
    row = _with_locations(found, services=with_services).first()
    if row is None:
        return not_found()
    return document(_organisation(row, people.load() if with_services else None))


@opened
def at_locations(request: HttpRequest) -> HttpResponseBase:
    form = ParametersForm(request.GET)
    if not form.is_valid():
        return wrong(form)
    write = partial(documents.at_location, is_full=form.says("full") or "full" not in request.GET)
    return listed(form, queries.at_locations(form.filters), write)


@opened
def at_location(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    found = queries.at_locations(Filters()).filter(uuid=uuid).first()
    return document(documents.at_location(found)) if found else not_found()


@opened
def taxonomies(request: HttpRequest) -> HttpResponseBase:
    """There is one: the eleven guidance systems."""
    form = ParametersForm(request.GET)
    if not form.is_valid():
        return wrong(form)
    words = form.cleaned_data["search"]
    named = (documents.TAXONOMY["name"], documents.TAXONOMY["name_en"].casefold())
    is_found = not words or any(words.casefold() in name for name in named)
    number = form.cleaned_data["page"] or 1
    contents = [documents.TAXONOMY] if is_found and number == 1 else []
    return document(page_of(contents, total=int(is_found), number=number, size=1))


@opened
def taxonomy(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    return document(documents.TAXONOMY) if uuid == documents.TAXONOMY_ID else not_found()


@opened
def terms(request: HttpRequest) -> HttpResponseBase:
    form = ParametersForm(request.GET)
    if not form.is_valid():
        return wrong(form)
    return listed(form, queries.terms(form.filters), documents.term)


@opened
def term(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    found = queries.terms(Filters()).filter(uuid=uuid).first()
    return document(documents.term(found)) if found else not_found()
