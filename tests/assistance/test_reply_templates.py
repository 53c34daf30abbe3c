"""Texts officers reuse: who keeps them, what is recorded, how they come into a reply."""

import json
import re
import uuid
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from accounts.roles import Role
from assistance.events import TemplateEvent
from assistance.models import Answer, CaseMessage, ReplyTemplate
from assistance.reply_fields import fill, unknown_fields
from assistance.services import reply_templates
from assistance.services.errors import AgencyNotInForceError
from ledger.models import Entry
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory, UserFactory
from tests.factories.assistance import (
    AnswerFactory,
    CaseFactory,
    CoordinatorFactory,
    NeedFactory,
    ReplyTemplateFactory,
)

pytestmark = pytest.mark.django_db

WORDS = {
    "title_zh": "請補文件",
    "title_en": "Please send papers",
    "body_zh": "{name}您好：請補文件（{number}）。",
    "body_en": "Dear {name}, please send papers ({number}).",
}


def text(**changes: str) -> reply_templates.TemplateText:
    return reply_templates.TemplateText(**(WORDS | changes))


def add(agency_id: int | None = None, **given):
    named = {"by_id": UserFactory().pk, "text": text(), "key": uuid.uuid4()} | given
    return reply_templates.add(agency_id=agency_id, **named)


class TestFields:
    def test_fields_are_filled_in_and_unknown_ones_stay(self):
        said = fill("{name} ｛Number｝ {other} {", {"name": "林雅雯", "number": "A115-08-00001"})

        assert said == "林雅雯 A115-08-00001 {other} {"

    def test_a_value_that_looks_like_a_field_is_not_filled_in_again(self):
        assert fill("{name}", {"name": "{number}", "number": "x"}) == "{number}"

    def test_unknown_fields_are_named_once(self):
        assert unknown_fields("{name} {phone} {phone} {Agency}") == ["phone"]


class TestKeeping:
    def test_the_same_key_adds_one(self):
        keeper, key = UserFactory(), uuid.uuid4()

        first, made = add(by_id=keeper.pk, key=key)
        second, again = add(by_id=keeper.pk, key=key)

        assert (first.pk, made, again) == (second.pk, True, False)
        assert Entry.objects.filter(event=TemplateEvent.ADDED).count() == 1

    def test_an_abolished_agency_gets_no_template(self):
        with pytest.raises(AgencyNotInForceError):
            add(AgencyFactory(abolished=True).pk)

        assert not ReplyTemplate.objects.exists()

    def test_there_is_an_upper_limit(self, monkeypatch):
        monkeypatch.setattr(reply_templates, "MOST_IN_USE", 1)
        agency = AgencyFactory()
        add(agency.pk)

        with pytest.raises(reply_templates.TooManyTemplatesError), transaction.atomic():
            add(agency.pk)

        assert ReplyTemplate.objects.count() == 1

    def test_a_change_is_recorded_by_what_changed_not_by_its_words(self):
        template, _made = add()

        reply_templates.change(
            template_id=template.pk, by_id=UserFactory().pk, text=text(title_en="Papers, please")
        )

        entry = Entry.objects.get(event=TemplateEvent.CHANGED)
        assert entry.facts == {"agency": None, "changed": ["title_en"]}

    def test_saving_without_a_change_records_nothing(self):
        template, _made = add()

        reply_templates.change(template_id=template.pk, by_id=UserFactory().pk, text=text())

        assert not Entry.objects.filter(event=TemplateEvent.CHANGED).exists()

    def test_a_retired_template_is_not_changed(self):
        template = ReplyTemplateFactory(is_active=False)

        with pytest.raises(reply_templates.TemplateRetiredError):
            reply_templates.change(template_id=template.pk, by_id=UserFactory().pk, text=text())

    def test_retiring_and_using_again_are_recorded_once_each(self):
        template, by = ReplyTemplateFactory(), UserFactory()

        for act in (reply_templates.retire, reply_templates.retire, reply_templates.restore):
            act(template_id=template.pk, by_id=by.pk)

        template.refresh_from_db()
        events = Entry.objects.order_by("pk").values_list("event", flat=True)
        assert template.is_active
        assert list(events) == [TemplateEvent.RETIRED, TemplateEvent.RESTORED]


