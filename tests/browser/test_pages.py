"""The pages the stories do not pass: every one is looked at, and none weighs too much."""

import gzip
from typing import Any

from playwright.sync_api import Response

from accounts.models import Agency
from assistance.models import Case, GuidanceSystem, Need
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Visits
from tests.factories.assistance import CaseFactory, NeedFactory

MOST_BYTES = 60_000
LANGUAGES = ("", "/en")
LIGHT = ("/", "/systems/", "/request/", "/en/track/")
PUBLIC = (
    "/systems/",
    "/systems/financing/",
    "/systems/find/",
    "/news/",
    "/news/?archive=1",
    "/news/subscribe/",
    "/privacy/",
    "/accessibility/",
    "/feedback/",
    "/account/signup/",
    "/account/login/",
    "/account/login/code/",
    "/account/password/reset/",
)
OWNER = (
    "/account/",
    "/account/inbox/preferences/",
    "/account/email/",
    "/account/2fa/",
    "/account/password/change/",
    "/account/enterprise/new/",
    "/account/enterprise/{enterprise}/",
)
LEAD = (
    "/desk/?layout=split",
    "/desk/new/",
    "/desk/views/",
    "/desk/search/?q=機器",
    "/desk/bulk/?case={reference}",
    "/desk/{reference}/assign/",
    "/desk/{reference}/lead/",
    "/desk/{reference}/compare/",
    "/desk/{reference}/compare/?with={twin}",
    "/desk/{reference}/enterprise/",
    "/desk/{reference}/needs/{need}/offer/",
    "/account/absence/",
)
DUTY = ("/desk/{reference}/decline/",)
ADMINISTRATOR = (
    "/manage/systems/",
    "/manage/systems/financing/",
    "/manage/systems/financing/agencies/",
    "/manage/calendar/",
    "/manage/delivery/",
    "/account/staff/",
)


def test_public_pages(visits: Visits, cast: Cast) -> None:
    visitor = visits.person("visitor", size="phone")
    for prefix in LANGUAGES:
        for path in PUBLIC:
            visitor.go(f"{prefix}{path}")
            visitor.look(_name(f"{prefix}{path}"))
        with visitor.refusals():
            visitor.page.goto(f"{prefix}/nowhere/")
            visitor.look(_name(f"{prefix}/nowhere"))


def test_pages_of_an_account(visits: Visits, cast: Cast, settings: Any) -> None:
    owner = visits.person("owner", size="phone")
    owner.sign_in(address("owner.a"), settings.DEMO_PASSWORD)
    enterprise = cast.askers[0].enterprise
    assert enterprise is not None
    for prefix in LANGUAGES:
        for path in OWNER:
            owner.go(prefix + path.format(enterprise=enterprise.pk))
            owner.look(_name(prefix + path))


def test_pages_of_the_desk(visits: Visits, cast: Cast, settings: Any) -> None:
    case, twin, need = _two_alike(cast)
    for who, paths in (("lead", LEAD), ("duty", DUTY), ("admin", ADMINISTRATOR)):
        person = visits.person(who)
        person.sign_in(address(who), settings.DEMO_PASSWORD)
        for path in paths:
            person.go(path.format(reference=case.reference, twin=twin.reference, need=need.pk))
            person.look(_name(path))


def _two_alike(cast: Cast) -> tuple[Case, Case, Need]:
    """Two cases of one enterprise about the same, and a need nobody has been asked about."""
    common = {
        "lead_agency": Agency.objects.get(code="smesa"),
        "enterprise": cast.askers[0].enterprise,
        "enterprise_name": "示範晨光食品有限公司",
        "main_system": GuidanceSystem.objects.get(code="financing"),
        "triaged": True,
        "lead_officer": cast.users["lead"],
    }
    case = CaseFactory(**common, subject="想買新機器，需要貸款")
    twin = CaseFactory(**common, subject="買機器的貸款")
    return (
        case,
        twin,
        NeedFactory(case=case, system=case.main_system, returns_to=cast.users["duty"]),
    )


def _name(path: str) -> str:
    return (
        path.strip("/").replace("/", "-").replace("?", "-").translate({ord(c): "" for c in "{}=&"})
    )


def test_a_public_page_brings_little(visits: Visits, cast: Cast) -> None:
    for path in LIGHT:
        visitor = visits.person("visitor", size="phone")
        brought: dict[str, int] = {}

        def weigh(answer: Response, brought: dict[str, int] = brought) -> None:
            if answer.request.resource_type in {"stylesheet", "script"}:
                brought[answer.url] = len(gzip.compress(answer.body(), 9))

        visitor.page.on("response", weigh)
        visitor.page.goto(path, wait_until="networkidle")

        assert brought
        assert sum(brought.values()) <= MOST_BYTES, (path, brought)
