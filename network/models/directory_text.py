"""The words under which an organisation of the directory is found, kept beside its entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.organisation import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DirectoryTextQuerySet(models.QuerySet["DirectoryText"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the entries this person may see."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class DirectoryText(models.Model):
    """A table of its own: many services change an entry, its places and what it offers."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, primary_key=True, related_name="text"
    )
    search = SearchVectorField(null=True)
    # Its topics and the counties it serves, as `foundation.facets` writes them.
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    written_at = models.DateTimeField()

    objects = DirectoryTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of a directory entry")
        verbose_name_plural = _("words of directory entries")
        indexes = [GinIndex(fields=["search"], name="directory_search")]

    def __str__(self) -> str:
        return f"words of {self.organisation_id}"
