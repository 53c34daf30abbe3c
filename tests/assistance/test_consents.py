"""What an applicant agreed to can be read, and taken back where the case can do without."""

import pytest

from assistance.events import CaseEvent
from assistance.models import Consent, ConsentPurpose
from assistance.services import consents
from assistance.services.errors import ConsentNeededError
from ledger.models import Entry
from tests.assistance import asking as ask
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def case(owner):
    ask.catalogue()
    said = ask.asking(consents=tuple(ConsentPurpose.values))
    return ask.submit(asking=said, applicant_id=owner.pk)


def test_taking_back_counts_from_now_on_and_is_recorded(case, owner):
    improve = ConsentPurpose.IMPROVE

    first = consents.withdraw(case_id=case.pk, purpose=improve, by_id=owner.pk)
    second = consents.withdraw(case_id=case.pk, purpose=improve, by_id=owner.pk)

    assert (first, second) == (True, False)
    assert Consent.objects.get(case=case, purpose=improve).withdrawn_at is not None
    entry = Entry.objects.get(event=CaseEvent.CONSENT_WITHDRAWN)
    assert entry.facts == {"purpose": "improve"}


@pytest.mark.parametrize("purpose", consents.NEEDED)
def test_what_the_case_needs_is_taken_back_by_withdrawing_the_request(case, owner, purpose):
    with pytest.raises(ConsentNeededError):
        consents.withdraw(case_id=case.pk, purpose=purpose, by_id=owner.pk)

    assert not Consent.objects.exclude(withdrawn_at=None).exists()


def test_the_owner_reads_and_takes_back_on_her_page(client, case, owner):
    client.force_login(owner)
    url = f"/my/cases/{case.reference}/consents/"

    assert client.get(url).status_code == 200
    done = client.post(f"{url}withdraw/", {"purpose": "improve"})
    refused = client.post(f"{url}withdraw/", {"purpose": "handle"})

    assert done["Location"] == url
    assert refused.status_code == 409
    assert client.post(f"{url}withdraw/", {"purpose": "all"}).status_code == 404


def test_others_do_not_find_the_page(client, case):
    client.force_login(UserFactory())

    assert client.get(f"/my/cases/{case.reference}/consents/").status_code == 404
    assert client.get(f"/track/{case.reference}/consents/").status_code == 404
