"""Which roles of staff take cases and needs."""

from accounts.roles import Permission, roles_with

TAKES_CASES = roles_with(Permission.CASE_WORK) | roles_with(Permission.CASE_TRIAGE)
