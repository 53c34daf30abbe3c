"""What every link by e-mail shares: it works once, for a time, and only a digest of it is kept."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac


def digest_of(salt: str, secret: str) -> str:
    """What is stored of a secret: enough to recognise it, not enough to use it."""
    return salted_hmac(salt, secret, algorithm="sha256").hexdigest()


class SecretLinkQuerySet(models.QuerySet["SecretLink"]):
    def unused(self) -> Self:
        return self.filter(used_at=None, expires_at__gt=timezone.now())

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class SecretLink(models.Model):
    # Keeps digests of one kind of link apart from those of another.
    salt: ClassVar[str]

    email = models.EmailField(max_length=254)
    # A keyed digest: the secret itself stands in the letter alone.
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SecretLinkQuerySet.as_manager()

    class Meta:
        abstract = True
