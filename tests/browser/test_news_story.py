"""An announcement from its draft through a second person to the page, the feed and a digest by e-mail."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

from django.utils import timezone
from playwright.sync_api import expect

from knowledge.services import announcement_digests, subscriptions
from knowledge.services.subscriptions import Wishes
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.mails import Mails, link_in
from tests.browser.visiting import Visits

ATOM = "{http://www.w3.org/2005/Atom}"
TITLE_ZH, TITLE_EN = "押標金說明會", "Briefing on bid bonds"
WORDS = {
    "title_zh": TITLE_ZH,
    "title_en": TITLE_EN,
    "summary_zh": "用實例說明怎麼繳押標金。",
    "summary_en": "How to pay a bid bond, by examples.",
    "place_zh": "示範會館三樓",
    "place_en": "Demo Hall, 3rd floor",
}


def test_an_announcement_reaches_page_feed_calendar_and_mail(
    visits: Visits, cast: Cast, mails: Mails, settings: Any
) -> None:
    password, reader = settings.DEMO_PASSWORD, cast.users["owner.a"]
    wishes = Wishes(topics=[], counties=[], pace="daily", language="zh-hant")
    subscriptions.choose(user_id=reader.pk, wishes=wishes)

    editor = visits.person("editor")
    editor.sign_in(address("editor"), password)
    page = editor.go("/manage/news/write/")
    for name, words in WORDS.items():
        page.locator(f"input[name={name}]").fill(words)
    page.locator("textarea[name=body_zh]").fill("請帶公司章。")
    page.locator("textarea[name=body_en]").fill("Bring the company seal.")
    page.locator("input[name=slug]").fill("bid-bond-briefing")
    page.locator("select[name=category]").select_option("events")
    day = timezone.localdate() + timedelta(days=30)
    page.locator("input[name=event_on]").fill(f"{day.year - 1911}/{day.month}/{day.day}")
    page.locator("input[name=event_from]").fill("14:00")
    editor.look("write")
    editor.press(page.locator("main form button[data-send]").last)
    editor.press(page.get_by_role("button", name="送請核定"))
    expect(page.get_by_role("button", name="核定公告")).to_have_count(0)

    second = visits.person("approver")
    second.sign_in(address("approver"), password)
    page = second.go("/manage/news/bid-bond-briefing/")
    second.press(page.get_by_role("button", name="核定公告"))

    anyone = visits.person("anyone", size="phone")
    page = anyone.go("/news/bid-bond-briefing/")
    expect(page.get_by_role("heading", name=TITLE_ZH)).to_be_visible()
    anyone.look("page")
    anyone.go("/news/bid-bond-briefing/print/")
    anyone.look("print")
    feed = ET.fromstring(page.request.get("/en/news/events.atom").body())
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == TITLE_EN
    calendar = page.request.get("/news/bid-bond-briefing.ics").body()
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    assert TITLE_ZH in calendar.decode().replace("\r\n ", "")

    announcement_digests.write_due(timezone.now() + timedelta(days=2))
    letter = mails.wait(address("owner.a"), TITLE_ZH)
    assert "/news/bid-bond-briefing/" in link_in(letter, "bid-bond-briefing")
    assert letter["List-Unsubscribe"]
