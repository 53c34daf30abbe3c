"""Honorary guidance personnel: rounds, applications, people with their terms."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from network import models
from network.volunteer_states import HoursKind, Qualification, Tie, Training
from tests.factories.accounts import UserFactory


def _today(days: int = 0):
    return timezone.localdate() + dt.timedelta(days=days)


class VolunteerWindowFactory(DjangoModelFactory):
    """A round that is open today and leads to a term that begins in two months."""

    class Meta:
        model = models.VolunteerWindow

    class Params:
        coming = factory.Trait(
            opens_on=factory.LazyFunction(lambda: _today(10)),
            closes_on=factory.LazyFunction(lambda: _today(40)),
        )

    year = factory.Sequence(lambda n: 2026 + n)
    opens_on = factory.LazyFunction(lambda: _today(-30))
    closes_on = factory.LazyFunction(lambda: _today(30))
    term_starts_on = factory.LazyFunction(lambda: _today(60))
    term_ends_on = factory.LazyFunction(lambda: _today(425))


class VolunteerApplicationFactory(DjangoModelFactory):
    """Just sent in. `reviewed` has passed the first review."""

    class Meta:
        model = models.VolunteerApplication

    class Params:
        reviewed = factory.Trait(
            state="reviewed",
            first_reviewer=factory.SubFactory(UserFactory),
            first_reviewed_at=factory.LazyFunction(timezone.now),
        )

    user = factory.SubFactory(UserFactory)
    window = factory.SubFactory(VolunteerWindowFactory)
    name = "示範志工"
    county = "tainan"
    specialties = ["financing"]
    languages = ["zh"]
    qualification = Qualification.MANAGER
    experience = "經營食品廠二十年。"
    basic_certificate = "基訓-001"
    basic_trained_on = dt.date(2026, 1, 10)
    places = 3


class VolunteerFactory(DjangoModelFactory):
    """A person without a term. `serving` has a term and both trainings, and three places a month."""

    class Meta:
        model = models.Volunteer
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"示範志工{n}")
    county = "tainan"
    specialties = ["financing"]
    languages = ["zh"]

    @factory.post_generation
    def serving(self, create, extracted, **kwargs):
        if create and extracted:
            VolunteerTermFactory(volunteer=self)
            for kind in Training.values:
                VolunteerTrainingFactory(volunteer=self, kind=kind)
            MonthlyCapacityFactory(volunteer=self, places=3)

    @factory.post_generation
    def shows(self, create, extracted, **kwargs):
        for field in extracted or ():
            models.PublicConsent.objects.create(
                volunteer=self, field=field, given_at=timezone.now()
            )


class VolunteerTermFactory(DjangoModelFactory):
    class Meta:
        model = models.VolunteerTerm

    volunteer = factory.SubFactory(VolunteerFactory)
    number = factory.Sequence(lambda n: f"V115-07-{n:05d}")
    starts_on = factory.LazyFunction(lambda: _today(-100))
    ends_on = factory.LazyFunction(lambda: _today(200))


class VolunteerTrainingFactory(DjangoModelFactory):
    class Meta:
        model = models.VolunteerTraining

    volunteer = factory.SubFactory(VolunteerFactory)
    kind = Training.SPECIAL
    held_on = dt.date(2026, 3, 1)
    certificate = factory.Sequence(lambda n: f"特訓-{n:03d}")
    seen_by = factory.SubFactory(UserFactory)


class MonthlyCapacityFactory(DjangoModelFactory):
    """The usual places of a volunteer; name `organisation` for those of one."""

    class Meta:
        model = models.MonthlyCapacity

    month = None
    places = 3


class LeaveFactory(DjangoModelFactory):
    class Meta:
        model = models.Leave

    starts_on = factory.LazyFunction(lambda: _today(5))
    ends_on = factory.LazyFunction(lambda: _today(9))


class ConflictOfInterestFactory(DjangoModelFactory):
    class Meta:
        model = models.ConflictOfInterest

    volunteer = factory.SubFactory(VolunteerFactory)
    business_number = "04595257"
    tie = Tie.OWNER


class ServiceHoursFactory(DjangoModelFactory):
    """Entered and waiting to be confirmed."""

    class Meta:
        model = models.ServiceHours

    volunteer = factory.SubFactory(VolunteerFactory)
    day = factory.LazyFunction(lambda: _today(-3))
    minutes = 90
    kind = HoursKind.ADVICE
    what = "說明信用保證與貸款申請流程。"
