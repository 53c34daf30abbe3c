"""The pages of volunteers: who reads what, what is kept when something is wrong."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from network.models import (
    ConflictOfInterest,
    Leave,
    MonthlyCapacity,
    PublicConsent,
    ServiceHours,
    VolunteerApplication,
    VolunteerWindow,
)
from network.volunteer_states import ShownField
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.network import TermFactory
from tests.factories.volunteers import (
    ConflictOfInterestFactory,
    LeaveFactory,
    ServiceHoursFactory,
    VolunteerApplicationFactory,
    VolunteerFactory,
    VolunteerWindowFactory,
)

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("prefix", ["", "/en"])


def key() -> str:
    return str(uuid.uuid4())


# Not two letters alone: a random token of a form may hold them.
SHE = re.compile("qz[王會]")


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def volunteer():
    TermFactory(code="financing", name_zh="財務融通", name_en="Financing")
    return VolunteerFactory(serving=True, name="qz王示範", title="qz會計師")


@pytest.fixture
def own(volunteer) -> Client:
    return signed_in(volunteer.user)


SAID = {
    "name": "王示範",
    "county": "tainan",
    "districts": "永康區、東區",
    "specialties": ["financing"],
    "languages": ["zh"],
    "places": "4",
    "qualification": "manager",
    "experience": "經營食品廠二十年。",
    "basic_certificate": "基訓-001",
    "basic_trained_on": "115/01/10",
    "sound_credit": "on",
    "clean_record": "on",
    "duties": "on",
}


class TestApplying:
    def test_an_application_is_sent_followed_and_taken_back(self):
        TermFactory(code="financing")
        VolunteerWindowFactory()
        client = signed_in(UserFactory())

        sent = client.post(reverse("volunteers:apply"), SAID | {"idempotency_key": key()})
        page = words(client.get(reverse("volunteers:apply")))
        application = VolunteerApplication.objects.get()
        taken = client.post(reverse("volunteers:withdraw", args=[application.pk]))

        assert (sent.status_code, taken.status_code) == (303, 303)
        assert application.districts == ["永康區", "東區"]
        assert "等待初審" in page
        assert VolunteerApplication.objects.get().state == "withdrawn"

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"districts": "永康區、月球區"}, "月球區"),
            ({"places": "一百萬"}, "整數"),
            ({"basic_trained_on": "115/13/40"}, "115/08/07"),
            ({"basic_trained_on": "200/01/01"}, "還沒到"),
            ({"duties": ""}, "保密"),
            ({"name": "a\x00b"}, ""),
            ({"specialties": ["never-was"]}, "never-was"),
            ({"idempotency_key": "x"}, ""),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(self, wrong, said):
        TermFactory(code="financing")
        VolunteerWindowFactory()
        client = signed_in(UserFactory())

        page = client.post(reverse("volunteers:apply"), SAID | {"idempotency_key": key()} | wrong)

        assert page.status_code == 422
        assert said in words(page)
        assert "經營食品廠二十年。" in words(page)
        assert not VolunteerApplication.objects.exists()

    @BOTH
    def test_after_the_last_day_the_page_says_for_which_round_it_counts(self, prefix):
        VolunteerWindowFactory(coming=True)

        page = signed_in(UserFactory()).get(prefix + reverse("volunteers:apply"))

        assert ("下一梯次" if not prefix else "the next one") in words(page)

    def test_anothers_application_is_not_there(self):
        foreign = VolunteerApplicationFactory()
        client = signed_in(UserFactory())

        assert client.post(reverse("volunteers:withdraw", args=[foreign.pk])).status_code == 404


class TestOwnPages:
    @BOTH
    @pytest.mark.parametrize(
        "name", ["me", "details", "consents", "record", "calendar", "hours", "ties"]
    )
    def test_they_open_for_the_volunteer_and_for_nobody_else(self, own, name, prefix):
        address = prefix + reverse(f"volunteers:{name}")

        assert own.get(address).status_code == 200
        assert signed_in(UserFactory()).get(address).status_code == 403
        assert Client().get(address).status_code == 302

    def test_places_are_kept_by_the_month(self, own, volunteer):
        this = timezone.localdate().replace(day=1)
        name = f"m{this:%Y%m}"

        done = own.post(reverse("volunteers:calendar"), {"usual": "２", name: "0"})
        wrong = own.post(reverse("volunteers:calendar"), {"usual": "-1", name: "many"})

        kept = MonthlyCapacity.objects.of_volunteer(volunteer.pk)
        assert (done.status_code, wrong.status_code) == (303, 422)
        assert set(kept.values_list("month", "places")) == {(None, 2), (this, 0)}

    def test_a_leave_is_planned_once_and_taken_back(self, own):
        first = timezone.localdate() + dt.timedelta(days=3)
        sent = {"starts_on": first.isoformat(), "ends_on": first.isoformat()}
        sent["idempotency_key"] = key()

        statuses = [own.post(reverse("volunteers:leave"), sent).status_code for _t in range(2)]
        overlapping = own.post(reverse("volunteers:leave"), sent | {"idempotency_key": key()})
        leave = Leave.objects.get()
        taken = own.post(reverse("volunteers:leave_cancel", args=[leave.pk]))

        assert statuses == [303, 303]
        assert (overlapping.status_code, taken.status_code) == (409, 303)
        assert not Leave.objects.standing().exists()

    def test_hours_are_entered_and_those_out_of_place_are_refused(self, own, volunteer):
        day = timezone.localdate() - dt.timedelta(days=2)
        sent = {"day": day.isoformat(), "minutes": "90", "kind": "advice", "what": "說明貸款。"}

        done = own.post(reverse("volunteers:hours"), sent | {"idempotency_key": key()})
        early = sent | {"day": "2019-01-01", "idempotency_key": key()}
        zero = sent | {"minutes": "0", "idempotency_key": key()}
        full = sent | {"minutes": "1400", "idempotency_key": key()}

        assert done.status_code == 303
        answers = [own.post(reverse("volunteers:hours"), one) for one in (early, zero, full)]
        assert [answer.status_code for answer in answers] == [409, 422, 409]
        entered = ServiceHours.objects.get()
        assert own.post(reverse("volunteers:hours_remove", args=[entered.pk])).status_code == 303
        assert not ServiceHours.objects.shown().exists()

    def test_a_tie_needs_a_number_or_a_name_and_is_declared_once(self, own):
        sent = {"business_number": "04595257", "tie": "owner", "idempotency_key": key()}

        done = own.post(reverse("volunteers:ties"), sent)
        twice = own.post(reverse("volunteers:ties"), sent | {"idempotency_key": key()})
        nobody = own.post(reverse("volunteers:ties"), {"tie": "owner", "idempotency_key": key()})

        assert [r.status_code for r in (done, twice, nobody)] == [303, 409, 422]
        declared = ConflictOfInterest.objects.get()
        assert own.post(reverse("volunteers:tie_end", args=[declared.pk])).status_code == 303
        assert not ConflictOfInterest.objects.standing().exists()

    def test_things_of_others_are_not_there(self, own):
        other = VolunteerFactory(serving=True)
        doors = {
            "hours_remove": ServiceHoursFactory(volunteer=other),
            "tie_end": ConflictOfInterestFactory(volunteer=other),
            "leave_cancel": LeaveFactory(volunteer=other),
        }

        for name, thing in doors.items():
            assert own.post(reverse(f"volunteers:{name}", args=[thing.pk])).status_code == 404

    def test_details_keep_what_was_typed(self, own, volunteer):
        said = {name: SAID[name] for name in ("name", "county", "specialties", "languages")}

        wrong = own.post(reverse("volunteers:details"), said | {"districts": "月球區"})
        done = own.post(reverse("volunteers:details"), said | {"districts": "永康區"})

        volunteer.refresh_from_db()
        assert (wrong.status_code, done.status_code) == (422, 303)
        assert "月球區" in words(wrong)
        assert volunteer.districts == ["永康區"]


class TestWhatIsShown:
    def test_nothing_is_public_until_she_agrees_and_nothing_after_she_withdraws(
        self, own, volunteer
    ):
        address = reverse("volunteers:index")
        before = words(Client().get(address))
        own.post(reverse("volunteers:consents"), {"fields_shown": ["name", "specialties"]})
        during = words(Client().get(address))
        own.post(reverse("volunteers:consents"), {})
        after = words(Client().get(address))

        assert not SHE.search(before)
        assert "qz王示範" in during
        assert "財務融通" in during
        assert "qz會計師" not in during
        assert not SHE.search(after)
        assert PublicConsent.objects.filter(withdrawn_at=None).count() == 0
        assert PublicConsent.objects.count() == 2

    def test_a_filter_finds_only_who_shows_what_it_asks_for(self, volunteer):
        volunteer.consents.create(field=ShownField.NAME, given_at=timezone.now())
        address = reverse("volunteers:index")

        by_county = words(Client().get(address, {"county": "tainan"}))
        volunteer.consents.create(field=ShownField.COUNTY, given_at=timezone.now())
        then = words(Client().get(address, {"county": "tainan"}))

        assert "qz王示範" not in by_county
        assert "qz王示範" in then
        assert "qz王示範" not in words(Client().get(address, {"county": "taipei"}))

    def test_whose_term_is_over_is_listed_no_longer(self, volunteer):
        volunteer.consents.create(field=ShownField.NAME, given_at=timezone.now())
        volunteer.terms.update(ends_on=timezone.localdate() - dt.timedelta(days=1))

        assert not SHE.search(words(Client().get(reverse("volunteers:index"))))

    @pytest.mark.parametrize("asked", [{"county": "月球"}, {"topic": "'"}, {"after": "x" * 3000}])
    def test_what_nobody_offers_is_no_error(self, asked):
        assert Client().get(reverse("volunteers:index"), asked).status_code == 200

    def test_the_list_asks_as_often_for_many_as_for_few(self, django_assert_max_num_queries):
        def fill(count):
            for _n in range(count):
                VolunteerFactory(serving=True, shows=[ShownField.NAME, ShownField.COUNTY])

        fill(3)
        Client().get(reverse("volunteers:index"), {"county": ""})
        with django_assert_max_num_queries(8) as few:
            Client().get(reverse("volunteers:index"), {"county": ""})
        fill(20)
        with django_assert_max_num_queries(8) as many:
            Client().get(reverse("volunteers:index"), {"county": ""})

        assert len(few) == len(many)


class TestReviewing:
    @BOTH
    @pytest.mark.parametrize("name", ["applications", "people", "hours", "rounds"])
    def test_the_desk_opens_for_those_who_review(self, name, prefix):
        VolunteerApplicationFactory()
        ServiceHoursFactory(volunteer=VolunteerFactory(serving=True))
        address = prefix + reverse(f"manage_volunteers:{name}")

        assert signed_in(officer(Role.ADMINISTRATOR)).get(address).status_code == 200
        assert signed_in(officer(Role.OFFICER)).get(address).status_code == 403
        assert signed_in(UserFactory()).get(address).status_code == 403

    def test_two_managers_appoint_and_the_first_may_not_do_both(self):
        application = VolunteerApplicationFactory()
        first, second = signed_in(officer(Role.MANAGER)), signed_in(officer(Role.MANAGER))
        review = reverse("manage_volunteers:review", args=[application.pk])
        appoint = reverse("manage_volunteers:appoint", args=[application.pk])

        page = first.get(reverse("manage_volunteers:application", args=[application.pk]))
        answers = [first.post(review), first.post(appoint), second.post(appoint)]

        assert page.status_code == 200
        assert [answer.status_code for answer in answers] == [303, 403, 303]
        application.refresh_from_db()
        assert application.state == "appointed"

    def test_declining_needs_a_reason(self):
        application = VolunteerApplicationFactory()
        manager = signed_in(officer(Role.MANAGER))
        refuse = reverse("manage_volunteers:refuse", args=[application.pk])

        assert manager.post(refuse, {"reason": "\u3164"}).status_code == 422
        assert manager.post(refuse, {"reason": "證書已過期。"}).status_code == 303

    def test_a_person_with_trainings_terms_and_hours(self, volunteer):
        manager = signed_in(officer(Role.MANAGER))
        entered = [ServiceHoursFactory(volunteer=volunteer) for _n in range(2)]
        training = {"kind": "special", "held_on": "115/03/05", "certificate": "特訓-77"}

        def post(name, pk, **sent):
            return manager.post(reverse(f"manage_volunteers:{name}", args=[pk]), sent).status_code

        assert post("training", volunteer.pk, **training) == 303
        assert post("training", volunteer.pk, **training) == 409
        assert post("hours_confirm", entered[0].pk) == 303
        assert post("hours_return", entered[1].pk, reason="") == 422
        assert post("hours_return", entered[1].pk, reason="請補說明。") == 303
        assert post("term_end", volunteer.terms.get().pk, reason="本人請辭。") == 303
        for name in ("volunteer", "record"):
            page = manager.get(reverse(f"manage_volunteers:{name}", args=[volunteer.pk]))
            assert "qz王示範" in words(page)
        assert "請補說明。" in words(signed_in(volunteer.user).get(reverse("volunteers:hours")))

    def test_nobody_confirms_her_own_hours(self):
        manager = officer(Role.MANAGER)
        entered = ServiceHoursFactory(volunteer=VolunteerFactory(user=manager))
        address = reverse("manage_volunteers:hours_confirm", args=[entered.pk])

        signed_in(manager).post(address)

        entered.refresh_from_db()
        assert entered.state == "entered"

    def test_the_days_of_a_round_are_checked(self):
        client = signed_in(officer(Role.ADMINISTRATOR))
        sent = {
            "year": "2027",
            "opens_on": "116/01/01",
            "closes_on": "116/05/31",
            "term_starts_on": "116/07/01",
            "term_ends_on": "117/06/30",
        }
        address = reverse("manage_volunteers:rounds")

        assert client.post(address, sent | {"closes_on": "115/01/01"}).status_code == 422
        assert client.post(address, sent).status_code == 303
        assert VolunteerWindow.objects.get().closes_on == dt.date(2027, 5, 31)

    def test_the_lists_ask_as_often_for_many_as_for_few(self, django_assert_max_num_queries):
        client = signed_in(officer(Role.MANAGER))

        def asked(address):
            with django_assert_max_num_queries(14) as queries:
                assert client.get(address).status_code == 200
            return len(queries)

        addresses = [
            reverse(f"manage_volunteers:{name}") for name in ("applications", "people", "hours")
        ]
        counts = []
        for more in (2, 15):
            for _n in range(more):
                VolunteerApplicationFactory()
                ServiceHoursFactory(volunteer=VolunteerFactory(serving=True))
            counts.append([asked(address) for address in addresses])

        assert counts[0] == counts[1]