class TestPages:
    @pytest.mark.parametrize("role", [Role.DUTY, Role.OFFICER, Role.AUDITOR])
    def test_others_do_not_enter(self, role):
        assert signed_in(officer(role)).get(reverse("manage:templates")).status_code == 403

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_the_list_shows_common_ones_and_ones_own_never_anothers(self, prefix):
        lead = officer(Role.LEAD)
        common = ReplyTemplateFactory()
        own = ReplyTemplateFactory(agency=CoordinatorFactory(), is_active=False)
        foreign = ReplyTemplateFactory(agency=AgencyFactory())

        page = signed_in(lead).get(prefix + reverse("manage:templates")).content.decode()

        assert common.title_zh in page
        assert own.title_zh in page
        assert foreign.title_zh not in page

    def test_a_lead_adds_one_for_her_agency_only(self):
        client, agency = signed_in(officer(Role.LEAD)), CoordinatorFactory()
        sent = WORDS | {"idempotency_key": str(uuid.uuid4())}

        refused = client.post(reverse("manage:template_add"), sent | {"place": "common"})
        done = client.post(reverse("manage:template_add"), sent | {"place": str(agency.pk)})

        assert (refused.status_code, done.status_code) == (422, 303)
        assert ReplyTemplate.objects.get().agency == agency

    def test_an_administrator_adds_one_for_all(self):
        sent = WORDS | {"idempotency_key": str(uuid.uuid4()), "place": "common"}

        done = signed_in(officer(Role.ADMINISTRATOR)).post(reverse("manage:template_add"), sent)

        assert done.status_code == 303
        assert ReplyTemplate.objects.get().agency is None

    def test_both_languages_are_asked_for_and_what_was_typed_stays(self):
        sent = WORDS | {"idempotency_key": str(uuid.uuid4()), "body_en": "", "place": "common"}

        page = signed_in(officer(Role.ADMINISTRATOR)).post(reverse("manage:template_add"), sent)

        assert page.status_code == 422
        assert WORDS["body_zh"] in page.content.decode()

    def test_an_unknown_field_is_refused_by_name(self):
        sent = WORDS | {"body_zh": "{phone}", "idempotency_key": str(uuid.uuid4())}

        page = signed_in(officer(Role.ADMINISTRATOR)).post(
            reverse("manage:template_add"), sent | {"place": "common"}
        )

        assert page.status_code == 422
        assert "phone" in str(page.context["form"].errors["body_zh"])

    def test_a_lead_does_not_change_the_common_ones(self):
        template = ReplyTemplateFactory()
        client = signed_in(officer(Role.LEAD))

        for name in ("template_change", "template_retire", "template_restore"):
            url = reverse(f"manage:{name}", args=[template.pk])
            assert client.post(url, WORDS).status_code == 403

        template.refresh_from_db()
        assert template.is_active

    def test_another_agencys_template_is_not_there(self):
        foreign = ReplyTemplateFactory(agency=AgencyFactory())

        page = signed_in(officer(Role.LEAD)).get(
            reverse("manage:template_change", args=[foreign.pk])
        )

        assert page.status_code == 404

    def test_a_manager_changes_retires_and_restores_her_agencys_own(self):
        template = ReplyTemplateFactory(agency=CoordinatorFactory())
        client = signed_in(officer(Role.MANAGER))

        changed = client.post(reverse("manage:template_change", args=[template.pk]), WORDS)
        retired = client.post(reverse("manage:template_retire", args=[template.pk]))
        late = client.post(reverse("manage:template_change", args=[template.pk]), WORDS)
        back = client.post(reverse("manage:template_restore", args=[template.pk]))

        template.refresh_from_db()
        codes = [r.status_code for r in (changed, retired, late, back)]
        assert codes == [303, 303, 409, 303]
        assert (template.title_en, template.is_active) == (WORDS["title_en"], True)

    def test_what_has_no_room_any_more_is_refused_over_the_list_as_it_stands(self):
        smesa = CoordinatorFactory()
        template = ReplyTemplateFactory(agency=smesa, is_active=False)
        ReplyTemplateFactory.create_batch(reply_templates.MOST_IN_USE, agency=smesa)

        late = signed_in(officer(Role.MANAGER)).post(
            reverse("manage:template_restore", args=[template.pk])
        )

        assert late.status_code == 409
        assert str(reply_templates.TooManyTemplatesError()) in late.content.decode()
        assert [row["template"] for row in late.context["retired"]] == [template]


def _texts(page: str) -> dict[str, str]:
    found = re.search(r'<script type="application/json">(.*?)</script>', page)
    return json.loads(found.group(1)) if found else {}


