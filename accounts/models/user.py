from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.staff_membership import StaffMembership
from foundation.models import LineField


class Language(models.TextChoices):
    ZH_HANT = "zh-hant", "中文"
    EN = "en", "English"


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def working_in(self, agency_ids: Iterable[int]) -> Self:
        """Who holds a role today in one of these agencies."""
        posts = StaffMembership.objects.in_force().filter(agency_id__in=list(agency_ids))
        return self.filter(pk__in=posts.values("user"))

    def with_email(self, email: str) -> Self:
        """The person with this address, whatever the case it is written in."""
        return self.filter(email__iexact=email.strip())

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people who sign in by e-mail."""

    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email__iexact=username or "")
        return found


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. `is_staff` opens the technical admin only, never cases."""

    email = models.EmailField(_("E-mail"), max_length=254, unique=True)
    name = LineField(pgettext_lazy("a person", "Name"), max_length=80, blank=True)
    phone = LineField(_("Phone"), max_length=30, blank=True)
    language = models.CharField(
        _("Language"), max_length=7, choices=Language, default=Language.ZH_HANT
    )
    shortcuts_on = models.BooleanField(_("Keyboard shortcuts"), default=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_the_case"),
            models.CheckConstraint(
                name="user_language_is_known", condition=models.Q(language__in=Language.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.name or self.email)

    @property
    def shortcuts_off(self) -> bool:
        return not self.shortcuts_on

    def get_full_name(self) -> str:
        return str(self.name)

    def get_short_name(self) -> str:
        return str(self.name or self.email)
