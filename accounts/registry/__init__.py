"""Looking an enterprise up by its number, in whichever registry this installation uses."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.registry.base import Registry, RegistryRecord, RegistryUnavailableError

__all__ = ["Registry", "RegistryRecord", "RegistryUnavailableError", "registry"]


def registry() -> Registry:
    """The registry that `ENTERPRISE_REGISTRY` names."""
    return _made(settings.ENTERPRISE_REGISTRY)


@cache
def _made(path: str) -> Registry:
    made: Registry = import_string(path)()
    return made
