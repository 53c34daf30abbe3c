"""Taking a guest's case into an account and an enterprise."""

import pytest
from django.utils import timezone

from assistance.models import Case
from tests.assistance.asking import asking, submit
from tests.assistance.asking import catalogue as two_systems
from tests.factories.accounts import EnterpriseFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(db):
    two_systems()


def grant(client, case):
    session = client.session
    session["followed_cases"] = {case.reference: timezone.now().timestamp() + 60}
    session.save()


def url(case):
    return f"/track/{case.reference}/claim/"


def test_who_confirmed_the_address_takes_the_case(client):
    owner = UserFactory(email="lin@example.test", verified=True)
    case = submit()
    client.force_login(owner)

    response = client.post(url(case), {"enterprise": "none"})

    case.refresh_from_db()
    assert response["Location"] == f"/my/cases/{case.reference}/"
    assert case.applicant == owner
    assert Case.objects.visible_to(owner).get() == case


def test_who_follows_it_in_this_session_takes_it_into_her_enterprise(client):
    owner = UserFactory()
    enterprise = EnterpriseFactory(owner=owner, business_number="99990009")
    case = submit()
    client.force_login(owner)
    grant(client, case)

    client.post(url(case), {"enterprise": str(enterprise.pk)})

    case.refresh_from_db()
    assert case.enterprise == enterprise


def test_others_do_not_learn_that_the_case_exists(client):
    case = submit()
    client.force_login(UserFactory(email="other@example.test", verified=True))

    foreign, missing = client.get(url(case)), client.get("/track/A115-01-99999/claim/")

    assert foreign.status_code == missing.status_code == 404


def test_an_address_that_is_not_confirmed_is_not_enough(client):
    case = submit()
    client.force_login(UserFactory(email="lin@example.test"))

    assert client.get(url(case)).status_code == 404


def test_a_guest_is_asked_to_sign_in(client):
    case = submit()

    assert "/account/login/" in client.get(url(case))["Location"]


def test_an_enterprise_she_does_not_belong_to_is_refused(client):
    foreign = EnterpriseFactory(business_number="99990009")
    case = submit()
    client.force_login(UserFactory())
    grant(client, case)

    response = client.post(url(case), {"enterprise": str(foreign.pk)})

    assert response.status_code == 422
    case.refresh_from_db()
    assert case.enterprise is None


def test_another_business_number_is_refused_in_words(client):
    owner = UserFactory()
    enterprise = EnterpriseFactory(owner=owner, business_number="99990010")
    case = submit(asking=asking(business_number="99990009"))
    client.force_login(owner)
    grant(client, case)

    response = client.post(url(case), {"enterprise": str(enterprise.pk)})

    assert response.status_code == 409
    case.refresh_from_db()
    assert case.applicant is None


def test_a_taken_case_is_not_taken_again(client):
    case = submit(applicant_id=UserFactory().pk)
    client.force_login(UserFactory())
    grant(client, case)

    assert client.post(url(case), {"enterprise": "none"}).status_code == 409
