"""The whole story: she asks from her phone, two agencies work, one answer comes, she rates it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from assistance.models import Case, GuidanceSystem, Need, Rating
from assistance.states import CaseState, NeedState
from sme_portal.seeds.demo.people import Cast, address
from tests.browser import asking
from tests.browser.mails import Mails, link_in
from tests.browser.visiting import Person, Visits

WANTED = ("financing", "pollution")
PAPER = "固定污染源操作許可證"


def test_an_owner_asks_once_and_gets_one_answer(
    visits: Visits, cast: Cast, mails: Mails, tmp_path: Path, settings: Any
) -> None:
    def enter(name: str, who: str, at: str, size: str = "desktop") -> Person:
        person = visits.person(name, size=size)
        person.sign_in(address(who), settings.DEMO_PASSWORD, at)
        return person

    owner = enter("owner", "owner.a", "/account/login/", size="phone")
    reference = ask_from_the_phone(owner, tmp_path)
    mails.wait(address("owner.a"), reference)
    mails.wait(address("duty"), reference)

    duty = enter("duty", "duty", "/account/login/")
    take_and_split(duty, reference)
    mails.wait(address("officer.ida"), reference)

    officer = enter("officer.ida", "officer.ida", "/en/account/login/")
    accept_and_ask(officer, reference)
    smesa = enter("officer.smesa", "officer.smesa", "/account/login/")
    accept(smesa, reference, "financing")

    asked = mails.wait(address("owner.a"), PAPER)
    send_the_paper(owner, link_in(asked, reference), asking.photo(tmp_path))
    mails.wait(address("officer.ida"), reference, "The paper is here")

    answer_need(officer, reference, "pollution", "/en", "不必整套更換，先裝油煙靜電集塵設備。")
    officer.look("need-answered-en")
    answer_need(smesa, reference, "financing", "", "可以申請信用保證，利率補貼兩年。")
    mails.wait(address("lead"), reference)

    lead = enter("lead", "lead", "/account/login/")
    send_the_one_answer(lead, reference)
    reads_only_her_part(officer, reference)

    answered = mails.wait(address("owner.a"), reference, "已有回覆")
    read_and_rate(owner, link_in(answered, reference))

    case = Case.objects.get(reference=reference)
    assert case.state == CaseState.ANSWERED
    assert Rating.objects.get(answer__case=case).score == 5
    keep_post_in_order(mails)
    look_into_the_mailbox(owner)


def ask_from_the_phone(owner: Person, folder: Path) -> str:
    page = owner.go("/")
    owner.look("home-signed-in")
    owner.press(page.locator("a[href='/request/']:visible").first)
    owner.look("request-start")
    owner.press(asking.ONWARD)

    def problem(page: Page) -> None:
        page.locator("#id_description").press_sequentially(asking.STORY[:4])
        page.locator("#id_description").fill(asking.STORY)
        expect(page.locator("#suggest .sp-sys-mini")).to_be_visible()
        owner.look("request-problem")

    def system(page: Page) -> None:
        for code in WANTED:
            box = page.locator(f"input[name=systems][value={code}]").first
            if not box.is_visible():
                page.locator("#id_systems details > summary").click()
            box.check()
        owner.look("request-system")

    def enterprise(page: Page) -> None:
        page.locator("input[name=enterprise]").first.check()
        owner.look("request-enterprise")

    def papers(page: Page) -> None:
        page.locator("input[type=file]").first.set_input_files(asking.photo(folder, "報價單.jpg"))
        expect(page.locator(".sp-files", has_text="報價單.jpg").first).to_be_visible()
        owner.look("request-papers")

    answers = {
        "problem": problem,
        "hopes": lambda page: page.locator("#id_hoped_for").fill(asking.HOPE),
        "system": system,
        "enterprise": enterprise,
        "branch": lambda page: page.locator("input[name=branch]").first.check(),
        "papers": papers,
        "contact": lambda page: owner.look("request-contact"),
    }
    asking.walk(owner, answers, until="check")
    owner.look("request-check")
    asking.tick(owner.page, "handle", "share_with_agencies")
    owner.press("#send button[type=submit]")
    owner.look("request-done")
    reference = asking.number_on(owner.page)
    owner.go("/my/cases/")
    expect(owner.page.locator("main")).to_contain_text(reference)
    owner.look("my-cases")
    return reference


def take_and_split(duty: Person, reference: str) -> None:
    page = duty.go("/desk/")
    row = page.locator(".sp-queue tbody tr", has_text=asking.STORY[:8])
    expect(row).to_be_visible()
    duty.look("queue")
    duty.press(row.locator(".t a"))
    duty.look("case-new")
    duty.press("form[action$='/claim/'] button")
    duty.press("a[href$='/split/'].btn")
    smesa, ida = (
        Need._meta.get_field("agency").related_model.objects.get(code=code)
        for code in ("smesa", "ida")
    )
    for system in GuidanceSystem.objects.all():
        box = page.locator(f"input[name=take-{system.pk}]")
        box.set_checked(system.code in WANTED)
    for code, agency, need in (
        ("financing", smesa, "設備款八十萬元的融資"),
        ("pollution", ida, "油煙與異味的改善方式"),
    ):
        system = GuidanceSystem.objects.get(code=code)
        page.locator(f"[name=agency-{system.pk}]").select_option(str(agency.pk))
        page.locator(f"[name=summary-{system.pk}]").fill(need)
    page.locator("[name=lead]").select_option(label=_lead_label(page, "王主辦"))
    duty.look("split")
    duty.press("main form button[data-send]")
    expect(page.locator(".sp-needs > li")).to_have_count(2)
    duty.look("case-split")
    assert set(Need.objects.values_list("state", flat=True)) == {NeedState.OFFERED}


def _lead_label(page: Page, name: str) -> str:
    labels = page.locator("[name=lead] option").all_inner_texts()
    return next(label for label in labels if name in label)


def _need(code: str) -> Need:
    return Need.objects.get(system__code=code)


def accept(officer: Person, reference: str, code: str, language: str = "") -> None:
    page = officer.go(f"{language}/desk/")
    officer.press(page.locator(".sp-queue tbody tr .t a", has_text=asking.STORY[:8]))
    officer.press(f"form[action$='/needs/{_need(code).pk}/accept/'] button")


def accept_and_ask(officer: Person, reference: str) -> None:
    officer.go("/en/desk/")
    officer.look("queue-en")
    accept(officer, reference, "pollution", "/en")
    officer.look("case-accepted-en")
    page = officer.page
    page.locator("summary[data-key=w]").click()
    form = page.locator("form[action$='/ask/']")
    form.locator("[name=body]").fill("請提供許可證影本，我們先看排放口的條件。")
    form.locator("[name=others]").fill(PAPER)
    officer.look("case-asking-en")
    officer.press(form.locator("button[data-send]"))
    expect(page.locator("main .sp-hint-warn")).to_contain_text(PAPER)
    officer.look("case-waiting-en")


def send_the_paper(owner: Person, link: str, paper: Path) -> None:
    page = owner.go(link)
    expect(page.locator("#todo")).to_contain_text("輪到您")
    owner.look("her-case-waiting")
    item = page.locator(".sp-item", has_text=PAPER)
    item.locator("input[type=file]").set_input_files(paper)
    expect(item.locator("[data-uploads]")).to_contain_text(paper.name)
    expect(item.locator("progress")).to_have_count(0)
    owner.look("her-case-uploaded")
    page.locator(".sp-reply [name=body]").fill("The paper is here. 許可證已上傳。")
    owner.press(".sp-reply button.btn-primary")
    expect(page.locator("#todo")).not_to_contain_text("輪到您")
    owner.look("her-case-in-progress")


def answer_need(officer: Person, reference: str, code: str, language: str, text: str) -> None:
    page = officer.go(f"{language}/desk/{reference}/")
    officer.press(f"a[href$='/needs/{_need(code).pk}/answer/']")
    page.locator("[name=text]").fill(text)
    if code == "pollution":
        officer.look("need-answer-en")
    officer.press("main form button[data-send]")
    expect(page.locator(f"#need-{_need(code).pk}")).to_contain_text(text)


def send_the_one_answer(lead: Person, reference: str) -> None:
    page = lead.go(f"/desk/{reference}/")
    lead.press("a[href$='/answer/'][data-key=r]")
    lead.press("button[value=preview]")
    expect(page.locator(".sp-answer")).to_contain_text("靜電集塵")
    lead.look("answer-preview")
    lead.press("button[value=send]")
    expect(page.locator(".sp-sent")).to_contain_text("信用保證")
    lead.look("case-answered")
    lead.go(f"/desk/{reference}/audit/")
    lead.look("audit")


def reads_only_her_part(officer: Person, reference: str) -> None:
    """The other agency's words stay between it, the lead and the applicant."""
    main = officer.go(f"/en/desk/{reference}/").locator("main")
    expect(main).to_contain_text("靜電集塵")
    expect(main).not_to_contain_text("信用保證")
    officer.look("case-answered-en")


