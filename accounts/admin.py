"""The technical admin: looking, not acting. Acts go through services, so that they are recorded."""

from typing import Any

# Their rooms are registered as these are imported, so that they can be closed below.
import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.models import (
    Absence,
    Agency,
    Branch,
    Enterprise,
    EnterpriseInvitation,
    EnterpriseMembership,
    SizeThreshold,
    StaffMembership,
    User,
)

# Signing in to the admin is signing in to the portal: same limits, same second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


for theirs in (EmailAddress, Authenticator, Group):
    admin.site.unregister(theirs)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Shows rows; changes none. What is excluded cannot be asked for in a filter either."""

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        hidden = lookup.split("__")[0] in (self.exclude or ())
        return not hidden and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("email", "name", "language", "is_active")
    search_fields = ("email", "name")
    exclude = ("password", "groups", "user_permissions")


@admin.register(Agency)
class AgencyAdmin(ReadOnlyAdmin):
    list_display = ("code", "name_zh", "valid_from", "valid_to", "is_coordinator")
    search_fields = ("code", "name_zh", "name_en")


@admin.register(Enterprise)
class EnterpriseAdmin(ReadOnlyAdmin):
    list_display = ("business_number", "name_zh", "county")
    search_fields = ("business_number", "name_zh")


@admin.register(EnterpriseInvitation)
class EnterpriseInvitationAdmin(ReadOnlyAdmin):
    list_display = ("pk", "enterprise", "role", "expires_at", "accepted_at", "revoked_at")
    exclude = ("nonce", "token_digest")


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    list_display = ("email", "user", "verified", "primary")
    list_select_related = ("user",)
    search_fields = ("email",)


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """That a second step is set up, never the secret behind it."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    exclude = ("data",)


for plain in (Absence, Branch, EnterpriseMembership, SizeThreshold, StaffMembership):
    admin.site.register(plain, ReadOnlyAdmin)
