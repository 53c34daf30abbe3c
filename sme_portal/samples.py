"""Invented contents for the styleguide: each component in each of its states."""

from django.http import HttpRequest


def everything(request: HttpRequest) -> dict[str, object]:
    return {}
