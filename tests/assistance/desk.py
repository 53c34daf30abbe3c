"""People on the desk, as several tests need them."""

from django.test import Client

from accounts.models import User
from accounts.roles import Role
from assistance.models import Case
from tests.factories.accounts import (
    AgencyFactory,
    EnterpriseFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import CaseFactory, CoordinatorFactory


def officer(role: str = Role.DUTY, agency=None, **fields) -> User:
    """A member of staff; of the coordinating agency unless another is given."""
    user = UserFactory(**fields)
    StaffMembershipFactory(user=user, agency=agency or CoordinatorFactory(), role=role)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def elsewhere(role: str = Role.OFFICER) -> User:
    """An officer of an agency that has no part in any case yet."""
    return officer(role, agency=AgencyFactory())


def led_case(lead: User, owner: User, **fields) -> Case:
    """A case of `owner`'s firm that `lead` works on for the coordinating agency."""
    return CaseFactory(
        **{"in_progress": True} | fields,
        lead_officer=lead,
        lead_agency=CoordinatorFactory(),
        enterprise=EnterpriseFactory(owner=owner),
    )
