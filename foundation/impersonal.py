"""Who asks for a page without being anybody in particular."""

from collections.abc import Iterable

from django.conf import settings


def are_impersonal(cookies: Iterable[str]) -> bool:
    """Do cookies with these names say nothing of a person?

    Whoever brings another than that of the language or of the forms is somebody: signed in,
    following a case, or writing a request as a guest.
    """
    return set(cookies) <= {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
