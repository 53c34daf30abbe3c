"""From the application to the public list: two reviewers, a training, her places, her consent."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from network.models import Volunteer, VolunteerApplication, VolunteerWindow
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Person, Visits
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.volunteers import VolunteerWindowFactory

SAID = {
    "name": "王示範",
    "title": "會計師",
    "districts": "永康區、東區",
    "places": "4",
    "introduction": "經營食品廠二十年，熟悉銀行貸款與補助計畫。",
    "experience": "經營食品廠二十年，曾任三家公司的財務主管。",
    "basic_certificate": "基訓-115-001",
    "basic_trained_on": "115/01/10",
}


def test_somebody_is_appointed_by_two_people_and_shows_what_she_agrees_to(
    visits: Visits, cast: Cast, settings: Any
) -> None:
    VolunteerWindow.objects.all().delete()
    VolunteerWindowFactory()
    applicant = visits.person("applicant", size="phone")
    applicant.sign_in(UserFactory(name="王示範", verified=True).email, PASSWORD)
    _apply(applicant)
    application = VolunteerApplication.objects.get()
    _the_term_begins()

    first, second = visits.person("first"), visits.person("second")
    first.sign_in(address("manager"), settings.DEMO_PASSWORD)
    page = first.go(reverse("manage_volunteers:applications"))
    first.press(page.get_by_role("link", name="王示範"))
    first.press(page.get_by_role("button", name="初審通過，送複審"))
    expect(page.get_by_role("button", name="複審通過，聘任")).to_have_count(0)
    second.sign_in(address("admin"), settings.DEMO_PASSWORD)
    page = second.go(reverse("manage_volunteers:application", args=[application.pk]))
    second.look("second-review")
    second.press(page.get_by_role("button", name="複審通過，聘任"))
    _put_training_on_record(second)

    guest = visits.person("guest")
    page = guest.go(reverse("volunteers:index"))
    expect(page.get_by_text("王示範")).to_have_count(0)

    _set_places_and_consent(applicant)
    page = guest.go(reverse("volunteers:index") + "?county=tainan")
    expect(page.get_by_role("heading", name="王示範")).to_be_visible()
    expect(page.get_by_text("會計師", exact=True)).to_have_count(0)
    expect(page.get_by_text("本月還能接 2 件")).to_be_visible()
    guest.look("public-list")


def _apply(applicant: Person) -> None:
    page = applicant.go(reverse("volunteers:apply"))
    _fill(page, SAID)
    page.locator("select[name=county]").select_option("tainan")
    page.locator("input[name=specialties][value=financing]").check()
    page.locator("input[name=languages][value=zh]").check()
    page.locator("input[name=qualification][value=manager]").check()
    for promise in ("sound_credit", "clean_record"):
        page.locator(f"input[name={promise}]").check()
    with applicant.refusals():
        applicant.press(page.locator("main form button.btn-primary"))
        applicant.look("apply-not-yet")
    expect(page.locator("[name=districts]")).to_have_value(SAID["districts"])
    page.locator("input[name=duties]").check()
    applicant.press(page.locator("main form button.btn-primary"))
    expect(page.get_by_text("等待初審").first).to_be_visible()


def _the_term_begins() -> None:
    today = timezone.localdate()
    VolunteerWindow.objects.update(
        opens_on=today - timedelta(days=90),
        closes_on=today - timedelta(days=30),
        term_starts_on=today - timedelta(days=1),
    )


def _put_training_on_record(reviewer: Person) -> None:
    volunteer = Volunteer.objects.get()
    page = reviewer.go(reverse("manage_volunteers:volunteer", args=[volunteer.pk]))
    _fill(page, {"held_on": "115/03/05", "certificate": "特訓-115-077"})
    reviewer.press(page.locator("form[action$='training/'] button"))
    expect(page.get_by_text("特訓-115-077").first).to_be_visible()


def _set_places_and_consent(volunteer: Person) -> None:
    page = volunteer.go(reverse("volunteers:calendar"))
    _fill(page, {f"m{timezone.localdate():%Y%m}": "2"})
    volunteer.press(page.locator("form:has([name=usual]) button"))
    page = volunteer.go(reverse("volunteers:consents"))
    for field in ("name", "county", "specialties", "capacity"):
        page.locator(f"input[name=fields_shown][value={field}]").check()
    volunteer.press(page.locator("main form button.btn-primary"))
    volunteer.look("consents")


def _fill(page: Page, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        page.locator(f"[name={name}]").fill(text)
