"""The pages on which administrators keep the catalogue: editions and agencies."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.forms.catalogue import initial_of
from assistance.models import SystemAgency, SystemEdition
from tests.assistance.desk import officer
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def _text(response) -> str:
    return response.content.decode()


def _typed(code: str, **changes) -> dict:
    edition = SystemEdition.objects.current_editions().get(system__code=code)
    tomorrow = (timezone.localdate() + DAY).isoformat()
    key = "7d3f2a52-2b1c-4a86-9c8b-0a7a1f4a1d11"
    return initial_of(edition) | {"valid_from": tomorrow, "idempotency_key": key} | changes


class TestKeepingTheCatalogue:
    @pytest.mark.parametrize("name", ["manage:systems", "manage:calendar"])
    def test_others_are_refused_with_the_reason(self, client, catalogue, name):
        client.force_login(StaffMembershipFactory(role="officer").user)

        assert client.get(reverse(name)).status_code == 403

    def test_visitors_are_sent_to_sign_in(self, client):
        assert client.get(reverse("manage:systems")).status_code == 302

    def test_the_list_shows_all_in_few_queries(
        self, admin_client_of_coordinator, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(12):
            page = _text(admin_client_of_coordinator.get(reverse("manage:systems")))

        assert page.count("<tr>") == 12

    def test_the_form_starts_from_what_is_in_force(self, admin_client_of_coordinator):
        page = _text(admin_client_of_coordinator.get(reverse("manage:system", args=["quality"])))

        assert "客戶要求品質認證，或不良率太高" in page
        assert "qms | 品質管理系統" in page

    def test_a_preview_saves_nothing(self, admin_client_of_coordinator):
        typed = _typed("quality", heading_zh="客戶要證書")

        response = admin_client_of_coordinator.post(
            reverse("manage:system_preview", args=["quality"]), typed
        )

        assert "客戶要證書" in _text(response)
        assert SystemEdition.objects.count() == 11

    def test_a_new_edition_takes_effect_on_its_day(self, admin_client_of_coordinator):
        url = reverse("manage:system_publish", args=["quality"])

        for _time in range(2):
            response = admin_client_of_coordinator.post(url, _typed("quality", offer_days="4"))
            assert response.status_code == 303

        editions = SystemEdition.objects.history_of(
            SystemEdition.objects.filter(system__code="quality")[0].system_id
        )
        assert [one.offer_days for one in editions] == [4, 3]

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"services": "qms | only two"}, "第 1 行"),
            ({"services": "qms | 甲 | A\nqms | 乙 | B"}, "用了兩次"),
            ({"services": "QMS! | 甲 | A"}, "QMS!"),
            ({"documents": "a | 甲 | A | maybe"}, "第 1 行"),
            ({"problems": "\n".join(f"甲{n} | A{n}" for n in range(31))}, "30"),
            ({"valid_from": "113/01/01"}, "今天"),
            ({"valid_from": "115/02/30"}, "115/08/07"),
            ({"first_answer_days": "40", "resolution_days": "30"}, "完整回覆"),
            ({"first_answer_days": "0"}, "1"),
            ({"heading_zh": "\u3164"}, ""),
            ({"heading_zh": "a\x00b"}, ""),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field(
        self, admin_client_of_coordinator, changes, said
    ):
        url = reverse("manage:system_publish", args=["quality"])

        response = admin_client_of_coordinator.post(url, _typed("quality", **changes))

        assert response.status_code in {400, 422}
        assert said in _text(response)
        assert SystemEdition.objects.count() == 11

    def test_two_editions_on_one_day_are_refused_and_what_was_typed_is_kept(
        self, admin_client_of_coordinator
    ):
        url = reverse("manage:system_publish", args=["quality"])
        admin_client_of_coordinator.post(url, _typed("quality"))
        other_key = "7d3f2a52-2b1c-4a86-9c8b-0a7a1f4a1d12"

        response = admin_client_of_coordinator.post(
            url, _typed("quality", idempotency_key=other_key, heading_zh="另一個標題")
        )

        assert response.status_code == 409
        assert "另一個標題" in _text(response)

    def test_a_planned_edition_can_be_withdrawn_and_one_in_force_cannot(
        self, admin_client_of_coordinator
    ):
        url = reverse("manage:system_publish", args=["quality"])
        admin_client_of_coordinator.post(url, _typed("quality"))
        planned = SystemEdition.objects.planned().get()
        current = SystemEdition.objects.current().get(system__code="quality")

        gone = admin_client_of_coordinator.post(
            reverse("manage:edition_withdraw", args=["quality", planned.pk])
        )
        stays = admin_client_of_coordinator.post(
            reverse("manage:edition_withdraw", args=["quality", current.pk])
        )

        assert (gone.status_code, stays.status_code) == (303, 409)
        assert SystemEdition.objects.count() == 11

    def test_planned_editions_are_not_public(self, admin_client_of_coordinator, client):
        url = reverse("manage:system_publish", args=["quality"])
        admin_client_of_coordinator.post(url, _typed("quality"))
        owner = UserFactory()

        assert SystemEdition.objects.visible_to(owner).count() == 11

    def test_an_administrator_of_another_agency_reads_only(self, client, catalogue):
        client.force_login(officer(Role.ADMINISTRATOR, AgencyFactory()))
        page = client.get(reverse("manage:system", args=["quality"]))

        response = client.post(
            reverse("manage:system_publish", args=["quality"]), _typed("quality")
        )

        assert page.status_code == 200
        assert response.status_code == 403

    def test_an_administrator_of_the_answering_agency_changes_it(self, client, catalogue):
        agency = SystemAgency.objects.current().filter(system__code="marketing")[0].agency
        client.force_login(officer(Role.ADMINISTRATOR, agency))

        response = client.post(
            reverse("manage:system_publish", args=["marketing"]), _typed("marketing")
        )

        assert response.status_code == 303

    def test_agencies_of_a_system_are_changed(self, admin_client_of_coordinator):
        new = AgencyFactory()
        tomorrow = timezone.localdate() + DAY

        response = admin_client_of_coordinator.post(
            reverse("manage:system_assign_agencies", args=["quality"]),
            {"valid_from": tomorrow.isoformat(), "first": new.pk},
        )
        page = admin_client_of_coordinator.get(response["Location"])

        assert response.status_code == 303
        assert new.name_zh in _text(page)

    def test_agencies_need_a_first_one(self, admin_client_of_coordinator):
        response = admin_client_of_coordinator.post(
            reverse("manage:system_assign_agencies", args=["quality"]),
            {"valid_from": timezone.localdate().isoformat(), "first": "999999999999999999999"},
        )

        assert response.status_code == 422
