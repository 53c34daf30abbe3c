"""The frame in a real browser: themes, menus, focus, keys, no script at all, and axe."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.roles import Role
from tests.factories.accounts import StaffMembershipFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(settings.NODE_MODULES_DIR) / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """Open a page in a fresh context; console errors fail the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str, *, user: Any = None, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=options.pop("viewport", PHONE),
            reduced_motion="reduce",
            **options,
        )
        opened.append(context)
        if user is not None:
            context.add_cookies([_session_of(user, live_server.url)])
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert not complaints


def _session_of(user: Any, url: str) -> Any:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/en/styleguide/", "/en/account/login/"])
def test_axe_finds_nothing_on_a_phone(visit: Any, path: str, scheme: str) -> None:
    page = visit(path, color_scheme=scheme, bypass_csp=True)

    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "async (rules) => (await axe.run(document, {runOnly: rules})).violations"
        ".map((v) => [v.id, v.nodes.map((n) => n.target.join(' '))])",
        RULES,
    )

    assert found == []


@pytest.mark.parametrize("path", ["/", "/en/", "/en/styleguide/", "/account/signup/"])
def test_nothing_runs_out_of_the_narrowest_screen(visit: Any, path: str) -> None:
    page = visit(path, viewport=NARROW)

    wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )

    assert not wide


def test_a_chosen_theme_stays_and_auto_follows_the_device(visit: Any) -> None:
    page = visit("/en/", color_scheme="light")
    theme = page.locator("html")
    expect(theme).to_have_attribute("data-bs-theme", "light")

    page.locator(".sp-gov summary").click()
    page.get_by_role("button", name="Dark").click()
    page.goto("/en/privacy/")
    expect(theme).to_have_attribute("data-bs-theme", "dark")

    page.locator(".sp-gov summary").click()
    page.get_by_role("button", name="Like the device").click()
    expect(theme).to_have_attribute("data-bs-theme", "light")


def test_escape_closes_a_menu_and_gives_the_focus_back(visit: Any) -> None:
    page = visit("/en/")
    summary = page.locator(".sp-head .sp-menu.only-narrow > summary")

    summary.click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Sign in")).to_be_hidden()
    expect(summary).to_be_focused()


def test_without_script_the_page_is_dark_where_the_device_is_and_offers_no_dead_switch(
    visit: Any,
) -> None:
    page = visit("/en/", color_scheme="dark", java_script_enabled=False)

    expect(page.locator("body")).to_have_css("background-color", "rgb(18, 24, 26)")
    expect(page.locator(".sp-gov summary")).to_be_hidden()
    page.get_by_role("button", name="中文").click()
    assert page.url.endswith("/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant-TW")


def test_a_form_with_errors_puts_the_focus_on_their_summary(visit: Any) -> None:
    page = visit("/en/account/login/")

    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.locator(".sp-errors")).to_be_focused()
    page.locator(".sp-errors a").first.click()
    expect(page.locator("input[name=login]")).to_be_focused()


def test_the_queue_moves_by_keys_unless_they_are_switched_off(visit: Any) -> None:
    agency = CoordinatorFactory()
    officer = StaffMembershipFactory(agency=agency, role=Role.DUTY).user
    CaseFactory.create_batch(3, lead_agency=agency)
    page = visit("/en/desk/", user=officer, viewport={"width": 1280, "height": 800})
    rows, bulk = page.locator(".sp-queue tbody tr"), page.locator(".sp-bulk")

    rows.first.focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(rows.nth(1)).to_be_focused()
    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    expect(bulk).to_be_visible()
    page.keyboard.press("Escape")
    expect(bulk).to_be_hidden()

    rows.first.dispatch_event("keydown", {"key": "x", "isComposing": True, "bubbles": True})
    expect(rows.first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
