"""Doors of the account pages. Signing in itself is allauth's, under the same path."""

from django.urls import path

from accounts.views import (
    absence,
    enterprise,
    invitation,
    members,
    ownership,
    places,
    profile,
    register,
    registration,
    staff,
)

app_name = "account"

urlpatterns = [
    path("", profile.show, name="profile"),
    path("profile/", profile.change, name="profile_change"),
    path("language/", profile.language, name="language"),
    path("shortcuts/", profile.shortcuts, name="shortcuts"),
    path("enterprise/new/", registration.start, name="enterprise_start"),
    path("enterprise/new/register/", register.look_up, name="register"),
    path("enterprise/new/details/", registration.details, name="enterprise_details"),
    path("enterprise/new/check/", registration.check, name="enterprise_check"),
    path("enterprise/new/sent/", registration.sent, name="enterprise_sent"),
    path("enterprise/<int:enterprise_id>/", enterprise.show, name="enterprise"),
    path("enterprise/<int:enterprise_id>/change/", enterprise.change, name="enterprise_change"),
    path("enterprise/<int:enterprise_id>/branches/", enterprise.add_branch, name="branch_add"),
    path("enterprise/<int:enterprise_id>/invite/", members.invite, name="invite"),
    path("enterprise/branches/<int:branch_id>/", enterprise.change_branch, name="branch_change"),
    path(
        "enterprise/branches/<int:branch_id>/close/", enterprise.close_branch, name="branch_close"
    ),
    path(
        "enterprise/invitations/<int:invitation_id>/revoke/",
        members.revoke_invitation,
        name="invitation_revoke",
    ),
    path("enterprise/claims/", members.claims, name="claims"),
    path(
        "enterprise/claims/<int:membership_id>/accept/", members.accept_claim, name="claim_accept"
    ),
    path(
        "enterprise/claims/<int:membership_id>/refuse/", members.refuse_claim, name="claim_refuse"
    ),
    path(
        "enterprise/claims/<int:membership_id>/withdraw/",
        members.withdraw_claim,
        name="claim_withdraw",
    ),
    path("enterprise/members/<int:membership_id>/role/", members.change_role, name="member_role"),
    path("enterprise/members/<int:membership_id>/end/", members.end, name="member_end"),
    path("districts/", places.districts, name="districts"),
    path("ownership/", ownership.find, name="ownership"),
    path("ownership/<int:membership_id>/remove/", ownership.remove, name="person_remove"),
    path("ownership/<int:membership_id>/appoint/", ownership.appoint, name="owner_appoint"),
    path("invitation/<str:token>/", invitation.show, name="invitation"),
    path("invitation/<str:token>/accept/", invitation.accept, name="invitation_accept"),
    path("staff/", staff.show, name="staff"),
    path("staff/add/", staff.add, name="staff_add"),
    path("staff/<int:staff_membership_id>/end/", staff.end, name="staff_end"),
    path("absence/", absence.plan, name="absence"),
    path("absence/<int:absence_id>/cancel/", absence.cancel, name="absence_cancel"),
]
