"""Who signs in; both find the person of a session, and where she stands, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import backends

from accounts.models import User
from accounts.permissions import person


class _Found:
    def get_user(self, user_id: Any) -> User | None:
        """The person of a session, unless the account was closed meanwhile."""
        user = person(user_id)
        return user if user is not None and user.is_active else None


class ModelBackend(_Found, backends.ModelBackend):
    """Name and password, as Django checks them."""


class AccountBackend(_Found, AuthenticationBackend):  # type: ignore[misc]
    """E-mail address and password, as the sign-in page checks them."""
