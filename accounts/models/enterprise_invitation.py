import hashlib
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models.enterprise_membership import EnterpriseMembership
from accounts.roles import ENTERPRISE_ROLE_CHOICES, ENTERPRISE_ROLES, Role

if TYPE_CHECKING:
    from accounts.models.user import User

LASTS = timedelta(days=7)
_SALT = "accounts.enterprise_invitation"


def digest_of(token: str) -> str:
    """What is stored of a token: enough to recognise it, not enough to use it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class EnterpriseInvitationQuerySet(models.QuerySet["EnterpriseInvitation"]):
    def with_token(self, token: str) -> Self:
        return self.filter(token_digest=digest_of(token))

    def open_at(self, moment: datetime) -> Self:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=moment)

    def visible_to(self, user: "User | Any") -> Self:
        """Invitations of the enterprises one owns."""
        owned = EnterpriseMembership.objects.active_of(user).owners().values("enterprise")
        return self.filter(enterprise__in=owned)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class EnterpriseInvitation(models.Model):
    """A letter that lets one person join one enterprise, once, within seven days.

    The token is derived from `nonce` and the server's secret, so that the letter can be written
    after commit; the table holds its digest alone.
    """

    enterprise = models.ForeignKey(
        "accounts.Enterprise", on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=16, choices=ENTERPRISE_ROLE_CHOICES, default=Role.MEMBER)
    language = models.CharField(max_length=7, default="zh-hant")
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations_sent"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitations_accepted",
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = EnterpriseInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                name="invitation_role_is_of_an_enterprise",
                condition=Q(role__in=[role.value for role in ENTERPRISE_ROLES]),
            ),
            models.CheckConstraint(
                name="invitation_accepted_at_iff_accepted_by",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_not_both_accepted_and_revoked",
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to enterprise {self.enterprise_id}"

    @property
    def token(self) -> str:
        """The secret of the letter, for the one who writes it."""
        return salted_hmac(_SALT, str(self.nonce), algorithm="sha256").hexdigest()

    def is_open_at(self, moment: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > moment
