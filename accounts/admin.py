"""The technical admin: looking, not acting. Acts go through services, so that they are recorded."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

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


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
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


for plain in (Absence, Branch, EnterpriseMembership, SizeThreshold, StaffMembership):
    admin.site.register(plain, ReadOnlyAdmin)
