"""Invented honorary guidance personnel in several counties, and the partner of a centre in Tainan."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import people
from foundation.working_days import add_working_days
from network.models import (
    Organisation,
    OrganisationMembership,
    ServiceHours,
    Volunteer,
    VolunteerApplication,
    VolunteerTraining,
    VolunteerWindow,
)
from network.services import capacity, volunteer_own
from network.services.capacity import Holder
from network.services.volunteer_reviewing import give_term
from network.volunteer_states import (
    HoursKind,
    HoursState,
    Qualification,
    ShownField,
    Tie,
    Training,
)
from sme_portal.seeds.demo.people import address, key

HOME = "tainan"
PLACES_OF_THE_CENTRE = 12
# Minutes, what was done, whether somebody has confirmed it.
HOURS = (
    (90, "說明信用保證與貸款文件。", False),
    (120, "到場看帳，建議分開公私帳戶。", True),
    (60, "說明展延申請。", True),
)
EVERYTHING = tuple(ShownField)
LITTLE = (ShownField.SPECIALTIES, ShownField.COUNTY)


@dataclass(frozen=True)
class Person:
    """One volunteer: address before the @, name, post, county, districts, topics, languages."""

    code: str
    name: str
    title: str
    county: str
    districts: tuple[str, ...]
    topics: tuple[str, ...]
    languages: tuple[str, ...] = ("zh", "nan")
    places: int = 3
    shows: tuple[ShownField, ...] = EVERYTHING


PEOPLE = (
    Person("volunteer", "王志工", "退休會計師", HOME, ("永康區", "東區"), ("financing", "management")),
    Person("volunteer.tainan2", "呂範例", "食品廠前廠長", HOME, (), ("quality", "production"), places=2),
    Person("volunteer.taipei", "Amy Sample", "創業顧問", "taipei", (), ("startup", "marketing"), ("zh", "en")),
    Person("volunteer.newtaipei", "姚示範", "貿易公司負責人", "new-taipei", (), ("marketing",), ("zh", "en", "ja")),
    Person("volunteer.taoyuan", "梁樣本", "工安技師", "taoyuan", (), ("safety", "pollution"), ("zh", "vi")),
    Person("volunteer.taichung", "方示範", "機械廠負責人", "taichung", ("大里區",), ("production", "research")),
    Person("volunteer.kaohsiung", "江演練", "銀行退休主管", "kaohsiung", (), ("financing",), places=0),
    Person("volunteer.hualien", "伍虛構", "民宿業者", "hualien", (), ("management", "startup"), shows=LITTLE),
    Person("volunteer.penghu", "歐假名", "資訊顧問", "penghu", (), ("information",), shows=()),
)  # fmt: skip


def seed_volunteers(present: dt.datetime | None = None) -> int:
    """Make the invented volunteers once, as they stand at present; returns how many there are."""
    if not Volunteer.objects.exists():
        with transaction.atomic():
            _make(present or timezone.now())
    return Volunteer.objects.count()


def _make(present: dt.datetime) -> None:
    manager = User.objects.get(email=address("manager"))
    for person in PEOPLE:
        _appoint(person, manager, present)
    _let_one_apply(timezone.localdate(present))
    _name_partner(manager)


def _appoint(person: Person, manager: User, present: dt.datetime) -> None:
    user = people.admit(email=address(person.code), name=person.name)
    volunteer = Volunteer.objects.create(
        user=user,
        name=person.name,
        title=person.title,
        county=person.county,
        districts=list(person.districts),
        specialties=list(person.topics),
        languages=list(person.languages),
    )
    first, last = _term_of(timezone.localdate(present))
    give_term(volunteer, *_term_of(first - dt.timedelta(days=1)))
    give_term(volunteer, first, last)
    VolunteerTraining.objects.bulk_create(
        VolunteerTraining(
            volunteer=volunteer,
            kind=kind,
            held_on=first - dt.timedelta(days=days),
            certificate=f"示範-{kind}-{volunteer.pk:03d}",
            seen_by=manager,
        )
        for kind, days in ((Training.BASIC, 90), (Training.SPECIAL, 20))
    )
    holder = Holder(volunteer_id=volunteer.pk)
    capacity.set_places(holder=holder, month=None, places=person.places, actor_id=user.pk)
    volunteer_own.set_consents(
        volunteer_id=volunteer.pk, fields=set(person.shows), actor_id=user.pk
    )
    if person.code == "volunteer":
        _live(volunteer, manager, present)


def _live(volunteer: Volunteer, manager: User, present: dt.datetime) -> None:
    """What the volunteer whom one can sign in as has done and planned."""
    today = timezone.localdate(present)
    for n, (minutes, what, is_confirmed) in enumerate(HOURS):
        ServiceHours.objects.create(
            volunteer=volunteer,
            day=max(today - dt.timedelta(days=3 + 9 * n), _term_of(today)[0]),
            minutes=minutes,
            kind=HoursKind.VISIT if n == 1 else HoursKind.ADVICE,
            what=what,
            state=HoursState.CONFIRMED if is_confirmed else HoursState.ENTERED,
            reviewed_by=manager if is_confirmed else None,
            reviewed_at=present if is_confirmed else None,
        )
    away = add_working_days(today, 20)
    capacity.plan_leave(
        key=key("volunteer leave"),
        holder=Holder(volunteer_id=volunteer.pk),
        starts_on=away,
        ends_on=away + dt.timedelta(days=6),
        actor_id=volunteer.user_id,
    )
    volunteer_own.declare_conflict(
        key=key("tie"),
        volunteer_id=volunteer.pk,
        business_number="",
        enterprise_name="示範會計師事務所",
        tie=Tie.ADVISER,
        note="",
        actor_id=volunteer.user_id,
    )


def _let_one_apply(today: dt.date) -> None:
    """An application of the latest round that has opened, still to be reviewed."""
    opened = VolunteerWindow.objects.filter(opens_on__lte=today)
    window = opened.order_by("-opens_on").first()
    if window is None:
        return
    user = people.admit(email=address("applicant"), name="凌申請")
    VolunteerApplication.objects.create(
        user=user,
        window=window,
        name="凌申請",
        title="紡織廠前副總經理",
        county="changhua",
        specialties=["production", "management"],
        languages=["zh", "nan"],
        qualification=Qualification.RETIRED,
        experience="在紡織廠管理生產與採購十八年，退休後在社區大學教成本管理。",
        basic_certificate="示範-basic-900",
        basic_trained_on=window.opens_on,
        places=2,
    )


def _name_partner(manager: User) -> None:
    """The county centre in Tainan has a partner one can sign in as, and places."""
    centre = Organisation.objects.filter(
        kind="county-centre", is_fictional=True, locations__county=HOME
    ).first()
    if centre is None:
        return
    partner = people.admit(email=address("partner"), name="蘇夥伴")
    OrganisationMembership.objects.get_or_create(
        user=partner, organisation=centre, ended_at=None, defaults={"given_by": manager}
    )
    holder = Holder(organisation_id=centre.pk)
    capacity.set_places(
        holder=holder, month=None, places=PLACES_OF_THE_CENTRE, actor_id=partner.pk
    )


def _term_of(today: dt.date) -> tuple[dt.date, dt.date]:
    """The term that runs today, from July to June."""
    year = today.year if today.month >= 7 else today.year - 1
    return dt.date(year, 7, 1), dt.date(year + 1, 6, 30)
