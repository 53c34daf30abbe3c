"""What is kept in a process belongs to nobody: rights, words and language are each reader's own."""

import gc
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import EnterpriseMembership, StaffMembership, User
from accounts.roles import Role
from accounts.states import MembershipState
from assistance.events import CaseEvent
from foundation.prepared import Prepared
from ledger.models import Entry
from ledger.timeline import text_of
from tests.factories.accounts import EnterpriseMembershipFactory, StaffMembershipFactory
from tests.journeys.visiting import address, body_of, clients, guest_of
from tests.journeys.world import GUEST_MAY_READ, MAY_READ, World, make_world

pytestmark = pytest.mark.django_db

# What concerns the two cases of enterprise A.
OF_A = {
    word
    for word in MAY_READ
    if word.startswith(("qzcase", "qzpaper", "qznote", "qzsmesa", "qzida"))
}


@pytest.fixture
def world() -> World:
    return make_world()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(client: Client, name: str, reference: str, language: str = "zh-hant") -> set[str]:
    """The canaries on a page of a case."""
    whole = body_of(client.get(address(name, [reference], language)))
    return {word for word in OF_A if word in whole}


def at_desk(world: World, client: Client) -> set[str]:
    return told(client, "desk:case", world.waiting.reference)


def test_readers_one_after_the_other_never_read_each_others_words(world: World) -> None:
    browsers = {**clients(world), "guest": guest_of(world.waiting)}
    rooms = {"guest": "track:detail", "owner.a": "cases:detail", "member.a": "cases:detail"}
    turns = ("duty", "officer.ida", "officer.ita", "owner.a", "guest", "officer.ida", "owner.b")
    turns += ("auditor", "officer.smesa", "administrator", "officer.ida", "member.a", "manager")
    wrong = []

    for language in ("zh-hant", "en") * 2:
        for role in turns:
            room = rooms.get(role, "desk:case")
            seen = told(browsers[role], room, world.waiting.reference, language)
            readers = {word: MAY_READ[word] for word in OF_A}
            may = {word for word, roles in readers.items() if role in roles}
            wrong += [f"{language} {role}: {w}" for w in seen - (may or GUEST_MAY_READ)]
            if role in ("duty", "officer.ida", "owner.a", "guest") and not seen:
                wrong.append(f"{language} {role} sees nothing")
            if role in ("officer.ita", "owner.b", "administrator") and seen:
                wrong.append(f"{language} {role} sees {seen}")

    assert not wrong, wrong


def test_roles_that_come_and_go_in_one_process_count_at_the_next_request(world: World) -> None:
    person = world.people["officer.ita"]
    browser, ida = signed_in(person), signed_in(world.people["officer.ida"])
    of_ida = at_desk(world, ida)
    assert at_desk(world, browser) == set()

    post = StaffMembershipFactory(user=person, agency=world.ida, role=Role.OFFICER)
    assert at_desk(world, browser) == of_ida != set()
    lead = StaffMembershipFactory(user=person, agency=world.smesa, role=Role.LEAD)
    assert "qzsmesanote" in at_desk(world, browser)
    _end(lead, world)
    assert at_desk(world, browser) == of_ida
    _end(post, world)
    assert at_desk(world, browser) == set()
    assert at_desk(world, ida) == of_ida


def _end(post: StaffMembership, world: World) -> None:
    StaffMembership.objects.filter(pk=post.pk).update(
        ended_at=timezone.now(), ended_by=world.people["administrator"]
    )


def test_an_officer_who_owns_the_firm_reads_no_note_as_its_owner(world: World) -> None:
    both = EnterpriseMembershipFactory(enterprise=world.a, role=Role.OWNER).user
    StaffMembershipFactory(user=both, agency=world.ida, role=Role.OFFICER)
    browser = signed_in(both)

    as_officer = at_desk(world, browser)
    as_owner = told(browser, "cases:detail", world.waiting.reference)

    assert as_officer & {"qznote", "qzsmesanote"} == set()
    assert as_owner & {"qznote", "qzsmesanote", "qzidanote"} == set()
    EnterpriseMembership.objects.filter(user=both).update(
        state=MembershipState.ENDED, ended_at=timezone.now()
    )
    assert at_desk(world, browser) == at_desk(world, signed_in(world.people["officer.ida"]))
    assert browser.get(reverse("cases:detail", args=[world.waiting.reference])).status_code == 404


def test_that_another_agency_keeps_notes_is_not_told(world: World) -> None:
    written = {
        role: sum(
            line["text"] == text_of(Entry(event=CaseEvent.NOTE_ADDED, facts={}), "staff")
            for line in signed_in(world.people[role])
            .get(address("desk:audit", [world.case.reference]))
            .context["lines"]
        )
        for role in ("duty", "officer.smesa", "officer.ida")
    }

    assert written == {"duty": 3, "officer.smesa": 3, "officer.ida": 1}


def test_the_frame_of_a_page_shows_each_reader_her_own_menu_name_and_inbox(world: World) -> None:
    queue, links = reverse("desk:queue"), {}

    for role in ("duty", "auditor", "officer.ida", "lead", "duty"):
        page = signed_in(world.people[role]).get(queue).content.decode()
        others = [p for name, p in world.people.items() if name != role and p.email in page]
        assert not others, role
        links[role] = {
            name for name in ("desk:records", "manage:templates") if f'"{reverse(name)}"' in page
        }

    assert links == {
        "duty": set(),
        "auditor": {"desk:records"},
        "officer.ida": set(),
        "lead": {"manage:templates"},
    }


def _kept() -> Iterator[tuple[Prepared[Any], Any]]:
    for found in gc.get_objects():
        # Asking a lazy object what it is would wake it.
        if type(found) is Prepared:
            yield found, dict(found._kept)


def test_no_kept_query_holds_a_day_a_language_or_a_reader(world: World) -> None:
    """Whoever asks first, and whenever, what is kept is the same but for the values."""

    def kept_by(roles: tuple[str, ...], language: str) -> dict[Any, Any]:
        for prepared, _old in _kept():
            prepared._kept.clear()
        browsers = clients(world)
        for role in roles:
            for name in ("desk:case", "desk:peek", "cases:detail", "cases:print"):
                browsers[role].get(address(name, [world.waiting.reference], language))
            for name in ("desk:queue", "request:start", "home", "inbox:list"):
                browsers[role].get(address(name, [], language))
        return {
            (id(prepared), key): (one.sql, one.params) if one else None
            for prepared, old in _kept()
            for key, one in old.items()
        }

    roles = ("duty", "officer.ida", "owner.a", "auditor", "owner.b")
    first = kept_by(roles, "zh-hant")
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        later = kept_by(tuple(reversed(roles)), "en")

    shared = first.keys() & later.keys()
    assert len(shared) > 15
    assert {key for key in shared if first[key] != later[key]} == set()
