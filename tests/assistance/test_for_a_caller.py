"""What staff open for somebody who calls, writes or comes by."""

import re
import uuid

import pytest

from accounts.models import Agency
from assistance.models import (
    Case,
)
from assistance.states import Source
from tests.assistance import asking as ask
from tests.factories.accounts import (
    EnterpriseFactory,
    StaffMembershipFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_systems")]


class TestForACaller:
    @pytest.fixture
    def officer(self):
        smesa = Agency.objects.get(is_coordinator=True)
        return StaffMembershipFactory(role="duty", agency=smesa).user

    def said(self, **changed):
        return {
            "idempotency_key": str(uuid.uuid4()),
            "source": "phone",
            "description": ask.STORY,
            "enterprise_name": "示範丙茶行",
            "contact_name": "陳假名",
            "contact_email": "chen@example.test",
            "language": "zh-hant",
            "agreed": "on",
            **changed,
        }

    def test_staff_open_a_case_and_the_source_is_kept(self, client, officer):
        client.force_login(officer)

        response = client.post("/desk/new/", self.said())

        case = Case.objects.get()
        assert response.status_code == 303
        assert case.source == Source.PHONE
        assert case.opened_by == officer
        assert case.applicant is None
        assert ask.entries(case).get().actor_id == officer.pk

    def test_a_known_business_number_alone_ties_the_case_to_nobody(self, client, officer):
        known = EnterpriseFactory(business_number="99990010")
        client.force_login(officer)

        client.post("/desk/new/", self.said(business_number="99990010"))

        case = Case.objects.get()
        assert case.enterprise is None
        assert case.business_number == "99990010"
        assert case.stated_enterprise.enterprise == known

    def test_the_district_is_kept_with_its_county_and_read_on_the_case(self, client, officer):
        client.force_login(officer)

        client.post("/desk/new/", self.said(county="taichung", district="taichung/西屯區"))

        case = Case.objects.get()
        assert (case.county, case.district) == ("taichung", "西屯區")
        page = client.get(f"/desk/{case.reference}/").content.decode()
        assert "臺中市 西屯區 407" in page
        pane = client.get(f"/en/desk/{case.reference}/peek/").content.decode()
        assert re.search("<dd>Xitun Dist[^<]* 407, Taichung City</dd>", pane)

    def test_the_district_alone_tells_the_county(self, client, officer):
        client.force_login(officer)

        client.post("/desk/new/", self.said(county="", district="taichung/西屯區"))

        case = Case.objects.get()
        assert (case.county, case.district) == ("taichung", "西屯區")

    def test_a_district_of_another_county_is_asked_again(self, client, officer):
        client.force_login(officer)

        response = client.post(
            "/desk/new/", self.said(county="tainan", district="taichung/西屯區")
        )

        assert response.status_code == 422
        assert "這個鄉鎮市區不在上面選的縣市" in response.content.decode()
        assert not Case.objects.exists()

    def test_without_the_callers_consent_nothing_is_opened(self, client, officer):
        client.force_login(officer)

        response = client.post("/desk/new/", self.said(agreed=""))

        assert response.status_code == 422
        assert ask.STORY in response.content.decode()
        assert not Case.objects.exists()

    def test_those_whose_role_does_not_open_cases_are_turned_away(self, client, owner):
        client.force_login(owner)

        assert client.get("/desk/new/").status_code == 403
