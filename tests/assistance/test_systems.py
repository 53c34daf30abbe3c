"""The pages of the catalogue: public ones, and those where administrators keep it."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assistance.events import CatalogueEvent
from assistance.forms.catalogue import initial_of
from assistance.models import SystemAgency, SystemEdition
from foundation.models import CalendarDay
from foundation.working_days import forget_calendar, is_working
from ledger.models import Entry
from sme_portal.seeds.reference import seed_reference
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory, UserFactory
from tests.factories.catalogue import SystemFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def catalogue():
    seed_reference()


def _administrator(agency=None):
    agency = agency or AgencyFactory(is_coordinator=True)
    return StaffMembershipFactory(role="administrator", agency=agency).user


@pytest.fixture
def admin_client_of_coordinator(client, catalogue):
    client.force_login(_administrator())
    return client


def _text(response) -> str:
    return response.content.decode()


class TestIndex:
    def test_all_eleven_are_shown_by_need_in_few_queries(
        self, client, catalogue, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(4):
            page = _text(client.get("/systems/"))

        assert page.count('class="sp-sys"') == 11
        assert page.index("資金與創業") < page.index("經營與品質") < page.index("環境與安全")
        assert "國際貿易署、商業發展署" in page

    def test_english_pages_speak_english(self, client, catalogue):
        page = _text(client.get("/en/systems/"))

        assert "I need a loan or cash flow" in page
        assert "我需要借錢" not in page

    def test_a_need_keeps_its_group_only(self, client, catalogue):
        page = _text(client.get("/systems/?need=market"))

        assert page.count('class="sp-sys"') == 1

    def test_an_unknown_need_shows_all(self, client, catalogue):
        assert _text(client.get("/systems/?need=%27%22")).count('class="sp-sys"') == 11

    def test_the_owners_words_find_a_system_with_reasons(self, client, catalogue):
        page = _text(client.get("/systems/", {"q": "客戶要 ISO 證書"}))

        assert 'id="s2"' in page
        assert "品質提升輔導體系" in page
        assert "「ISO」" in page

    def test_words_of_the_catalogue_find_too(self, client, catalogue):
        page = _text(client.get("/systems/", {"q": "國家品質獎等獎項"}))

        assert 'id="s2"' in page

    @pytest.mark.parametrize(
        "query", ["隨便", "x" * 1500, "\ud800", "𠮷🙂", "<script>alert(1)</script>"]
    )
    def test_odd_words_find_nothing_and_say_what_next(self, client, catalogue, query):
        response = client.get("/systems/", {"q": query.encode("utf-8", "replace").decode()})

        assert response.status_code == 200
        assert "<script>alert" not in _text(response)
        assert reverse("request:start") in _text(response)

    def test_htmx_gets_the_list_alone(self, client, catalogue):
        response = client.get("/systems/", {"q": "貸款"}, headers={"HX-Request": "true"})

        assert "<html" not in _text(response)
        assert _text(response).lstrip().startswith('<div id="systems">')
        assert "HX-Request" in response["Vary"]

    def test_an_empty_catalogue_says_so(self, client):
        assert "sp-empty" in _text(client.get("/systems/"))


class TestDetail:
    def test_one_system_is_shown_in_full_in_few_queries(
        self, client, catalogue, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(5):
            page = _text(client.get("/systems/marketing/"))

        assert "想找新客戶、上架電商，或開始外銷" in page
        assert "經濟部國際貿易署" in page
        assert "經濟部國際貿易局" in page  # formerly
        assert "出進口廠商登記資料" in page
        assert f"{reverse('request:start')}?system=marketing" in page

    def test_machines_read_it_as_a_service_of_government(self, client, catalogue):
        page = _text(client.get("/en/systems/financing/"))

        script = re.search(
            r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', page, re.DOTALL
        )
        data = json.loads(script.group(1))
        assert data["@type"] == "GovernmentService"
        assert data["serviceOperator"][0]["telephone"] == "0800-056-476"
        assert data["url"].endswith("/en/systems/financing/")
        assert data["hasOfferCatalog"]["itemListElement"]

    def test_markup_in_an_edition_cannot_leave_the_script(self, client, catalogue):
        SystemEdition.objects.filter(system__code="financing").update(
            mission_zh="</script><script>alert(1)</script>"
        )

        assert "<script>alert(1)" not in _text(client.get("/systems/financing/"))

    def test_an_unknown_system_is_not_found(self, client, catalogue):
        assert client.get("/systems/nothing/").status_code == 404

    def test_a_system_without_an_edition_in_force_is_not_found(self, client):
        system = SystemFactory()

        assert client.get(f"/systems/{system.code}/").status_code == 404


class TestFinder:
    def test_three_questions_come_one_by_one_and_keep_the_answers(self, client, catalogue):
        first = _text(client.get("/systems/find/"))
        second = _text(client.get("/systems/find/", {"step": "2", "need": "market"}))
        third = _text(
            client.get("/systems/find/", {"step": "3", "need": "market", "said": "想外銷"})
        )

        assert 'name="need"' in first
        assert '<input type="hidden" name="need" value="market">' in second
        assert 'name="stage"' in third
        assert '<input type="hidden" name="said" value="想外銷">' in third

    def test_the_answers_give_ranked_suggestions_with_reasons(self, client, catalogue):
        answers = {
            "step": "4",
            "need": "market",
            "said": "想外銷",
            "stage": "young",
            "industry": "G",
        }

        page = _text(client.get("/systems/find/", answers))

        assert 'id="s7"' in page
        assert "您寫了「外銷」" in page
        assert "?system=marketing" in page

    def test_no_answer_at_all_leads_to_a_person(self, client, catalogue):
        page = _text(client.get("/systems/find/", {"step": "4"}))

        assert reverse("request:start") in page
        assert 'class="sp-sys"' not in page

    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            ({"need": "zzz", "step": "4"}, "need"),
            ({"industry": "ZZ", "step": "4"}, "industry"),
            ({"said": "x" * 5000, "step": "4"}, "said"),
        ],
    )
    def test_a_bad_answer_is_asked_again(self, client, catalogue, answers, field):
        response = client.get("/systems/find/", answers)

        assert response.status_code == 422
        assert f'name="{field}"' in _text(response)
        assert "sp-errors" in _text(response)

    def test_an_unknown_step_is_the_first(self, client, catalogue):
        assert 'name="need"' in _text(client.get("/systems/find/?step=999999999999999999"))


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
            ({"first_answer_days": "40", "resolution_days": "30"}, "完整答覆"),
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
        client.force_login(_administrator(AgencyFactory()))
        page = client.get(reverse("manage:system", args=["quality"]))

        response = client.post(
            reverse("manage:system_publish", args=["quality"]), _typed("quality")
        )

        assert page.status_code == 200
        assert response.status_code == 403

    def test_an_administrator_of_the_answering_agency_changes_it(self, client, catalogue):
        agency = SystemAgency.objects.current().filter(system__code="marketing")[0].agency
        client.force_login(_administrator(agency))

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


class TestCalendar:
    def test_the_days_of_a_year_are_listed(self, admin_client_of_coordinator):
        page = _text(admin_client_of_coordinator.get(reverse("manage:calendar"), {"year": "2026"}))

        assert "115 年" in page
        assert "國慶日" in page

    @pytest.mark.parametrize("year", ["", "0", "9999999", "abc", "²⁰²⁶", "1000"])
    def test_a_strange_year_is_this_one(self, admin_client_of_coordinator, year):
        response = admin_client_of_coordinator.get(reverse("manage:calendar"), {"year": year})

        assert response.status_code == 200

    def test_a_day_is_named_and_unnamed(self, admin_client_of_coordinator):
        day = dt.date(2026, 7, 15)
        typed = {
            "day": "115/07/15",
            "is_working": "no",
            "note_zh": "颱風停班",
            "note_en": "Typhoon",
        }

        named = admin_client_of_coordinator.post(reverse("manage:calendar_name"), typed)
        off = is_working(day)
        unnamed = admin_client_of_coordinator.post(
            reverse("manage:calendar_unname"), {"day": "2026-07-15"}
        )

        assert (named.status_code, unnamed.status_code) == (303, 303)
        assert named["Location"].endswith("?year=2026")
        assert (off, is_working(day)) == (False, True)
        recorded = Entry.objects.filter(event__startswith="assistance.calendar.")
        assert [entry.event for entry in recorded.order_by("pk")] == [
            CatalogueEvent.DAY_NAMED,
            CatalogueEvent.DAY_UNNAMED,
        ]

    def test_a_day_without_a_name_cannot_be_removed(self, admin_client_of_coordinator):
        response = admin_client_of_coordinator.post(
            reverse("manage:calendar_unname"), {"day": "2026-07-15"}
        )

        assert response.status_code == 409

    @pytest.mark.parametrize("day", ["", "115/13/01", "1/1", "2999-01-01", "x" * 500])
    def test_a_day_that_cannot_be_is_refused(self, admin_client_of_coordinator, day):
        before = CalendarDay.objects.count()

        response = admin_client_of_coordinator.post(
            reverse("manage:calendar_name"), {"day": day, "is_working": "no"}
        )

        assert response.status_code == 422
        assert CalendarDay.objects.count() == before

    def test_a_year_is_imported_again(self, admin_client_of_coordinator):
        CalendarDay.objects.in_year(2026).delete()
        forget_calendar()

        response = admin_client_of_coordinator.post(
            reverse("manage:calendar_import"), {"year": "2026"}
        )

        assert response.status_code == 303
        assert CalendarDay.objects.in_year(2026).exists()
        assert Entry.objects.filter(event=CatalogueEvent.CALENDAR_IMPORTED).count() == 1

    def test_a_year_that_is_not_at_hand_is_refused(self, admin_client_of_coordinator):
        response = admin_client_of_coordinator.post(
            reverse("manage:calendar_import"), {"year": "2021"}
        )

        assert response.status_code == 422
