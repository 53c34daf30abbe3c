import uuid

import pytest

from accounts.errors import BranchClosedError, BranchNameTakenError
from accounts.events import EnterpriseEvent
from accounts.models import Branch
from accounts.services import branches
from accounts.services.branches import Place
from ledger.models import Entry
from tests.factories.accounts import BranchFactory, EnterpriseFactory, UserFactory

pytestmark = pytest.mark.django_db
PLACE = Place(kind="factory", name="臺中二廠", county="taichung")


def add(enterprise, key=None, place=PLACE):
    return branches.add(
        key=key or uuid.uuid4(), enterprise_id=enterprise.pk, place=place, actor_id=1
    )


def test_a_branch_is_added_once_per_key_and_recorded():
    enterprise, key = EnterpriseFactory(), uuid.uuid4()

    assert add(enterprise, key) == add(enterprise, key)
    entry = Entry.objects.get(event=EnterpriseEvent.BRANCH_ADDED)
    assert entry.stream == f"accounts.enterprise:{enterprise.pk}"


def test_a_name_is_used_once_per_enterprise():
    enterprise = EnterpriseFactory()
    add(enterprise)

    with pytest.raises(BranchNameTakenError):
        add(enterprise)
    add(EnterpriseFactory())


def test_a_branch_keeps_its_name_when_the_rest_changes():
    branch = BranchFactory(name="臺中二廠")

    branches.change(branch_id=branch.pk, place=PLACE, actor_id=1)

    branch.refresh_from_db()
    assert branch.county == "taichung"
    assert Entry.objects.get().event == EnterpriseEvent.BRANCH_CHANGED


def test_a_closed_branch_is_neither_changed_nor_closed_again():
    branch = BranchFactory()
    branches.close(branch_id=branch.pk, actor_id=1)

    assert not Branch.objects.open().exists()
    assert Entry.objects.get().event == EnterpriseEvent.BRANCH_CLOSED
    with pytest.raises(BranchClosedError):
        branches.close(branch_id=branch.pk, actor_id=1)
    with pytest.raises(BranchClosedError):
        branches.change(branch_id=branch.pk, place=PLACE, actor_id=1)


def test_branches_are_seen_by_those_who_belong():
    person = UserFactory()
    mine = BranchFactory(enterprise=EnterpriseFactory(owner=person))
    BranchFactory()

    assert Branch.objects.visible_to(person).get() == mine
