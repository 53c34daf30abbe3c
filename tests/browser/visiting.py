"""People with a browser each: what they do, and what is looked at on every page they meet."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

AXE = Path(settings.NODE_MODULES_DIR) / "axe-core" / "axe.min.js"
SHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"
# A picture of a long page takes as long as all its checks: they are for people who ask for them.
WITH_PICTURES = bool(os.environ.get("SCREENSHOTS"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
NARROW = {"width": 320, "height": 640}
TALLEST = 8_000
PATIENCE = 60_000
_FOREIGN = re.compile(r"^(?!https?://(127\.0\.0\.1|localhost)[:/])(?!data:|blob:|about:)")
_RUN_AXE = """async (how) => (await axe.run(document, how)).violations.map(
  (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 4).join(" | ")}`)"""
_IS_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return "";
  const out = [...document.body.querySelectorAll("*")].filter(
    (one) => one.getBoundingClientRect().right > page.clientWidth + 1 && !one.closest(".sp-scroll"));
  return out.slice(0, 3).map((one) => one.tagName + "." + one.className).join(" | ") || "page";
}"""


class Visits:
    """All browsers of a test. What was wrong anywhere is gathered and told together at the end."""

    def __init__(self, browser: Browser, url: str, title: str) -> None:
        self.browser = browser
        self.url = url
        self.title = title
        self.wrong: list[str] = []
        self.numbers = count(1)
        self.contexts: list[BrowserContext] = []

    def person(self, name: str, *, size: str = "desktop", **options: Any) -> "Person":
        context = self.browser.new_context(
            base_url=self.url,
            viewport=SIZES[size],
            reduced_motion="reduce",
            has_touch=size == "phone",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        return Person(self, name, size, context)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


class Person:
    def __init__(self, visits: Visits, name: str, size: str, context: BrowserContext) -> None:
        self.visits = visits
        self.name = name
        self.size = size
        self.context = context
        self.refusals_expected = False
        context.route(_FOREIGN, self._refuse_foreign)
        self.page: Page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._complain(f"script error: {error}"))

    def _complain(self, what: str) -> None:
        self.visits.wrong.append(f"{self.name} at {self.page.url}: {what}")

    def _refuse_foreign(self, route: Route) -> None:
        self._complain(f"asked another host: {route.request.url}")
        route.abort()

    def _heard(self, said: Any) -> None:
        if said.type not in {"error", "warning"}:
            return
        if self.refusals_expected and "status of 4" in said.text:
            return
        self._complain(f"console {said.type}: {said.text}")

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """What the server refuses on purpose is a console error of Chromium's, not of ours."""
        self.refusals_expected = True
        yield
        self.refusals_expected = False

    def go(self, path: str) -> Page:
        answer = self.page.goto(path)
        if answer is None or answer.status >= 400:
            self._complain(f"status {answer and answer.status}")
        return self.page

    def sign_in(self, email: str, password: str, at: str = "/account/login/") -> None:
        self.go(at)
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.press(self.page.locator("main form button.btn-primary").first)
        expect(self.page.locator("input[name=password]")).to_have_count(0)

    def press(self, what: Locator | str) -> None:
        """Click what leads to another page, and wait until it is there."""
        target = self.page.locator(what) if isinstance(what, str) else what
        with self.page.expect_navigation():
            target.click()

    def look(self, name: str) -> None:
        """Two sizes, two themes: axe, sideways scrolling, a picture of each."""
        number = next(self.visits.numbers)
        own = self.page.viewport_size
        for size in sorted(SIZES, key=lambda one: one != self.size):
            self.page.set_viewport_size(SIZES[size])
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)
                expect(self.page.locator("html")).to_have_attribute("data-bs-theme", scheme)
                self._check_with_axe(name, size, scheme)
                self._picture(f"{number:02d}-{name}-{size}-{scheme}.png")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(NARROW)
        if sideways := self.page.evaluate(_IS_WIDE):
            self._complain(f"{name} runs out of 320 px: {sideways}")
        self.page.set_viewport_size(own or SIZES[self.size])

    def picture(self, name: str) -> None:
        """Only a picture, where no script runs that could look further."""
        if not WITH_PICTURES:
            return
        file = SHOTS / self.visits.title / f"{next(self.visits.numbers):02d}-{name}.png"
        self.page.screenshot(path=file, full_page=True)

    def _picture(self, file: str) -> None:
        """The whole page in a window as high as it: what sticks to an edge stays at the edge."""
        if not WITH_PICTURES:
            return
        size = self.page.viewport_size
        assert size is not None
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({**size, "height": min(max(height, size["height"]), TALLEST)})
        self.page.screenshot(path=SHOTS / self.visits.title / file)
        self.page.set_viewport_size(size)

    def _check_with_axe(self, name: str, size: str, scheme: str) -> None:
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text())
        whole = {"runOnly": {"type": "tag", "values": RULES}}
        colours = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
        how = {**(whole if scheme == "light" else colours), "resultTypes": ["violations"]}
        for violation in self.page.evaluate(_RUN_AXE, how):
            self._complain(f"{name} ({size}, {scheme}) axe {violation}")
