"""The figures of referrals as staff and partners read them, and the lists behind them."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from assistance.models import Referral
from assistance.statistics.referrals import FIGURES, figures_by
from foundation.quarters import Quarter
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory
from tests.factories.assistance import CaseFactory, NeedFactory
from tests.factories.catalogue import SystemFactory
from tests.factories.network import OrganisationFactory, OrganisationMembershipFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db
PAGE, LIST, FILE = (
    "/figures/referrals/",
    "/figures/referrals/list/",
    "/figures/referrals/export.csv",
)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def browser(role, agency=None):
    post = StaffMembershipFactory(role=role, **({"agency": agency} if agency else {}))
    return signed_in(post.user)


def one_of_each(**case):
    system = SystemFactory()
    common = {"system": system}
    made = {
        "sent": ReferralFactory(case=CaseFactory(in_progress=True, **case), **common),
        "helping": ReferralFactory(
            case=CaseFactory(in_progress=True, **case), in_progress=True, **common
        ),
    }
    for state in ("completed", "declined", "lapsed"):
        made[state] = ReferralFactory(
            case=CaseFactory(in_progress=True, **case), **{state: True}, **common
        )
    return made


def test_each_number_opens_as_many_referrals_as_it_says():
    one_of_each(county="tainan")
    client = browser(Role.DUTY)

    page = client.get(PAGE)

    assert page.context["whole"].sent == 5
    rows = page.context["rows"]
    assert [row["name"] for row in rows] == ["臺南市"]
    everything = [*page.context["numbers"], *rows[0]["numbers"]]
    everything += [*page.context["reasons"], *page.context["outcomes"]]
    for _label, number, url in everything:
        behind = client.get(url)
        assert (behind.context["total"], len(behind.context["rows"])) == (number, number), url


@pytest.mark.parametrize("group", ["county", "topic", "unit"])
def test_the_groups_add_up_to_the_whole(group):
    one_of_each(county="tainan")
    one_of_each(county="")
    ReferralFactory(organisation=None, volunteer=VolunteerFactory())

    found = figures_by(group, Quarter.of(timezone.localdate()))
    page = browser(Role.MANAGER).get(PAGE, {"by": group})

    for name in FIGURES:
        assert sum(getattr(of, name) for of in found.values()) == getattr(
            page.context["whole"], name
        )
    assert len(page.context["rows"]) == len(found)


def test_units_are_compared_by_managers_and_administrators_only():
    volunteer = VolunteerFactory(name="示範志工")
    ReferralFactory(organisation=None, volunteer=volunteer)
    asked = {"unit": f"volunteer-{volunteer.pk}"}

    assert "示範志工" in browser(Role.MANAGER).get(PAGE, {"by": "unit"}).content.decode()
    assert browser(Role.ADMINISTRATOR).get(LIST, asked).context["total"] == 1
    for role in (Role.OFFICER, Role.DUTY, Role.AUDITOR):
        assert browser(role).get(PAGE, {"by": "unit"}).status_code == 403
        assert browser(role).get(FILE, {"by": "unit"}).status_code == 403
        assert browser(role).get(LIST, asked).status_code == 403


def test_an_officer_counts_and_lists_what_she_may_read():
    agency, other = AgencyFactory(), AgencyFactory()
    mine = CaseFactory(in_progress=True, lead_agency=agency)
    shared = CaseFactory(in_progress=True)
    theirs = NeedFactory(case=shared, agency=other, accepted=True)
    NeedFactory(case=shared, agency=agency, accepted=True)
    ReferralFactory(case=mine)
    ReferralFactory(case=shared, need=theirs, system=theirs.system, declined=True)

    client = browser(Role.OFFICER, agency)

    whole = client.get(PAGE).context["whole"]
    assert (whole.sent, whole.declined) == (1, 0)
    assert client.get(LIST, {"figure": "declined", "reason": "no_time"}).context["total"] == 0


def test_an_administrator_counts_and_reads_no_referral():
    made = ReferralFactory()

    page = browser(Role.ADMINISTRATOR).get(LIST)

    assert (page.context["total"], page.context["hidden"], page.context["rows"]) == (1, 1, [])
    assert made.case.reference not in page.content.decode()


def test_fewer_than_ten_answers_are_said_to_be_few():
    now = timezone.now()
    for _n in range(9):
        ReferralFactory(accepted=True, accepted_at=now + dt.timedelta(days=2))
    client = browser(Role.DUTY)
    assert "件數少" in client.get(PAGE).content.decode().split("怎麼計算")[0]

    ReferralFactory(accepted=True, accepted_at=now + dt.timedelta(days=2))

    page = client.get(PAGE)
    assert page.context["whole"].wait_days == pytest.approx(2, abs=0.01)
    assert not page.context["whole"].is_few


def test_last_quarters_referrals_are_asked_for_by_quarter():
    before = Quarter.of(timezone.localdate()).previous
    ReferralFactory(sent_at=before.starts_at)
    client = browser(Role.DUTY)

    assert client.get(PAGE).context["whole"].sent == 0
    assert client.get(PAGE, {"quarter": before.code}).context["whole"].sent == 1


def test_the_file_holds_the_numbers_and_no_case():
    made = one_of_each(county="tainan")

    text = browser(Role.DUTY).get(FILE).content.decode()

    assert "臺南市,5,1,2,1,1,1,1,0" in text
    assert made["sent"].case.reference not in text


@pytest.mark.parametrize(
    "asked",
    [
        {"figure": "weather"},
        {"unit": "organisation-x"},
        {"unit": "organisation-123456789"},
        {"reason": "weather"},
        {"outcome": "weather"},
        {"quarter": "9999Q4"},
        {"topic": "weather"},
    ],
)
def test_a_list_there_is_not_is_not_found(asked):
    assert browser(Role.MANAGER).get(LIST, asked).status_code == 404


def test_what_the_page_does_not_know_is_said():
    client = browser(Role.DUTY)

    assert client.get(PAGE, {"quarter": "soon"}).status_code == 422
    assert client.get(PAGE, {"by": "weather"}).status_code == 404


def test_a_partner_reads_the_figures_of_her_organisation_alone():
    organisation = OrganisationFactory(name_zh="我們的中心")
    OrganisationFactory(name_zh="別的中心")
    partner = OrganisationMembershipFactory(organisation=organisation).user
    ReferralFactory(organisation=organisation, declined=True)
    ReferralFactory(organisation=OrganisationFactory(name_zh="另一個中心"))

    page = signed_in(partner).get("/partner/figures/")

    (unit,) = page.context["units"]
    assert (unit["name"], unit["figures"].sent, unit["figures"].declined) == ("我們的中心", 1, 1)
    assert "另一個中心" not in page.content.decode()
    assert Referral.objects.get(organisation=organisation).case.reference not in (
        page.content.decode()
    )


def test_a_volunteer_reads_her_own_figures():
    volunteer = VolunteerFactory(serving=True)
    ReferralFactory(organisation=None, volunteer=volunteer, completed=True)

    (unit,) = signed_in(volunteer.user).get("/partner/figures/").context["units"]

    assert (unit["figures"].completed, unit["outcomes"][0][1]) == (1, 1)


def test_pages_ask_as_often_for_many_as_for_few(django_assert_max_num_queries):
    for county in ("tainan", "taipei", "hualien"):
        one_of_each(county=county)
    ReferralFactory(organisation=None, volunteer=VolunteerFactory())
    client = browser(Role.MANAGER)
    client.get(PAGE)

    for asked in ("?by=county", "?by=topic", "?by=unit"):
        with django_assert_max_num_queries(11):
            assert client.get(PAGE + asked).status_code == 200
    with django_assert_max_num_queries(9):
        assert client.get(LIST).status_code == 200