def read_and_rate(owner: Person, link: str) -> None:
    page = owner.go(link)
    answer = page.locator(".sp-answer")
    expect(answer).to_contain_text("中小及新創企業署")
    expect(answer).to_contain_text("產業發展署")
    expect(answer).to_contain_text("靜電集塵")
    owner.look("her-answer")
    page.locator("input[name=score][value='5']").check()
    page.locator("#rate [name=text]").fill("一次就講清楚了，謝謝。")
    owner.press("#rate button.btn-primary")
    expect(page.locator(".sp-answer")).to_contain_text("5")
    owner.look("her-case-rated")
    for name in ("readers", "print", "consents"):
        owner.go(f"{link}{name}/")
        owner.look(f"her-{name}")
    owner.go("/account/inbox/")
    owner.look("her-inbox")


def keep_post_in_order(mails: Mails) -> None:
    """One recipient each, one e-mail a key, and says that a machine wrote it."""
    sent = mails.all()
    assert len({mail["Message-ID"] for mail in sent}) == len(sent)
    assert len({mail["X-Idempotency-Key"] for mail in sent}) == len(sent)
    for mail in sent:
        assert "," not in mail["To"]
        assert mail["Auto-Submitted"] == "auto-generated"


def look_into_the_mailbox(owner: Person) -> None:
    """The demo's mailbox: the list, then the newest e-mail as text and as HTML."""
    page = owner.go("/dev/mailbox/")
    owner.look("mailbox")
    owner.press(page.locator("main a[href*='/dev/mailbox/']", has_text="已有回覆").first)
    owner.look("mailbox-mail")
