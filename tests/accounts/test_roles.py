import pytest

from accounts.roles import (
    ENTERPRISE_ROLES,
    PERMISSIONS,
    ROLES,
    STAFF_ROLES,
    Permission,
    Role,
    permissions_of,
    roles_with,
)

CHANGING = set(Permission) - {
    Permission.DESK_USE,
    Permission.CASE_READ_ALL,
    Permission.CASE_READ_AGENCY,
    Permission.AUDIT_READ,
    Permission.LOAD_READ,
}


@pytest.mark.parametrize("role", Role)
def test_every_role_is_described_in_both_languages(role):
    card = ROLES[role]

    assert card.title_zh
    assert card.title_en
    assert card.description_zh
    assert card.description_en


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_described_and_given_to_someone(permission):
    card = PERMISSIONS[permission]

    assert card.text_zh
    assert card.text_en
    assert roles_with(permission)


def test_an_auditor_changes_nothing():
    assert not permissions_of(Role.AUDITOR) & CHANGING


def test_an_administrator_reads_no_case():
    reads = {Permission.CASE_READ_ALL, Permission.CASE_READ_AGENCY, Permission.DESK_USE}

    assert not permissions_of(Role.ADMINISTRATOR) & reads


def test_only_a_lead_answers_a_case():
    assert roles_with(Permission.CASE_LEAD) == {Role.LEAD}


def test_roles_in_an_enterprise_give_no_staff_permission():
    assert not any(permissions_of(role) for role in ENTERPRISE_ROLES)


def test_every_role_is_of_an_enterprise_or_of_staff():
    assert set(ENTERPRISE_ROLES) | set(STAFF_ROLES) == set(Role)


def test_an_unknown_role_gives_nothing():
    assert permissions_of("emperor") == frozenset()
