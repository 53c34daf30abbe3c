"""The profile and the description of the API, for machines that want to know what to expect."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from network.hsds import openapi as described
from network.hsds.profile import PATCHES, VERSION
from network.views.hsds.answering import document, not_found, opened


@opened
def profile(request: HttpRequest) -> HttpResponseBase:
    """Name, version and the patches of the profile."""
    return document(
        {
            "name": "HSDS-TW-SME",
            "version": VERSION,
            "hsds_version": "3.1",
            "description": "The directory of the service network for small and medium enterprises "
            "in Taiwan: topics are the eleven guidance systems, addresses and areas are Taiwan's.",
            "patches": {
                name: request.build_absolute_uri(reverse("hsds:patch", args=[name]))
                for name in PATCHES
            },
        }
    )


@opened
def patch(request: HttpRequest, name: str) -> HttpResponseBase:
    """A JSON Merge Patch to the schema of that name."""
    return document(PATCHES[name]) if name in PATCHES else not_found()


@opened
def openapi(request: HttpRequest) -> HttpResponseBase:
    server = request.build_absolute_uri(reverse("hsds:root")).rstrip("/")
    return document(described.description(server))
