"""The public pages of the catalogue: all systems, one system, and three questions."""

import json
import re

import pytest
from django.urls import reverse

from assistance.models import SystemEdition
from tests.factories.catalogue import SystemFactory

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("address", ["/en/systems/", "/en/systems/marketing/"])
class TestWhatIsNotTranslatedYet:
    def test_the_page_says_so_and_marks_the_language(self, client, catalogue, address):
        SystemEdition.objects.filter(system__code="marketing").update(gives_en="")

        page = _text(client.get(address))

        assert "ot yet available in English" in page
        assert 'lang="zh-Hant">' in page

    def test_nothing_is_said_where_all_is_there(self, client, catalogue, address):
        assert "ot yet available in English" not in _text(client.get(address))


def test_an_item_without_a_translation_is_shown_in_the_other_language(client, catalogue):
    services = [{"code": "one", "zh": "只有中文", "en": ""}]
    SystemEdition.objects.filter(system__code="marketing").update(services=services)

    english = _text(client.get("/en/systems/marketing/"))
    chinese = _text(client.get("/systems/marketing/"))

    assert '<li lang="zh-Hant">只有中文</li>' in english
    assert "ot yet available in English" in english
    assert "<li>只有中文</li>" in chinese


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
