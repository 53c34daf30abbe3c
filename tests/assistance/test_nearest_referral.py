"""Who is proposed when the nearest is full and the next away; and where a case goes that nobody takes."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from assistance.models import Case, Referral
from assistance.services import referral, referral_answers
from assistance.services.referral import Request
from assistance.services.sweeping import sweep_due
from ledger.relay import relay_due
from network.models import Location, MonthlyCapacity
from network.places import centre_of
from notifications.models import Message
from tests.accounts.racing import race
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import AbsenceFactory, EnterpriseFactory, UserFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory
from tests.factories.catalogue import EditionFactory, SystemFactory
from tests.factories.network import LocationFactory, OrganisationFactory
from tests.factories.referrals import ReferralFactory, can_help
from tests.factories.volunteers import LeaveFactory, VolunteerFactory

pytestmark = pytest.mark.django_db
NO_PLACE, AWAY = "本月已額滿", "請假"


@pytest.fixture
def system():
    made = SystemFactory(code="financing", number=1)
    EditionFactory(system=made, short_zh="財務融通", short_en="Financing")
    return made


@pytest.fixture
def case():
    return CaseFactory(
        in_progress=True,
        lead_agency=CoordinatorFactory(),
        lead_officer=officer("lead"),
        enterprise=EnterpriseFactory(owner=UserFactory()),
        contact_phone="0900-000-001",
        county="taichung",
        district="大里區",
    )


def _at(district: str, name: str, *, places: int = 1):
    """An organisation with a desk in a district of Taichung."""
    made = can_help(places=places, name_zh=name)
    Location.objects.filter(organisation=made).delete()
    middle = centre_of("taichung", district)
    LocationFactory(
        organisation=made,
        county="taichung",
        district=district,
        latitude=middle.latitude,
        longitude=middle.longitude,
    )
    return made


def _offered(case: Case) -> tuple[list[str], str]:
    """The names in the order in which they are proposed, and what is said of the others."""
    address = reverse("desk:refer", args=[case.reference], query={"about": "financing"})
    answer = signed_in(case.lead_officer).get(address)
    form = answer.context["form"]
    said = "".join(f"{one['name']}：{one['why']}\n" for one in answer.context["ruled_out"])
    return [str(label) for _value, label in form.fields["receiver"].choices], said


def _propose(case: Case, system, receiver) -> Referral:
    return referral.propose(
        case_id=case.pk,
        system_id=system.pk,
        need_id=None,
        by_id=case.lead_officer_id,
        request=Request(
            kind="organisation",
            receiver_id=receiver.pk,
            asked="請看財務報表。",
            fields=("contact_phone",),
            consent_on=timezone.localdate(),
        ),
    )


def _lines(said: str, name: str) -> str:
    return next(line for line in said.splitlines() if line.startswith(name))


def test_with_the_nearest_full_and_the_second_away_the_third_is_proposed_and_it_is_said_why(
    case, system
):
    nearest = _at("大里區", "最近的中心", places=0)
    second = _at("太平區", "第二近的中心")
    _at("東勢區", "第三近的中心")
    today = timezone.localdate()
    LeaveFactory(organisation=second, volunteer=None, starts_on=today, ends_on=today)

    names, said = _offered(case)

    assert names == ["第三近的中心"]
    assert NO_PLACE in _lines(said, "最近的中心")
    assert AWAY in _lines(said, "第二近的中心")

    # Once the nearest has a place again it comes first.
    MonthlyCapacity.objects.filter(organisation=nearest).update(places=1)
    assert _offered(case)[0] == ["最近的中心", "第三近的中心"]


@pytest.mark.django_db(transaction=True)
def test_of_two_cases_at_once_one_takes_the_last_place_and_the_other_reads_who_is_next(system):
    nearest = _at("大里區", "最近的中心")
    lead = officer("lead")
    common = {"in_progress": True, "lead_agency": CoordinatorFactory(), "lead_officer": lead}
    cases = [CaseFactory(**common, county="taichung", district="大里區") for _ in range(2)]
    _at("東勢區", "較遠的中心")

    results = race(*(lambda one=one: _propose(one, system, nearest) for one in cases))

    (made,) = [one for one in results if isinstance(one, Referral)]
    (other,) = [one for one in cases if one.pk != made.case_id]
    names, said = _offered(other)
    assert names == ["較遠的中心"]
    assert NO_PLACE in _lines(said, "最近的中心")


def test_what_three_do_not_take_is_with_the_duty_officers_after_one_run_and_its_clock_goes_on(
    case, system
):
    duty, owner = officer("duty"), case.enterprise.memberships.get().user
    due_on = case.due_on
    for name in ("甲", "乙"):
        made = _propose(case, system, can_help(name_zh=f"{name}中心"))
        referral_answers.decline(referral_id=made.pk, by_id=None, reason="no_time")
    last = _propose(case, system, can_help(name_zh="丙中心"))
    Referral.objects.filter(pk=last.pk).update(
        answer_by=timezone.localdate() - dt.timedelta(days=1)
    )

    sweep_due()
    relay_due(500)

    assert case.reference in signed_in(duty).get("/desk/?view=nobody").content.decode()
    case.refresh_from_db()
    assert (case.is_open, case.due_on, case.lead_officer_id) == (
        True,
        due_on,
        case.lead_officer_id,
    )
    hers = Message.objects.filter(user=owner, channel="portal").order_by("pk")
    told = "\n".join(hers.values_list("subject", flat=True))
    assert "甲中心目前無法協助您" in told
    assert "乙中心目前無法協助您" in told
    assert "丙中心未在期限內回覆" in told
    assert hers.filter(kind="assistance.referral_nobody").count() == 1


def test_the_deputy_of_whoever_referred_it_hears_who_would_be_next(case, system):
    deputy = officer("lead")
    first, second = can_help(name_zh="甲中心"), can_help(name_zh="乙中心")
    made = _propose(case, system, first)
    today = timezone.localdate()
    AbsenceFactory(user=case.lead_officer, deputy=deputy, starts_on=today, ends_on=today)

    referral_answers.decline(referral_id=made.pk, by_id=None, reason="no_time")
    relay_due(500)

    told = Message.objects.filter(user=deputy, kind="assistance.referral_declined_staff")
    assert second.name_zh in told.first().text


def test_where_nobody_stands_in_the_duty_officers_hear_it_too(case, system):
    duty, made = officer("duty"), _propose(case, system, can_help())
    AbsenceFactory(user=case.lead_officer, deputy=UserFactory(is_active=False))

    referral_answers.decline(referral_id=made.pk, by_id=None, reason="no_time")
    relay_due(500)

    told = Message.objects.filter(kind="assistance.referral_declined_staff", channel="portal")
    assert set(told.values_list("user", flat=True)) == {case.lead_officer_id, duty.pk}


def test_what_lies_with_somebody_who_has_left_comes_back_to_whoever_referred_it(case, system):
    volunteer = VolunteerFactory(serving=True)
    common = {"case": case, "referred_by": case.lead_officer}
    taken = ReferralFactory(
        **common, system=system, organisation=None, volunteer=volunteer, accepted=True
    )
    closed = ReferralFactory(
        **common,
        system=SystemFactory(),
        organisation=OrganisationFactory(closed_at=timezone.now()),
    )
    stays = ReferralFactory(**common, system=SystemFactory())
    volunteer.terms.update(starts_on="2019-07-01", ends_on="2020-06-30")

    sweep_due()
    relay_due(500)

    states = [Referral.objects.get(pk=made.pk).state for made in (taken, closed, stays)]
    assert states == ["recalled", "recalled", "sent"]
    told = Message.objects.filter(kind="assistance.referral_receiver_left", channel="portal")
    assert list(told.values_list("user", flat=True)) == [case.lead_officer_id] * 2
    owner = case.enterprise.memberships.get().user
    hers = Message.objects.filter(user=owner, kind="assistance.referral_recalled")
    assert hers.filter(channel="portal").count() == 2
