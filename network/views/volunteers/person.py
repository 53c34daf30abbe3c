"""The volunteer whose own pages these are."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from network.models import Volunteer


def me(request: HttpRequest) -> Volunteer:
    """The volunteer that this person is; else 404."""
    return get_object_or_404(Volunteer, user_id=request.user.pk)
