import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import Entry
from notifications.channels import Pace
from notifications.errors import KindNotChosenError
from notifications.events import PostEvent
from notifications.models import Preference
from notifications.services.preferences import choose_paces
from tests.factories.accounts import StaffMembershipFactory, UserFactory
from tests.factories.notifications import PreferenceFactory

pytestmark = pytest.mark.django_db


def test_a_choice_is_kept_and_recorded() -> None:
    person = UserFactory()

    changed = choose_paces(user_id=person.pk, paces={"tests.sample": Pace.DAILY})

    assert changed == 1
    assert Preference.objects.get().pace == Pace.DAILY
    entry = Entry.objects.get(event=PostEvent.PREFERENCES_CHANGED)
    assert entry.actor_id == person.pk
    assert entry.facts == {"tests.sample": "daily"}


def test_the_same_choice_again_changes_and_records_nothing() -> None:
    person = PreferenceFactory(pace=Pace.OFF).user

    assert choose_paces(user_id=person.pk, paces={"tests.sample": Pace.OFF}) == 0

    assert not Entry.objects.exists()


def test_a_choice_is_changed_in_place() -> None:
    person = PreferenceFactory(pace=Pace.OFF).user

    choose_paces(user_id=person.pk, paces={"tests.sample": Pace.AT_ONCE})

    assert Preference.objects.get().pace == Pace.AT_ONCE


@pytest.mark.parametrize("kind", ["tests.urgent", "tests.unknown"])
def test_what_cannot_be_switched_off_is_refused(kind: str) -> None:
    with pytest.raises(KindNotChosenError):
        choose_paces(user_id=UserFactory().pk, paces={kind: Pace.OFF})

    assert not Preference.objects.exists()


def test_the_page_asks_an_applicant_about_her_kinds(client: Client) -> None:
    client.force_login(UserFactory())

    page = client.get(reverse("inbox:preferences")).content.decode()

    assert 'name="tests-sample"' in page
    assert 'name="tests-urgent"' not in page
    assert 'name="accounts-role_given"' not in page


def test_the_page_asks_staff_about_theirs(client: Client) -> None:
    client.force_login(StaffMembershipFactory().user)

    page = client.get(reverse("inbox:preferences")).content.decode()

    assert 'name="accounts-role_given"' in page


def test_what_was_chosen_on_the_page_is_kept(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    fields = client.get(reverse("inbox:preferences")).context["form"].fields

    answer = client.post(reverse("inbox:preferences"), dict.fromkeys(fields, "off"))

    assert answer.status_code == 303
    assert Preference.objects.filter(user=person, pace=Pace.OFF).count() == len(fields)


@pytest.mark.parametrize("bad", ["", "sometimes", "\x00", "𠮷" * 5000])
def test_a_bad_answer_is_shown_beside_the_question(client: Client, bad: str) -> None:
    client.force_login(UserFactory())

    answer = client.post(reverse("inbox:preferences"), {"tests-sample": bad})

    assert answer.status_code in {400, 422}
    assert not Preference.objects.exists()


def test_the_page_lists_the_kinds_under_what_they_are_about(client: Client) -> None:
    client.force_login(StaffMembershipFactory().user)

    form = client.get(reverse("inbox:preferences")).context["form"]

    groups = form.groups()
    by_title = {title: [field.name for field in fields] for title, fields in groups}
    assert "assistance-assigned" in by_title["分派給您的工作"]
    assert "accounts-role_given" in by_title["企業、成員和角色"]
    assert sorted(name for names in by_title.values() for name in names) == sorted(form.fields)