class TestPuttingIn:
    @pytest.fixture
    def lead(self):
        return officer(Role.LEAD, name="周欣怡")

    @pytest.fixture
    def case(self, lead):
        return CaseFactory(in_progress=True, lead_officer=lead, lead_agency=CoordinatorFactory())

    def test_the_composer_offers_templates_in_the_cases_language(self, lead, case):
        template = ReplyTemplateFactory(body_zh="{name}：{officer}（{agency}）{enterprise}")
        retired = ReplyTemplateFactory(is_active=False)

        page = signed_in(lead).get(
            "/en" + reverse("desk:case", args=[case.reference]), {"replies": 1}
        )

        texts = _texts(page.content.decode())
        said = f"{case.contact_name}：周欣怡（{case.lead_agency.name_zh}）{case.enterprise_name}"
        assert texts[str(template.pk)] == said
        assert str(retired.pk) not in texts
        assert template.title_en in page.content.decode()

    def test_the_page_of_a_case_brings_templates_only_when_they_are_wanted(self, lead, case):
        template = ReplyTemplateFactory()
        url = reverse("desk:case", args=[case.reference])

        page = signed_in(lead).get(url).content.decode()
        anew = signed_in(lead).get(url, {"replies": 1, "into": "ask"})

        assert template.title_zh not in page
        assert f'hx-get="{url}?into=ask"' in page
        assert template.title_zh in anew.content.decode()
        assert anew.context["opened"] == "ask"

    @pytest.mark.parametrize("name", ["message", "ask"])
    def test_without_javascript_the_text_follows_what_was_typed(self, lead, case, name):
        template = ReplyTemplateFactory(body_zh="案號 {number}")
        sent = {"about": "case", "body": "已經打好的話", "others": "存摺", "due_on": "某天"}
        sent |= {"idempotency_key": str(uuid.uuid4()), "put_in": "1", "template": template.pk}

        page = signed_in(lead).post(reverse(f"desk:{name}", args=[case.reference]), sent)

        form = page.context[f"{name}_form"]
        assert page.status_code == 200
        assert page.context["opened"] == name
        assert form["body"].value() == f"已經打好的話\n\n案號 {case.reference}"
        assert str(form["idempotency_key"].value()) == sent["idempotency_key"]
        assert not form.errors
        assert not CaseMessage.objects.exists()
        if name == "ask":
            assert (form["others"].value(), form["due_on"].value()) == ("存摺", "某天")

    @pytest.mark.parametrize("name", ["message", "ask"])
    def test_without_javascript_opening_the_picker_keeps_what_was_typed(self, lead, case, name):
        template = ReplyTemplateFactory()
        sent = {"about": "case", "body": "已經打好的話", "replies": "1"}

        page = signed_in(lead).post(reverse(f"desk:{name}", args=[case.reference]), sent)

        assert page.status_code == 200
        assert page.context[f"{name}_form"]["body"].value() == "已經打好的話"
        assert template.title_zh in page.content.decode()

    def test_files_are_to_be_chosen_again(self, lead, case):
        template = ReplyTemplateFactory()
        file = SimpleUploadedFile("a.csv", b"a,b", content_type="text/csv")
        sent = {"put_in": "1", "template": template.pk, "files": [file]}

        page = signed_in(lead).post(reverse("desk:message", args=[case.reference]), sent)

        assert "請重新選擇檔案" in page.content.decode()

    def test_another_agencys_template_cannot_be_put_in(self, lead, case):
        foreign = ReplyTemplateFactory(agency=AgencyFactory(), body_zh="別機關的話")
        sent = {"put_in": "1", "template": foreign.pk}

        page = signed_in(lead).post(reverse("desk:message", args=[case.reference]), sent)

        assert "別機關的話" not in page.content.decode()

    @pytest.mark.parametrize("wanted", ["x", "-1", "9" * 30, "\x00", "\ud800"])
    def test_a_strange_template_is_no_template(self, lead, case, wanted):
        sent = urlencode(
            {"put_in": "1", "template": wanted, "body": wanted}, errors="surrogatepass"
        )

        page = signed_in(lead).post(
            reverse("desk:ask", args=[case.reference]),
            sent,
            content_type="application/x-www-form-urlencoded",
        )

        assert page.status_code == 200

    def test_the_needs_page_speaks_for_the_needs_agency(self, lead, case):
        other = AgencyFactory()
        StaffMembershipFactory(user=lead, agency=other, role=Role.OFFICER)
        need = NeedFactory(in_progress=True, case=case, agency=other, answer="前文")
        template = ReplyTemplateFactory(body_zh="{agency}")

        page = signed_in(lead).post(
            reverse("desk:need_answer", args=[case.reference, need.pk]),
            {"put_in": "1", "template": template.pk, "text": "改過的前文"},
        )

        need.refresh_from_db()
        assert page.status_code == 200
        assert page.context["form"]["text"].value() == f"改過的前文\n\n{other.name_zh}"
        assert (need.answer, need.answered_at) == ("前文", None)

    def test_the_one_answer_keeps_what_was_typed_and_adds_the_text(self, lead, case):
        NeedFactory(answered=True, case=case)
        AnswerFactory(case=case, composed_by=lead, opening="草稿")
        template = ReplyTemplateFactory(body_zh="{officer}")

        page = signed_in(lead).post(
            reverse("desk:answer", args=[case.reference]),
            {"put_in": "1", "template": template.pk, "opening": "新的", "closing": "結尾"},
        )

        form = page.context["form"]
        assert page.status_code == 200
        assert form["opening"].value() == "新的\n\n周欣怡"
        assert form["closing"].value() == "結尾"
        assert Answer.objects.get().opening == "草稿"
