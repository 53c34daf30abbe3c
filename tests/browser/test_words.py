"""Words and files on a case: templates put in, files sent along, files taken out."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import Agency
from assistance.models import Attachment, Case, GuidanceSystem
from sme_portal.seeds.demo.people import Cast, address
from tests.browser import asking
from tests.browser.visiting import Person, Visits
from tests.factories.assistance import CaseFactory, ReplyTemplateFactory

TYPED = "您好，先打好的一段話。"
LANGUAGES = ("", "/en")


@pytest.fixture
def case(cast: Cast) -> Case:
    ReplyTemplateFactory(title_zh="甲範本", body_zh="案號 {number} 的回覆。")
    case: Case = CaseFactory(
        in_progress=True,
        lead_agency=Agency.objects.get(code="smesa"),
        lead_officer=cast.users["lead"],
        enterprise=cast.askers[0].enterprise,
        main_system=GuidanceSystem.objects.get(code="financing"),
        subject="想買新機器，需要貸款",
    )
    return case


def begin(person: Person, name: str, case: Case) -> None:
    """Open the picker below what was typed and put a template in."""
    page = person.page
    form = page.locator(f"form[action$='/{name}/']")
    form.locator("textarea[name=body]").fill(TYPED)
    form.locator("button[name=replies]").click()
    picker = page.locator(f"#replies-for-{name}")
    picker.locator("select").select_option(label="甲範本")
    picker.locator("button[name=put_in]").click()
    body = page.locator(f"form[action$='/{name}/'] textarea[name=body]")
    expect(body).to_have_value(f"{TYPED}\n\n案號 {case.reference} 的回覆。")


@pytest.mark.parametrize("script", ["with", "without"])
def test_a_template_follows_what_was_typed(
    visits: Visits, case: Case, settings: Any, tmp_path: Path, script: str
) -> None:
    has_script = script == "with"
    lead = visits.person("lead", java_script_enabled=has_script)
    lead.sign_in(address("lead"), settings.DEMO_PASSWORD)
    lead.go(f"/desk/{case.reference}/")
    if has_script:
        lead.page.locator("summary[data-key=w]").click()
        begin(lead, "ask", case)
        lead.look("ask")
        lead.page.locator("summary[data-key=e]").click()
    begin(lead, "message", case)
    if not has_script:
        lead.picture("message")
    form = lead.page.locator("form[action$='/message/']")
    form.locator("input[type=file]").set_input_files(asking.photo(tmp_path))
    lead.press(form.locator("button[data-send]"))
    assert Attachment.objects.get().message.body.startswith(TYPED)


def test_files_go_along_and_are_taken_out(
    visits: Visits, case: Case, settings: Any, tmp_path: Path
) -> None:
    lead = visits.person("lead")
    lead.sign_in(address("lead"), settings.DEMO_PASSWORD)
    lead.go(f"/desk/{case.reference}/")
    for key, name in (("n", "note"), ("w", "ask")):
        lead.page.locator(f"summary[data-key={key}]").click()
        form = lead.page.locator(f"form[action$='/{name}/']")
        form.locator("textarea[name=body]").fill("附上一張表")
        form.locator("input[type=file]").set_input_files(asking.photo(tmp_path, f"{name}.jpg"))
        lead.look(f"{name}-composer")
        lead.press(form.locator("button[data-send]"))
    of_note, of_question = Attachment.objects.order_by("uploaded_at")
    for prefix in LANGUAGES:
        lead.go(f"{prefix}/desk/{case.reference}/")
        lead.look(f"desk{prefix}")

    owner = visits.person("owner", size="phone")
    owner.sign_in(address("owner.a"), settings.DEMO_PASSWORD)
    page = owner.go(f"/my/cases/{case.reference}/")
    expect(page.locator(".sp-asking")).to_contain_text(of_question.name)
    expect(page.locator("body")).not_to_contain_text(of_note.name)
    own = Attachment.objects.create(
        case=case,
        uploaded_by=cast_owner(case),
        name="傳錯的檔案.pdf",
        kind="pdf",
        mime="application/pdf",
        size=12_345,
        sha256="0" * 64,
        storage_name="never",
        uploaded_at=of_note.uploaded_at,
    )
    for prefix in LANGUAGES:
        owner.go(f"{prefix}/my/cases/{case.reference}/")
        owner.look(f"case{prefix}")
        owner.press(f"a[href='{prefix}/my/cases/{case.reference}/files/{own.pk}/remove/']")
        owner.look(f"take-back{prefix}")
    owner.press("main form button.btn-danger")
    expect(owner.page.locator("#tl ~ *").first).to_contain_text("You removed a file")

    for prefix, file in (("", of_note), ("/en", of_question)):
        lead.go(f"{prefix}/desk/{case.reference}/files/{file.pk}/remove/")
        lead.look(f"remove{prefix}")
    lead.page.locator("textarea[name=reason]").fill("放錯了案件")
    lead.press("main form button[data-send]")
    owner.go(f"/my/cases/{case.reference}/")
    expect(owner.page.locator("main")).to_contain_text("放錯了案件")
    owner.look("told")
    form = owner.page.locator("form.sp-reply")
    form.locator("textarea[name=body]").fill("填好了")
    form.locator("input[type=file]").set_input_files(asking.photo(tmp_path, "填好的表.jpg"))
    owner.press(form.locator("button"))
    owner.look("answered")
    lead.go(f"/desk/{case.reference}/")
    expect(lead.page.locator(".sp-timeline-dense")).to_contain_text("填好的表.jpg")


def cast_owner(case: Case) -> Any:
    assert case.enterprise is not None
    return case.enterprise.memberships.get(role="owner").user
