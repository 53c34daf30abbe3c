"""What a person may see ends where the right ends: at the next request, without a trace."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import EnterpriseMembership, StaffMembership, User
from accounts.roles import Role
from accounts.states import MembershipState
from assistance.models import Attachment, Case, CaseMessage, Need
from assistance.services import access_codes, merging, needs
from assistance.states import NeedState
from tests.factories.accounts import (
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import CaseFactory
from tests.journeys.doors import arguments, elsewhere
from tests.journeys.matrix import expected
from tests.journeys.visiting import address, body_of, clients, guest_of, visit
from tests.journeys.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def status(client: Client, name: str, *args: object) -> int:
    answer = client.get(reverse(name, args=args))
    body_of(answer)
    return answer.status_code


def test_what_is_foreign_and_what_never_was_look_the_same(world: World) -> None:
    """Byte for byte, apart from the address itself and what is new in every answer."""
    browsers, given, told = clients(world), arguments(world), []

    for name, (reading, sending) in expected().items():
        if name not in given or name.startswith(("mailbox", "systems", "request", "mfa_")):
            continue
        for method, letters in (("GET", reading), ("POST", sending)):
            if "n" not in letters:
                continue
            sent = {"data": {}} if method == "POST" else {}
            for role in ("owner.b", "officer.ita"):
                there = address(name, given[name])
                nowhere = address(name, elsewhere(given[name]))
                foreign = visit(browsers[role], method, there, **sent)
                missing = visit(browsers[role], method, nowhere, **sent)
                pages = _plain(foreign, there), _plain(missing, nowhere)
                if foreign.status_code != missing.status_code or pages[0] != pages[1]:
                    told.append(f"{method} {name} {role}")

    assert not told, told


def _plain(answer: Any, path: str) -> str:
    """The page without its address, its nonce, its tokens and the number of the request."""
    new = ("nonce", "csrf", "request-id", "request_id", "set-cookie", "content-length")
    lines = answer.whole.replace(path, "").replace(path.rstrip("/"), "").splitlines()
    kept = [line for line in lines if not any(mark in line.lower() for mark in new)]
    return "\n".join(kept)


def test_an_ended_membership_counts_from_the_next_request(world: World) -> None:
    member = signed_in(world.people["member.a"])
    ours = ("cases:detail", world.case.reference)
    assert status(member, *ours) == 200
    assert status(member, "files:download", world.paper.pk) == 200

    EnterpriseMembership.objects.filter(user=world.people["member.a"]).update(
        state=MembershipState.ENDED, ended_at=timezone.now()
    )

    assert status(member, *ours) == 404
    assert status(member, "files:download", world.paper.pk) == 404
    assert world.case.reference not in member.get(reverse("cases:list")).content.decode()


def test_who_left_an_enterprise_no_longer_follows_its_case_by_code(world: World) -> None:
    known = {"reference": world.case.reference, "contact": "qzcase@tests.example"}
    assert access_codes.send_track_code(**known, language="zh-hant")
    session = signed_in(UserFactory()).session
    guest = Client()
    guest.cookies["portal_session"] = session.session_key
    session["followed_cases"] = {world.case.reference: 9_999_999_999}
    session.save()
    assert status(guest, "track:detail", world.case.reference) == 200

    EnterpriseMembership.objects.filter(user=world.people["owner.a"]).update(
        state=MembershipState.ENDED, ended_at=timezone.now()
    )

    assert not access_codes.send_track_code(**known, language="zh-hant")
    assert status(guest, "track:detail", world.case.reference) == 404
    assert status(guest, "files:download", world.paper.pk) == 404


def test_a_caller_who_left_the_enterprise_no_longer_follows_its_case_by_code(
    world: World,
) -> None:
    member, stays = world.people["member.a"], world.people["owner.a"]
    called = [
        CaseFactory(enterprise=world.a, applicant=None, contact_email=person.email)
        for person in (member, stays, UserFactory())
    ]
    guests = [guest_of(case) for case in called]

    EnterpriseMembership.objects.filter(user=member).update(
        state=MembershipState.ENDED, ended_at=timezone.now()
    )

    seen = [
        status(guest, "track:detail", case.reference)
        for guest, case in zip(guests, called, strict=True)
    ]
    assert seen == [404, 200, 200]
    known = {"reference": called[0].reference, "contact": member.email.lower()}
    assert not access_codes.send_track_code(**known, language="zh-hant")


@pytest.mark.parametrize("how", ["declined", "lapsed", "transferred", "role_ended", "deactivated"])
def test_an_agency_that_no_longer_has_the_need_sees_nothing(world: World, how: str) -> None:
    officer, need = world.people["officer.ida"], world.needs["ida"]
    browser = signed_in(officer)
    assert status(browser, "desk:case", world.case.reference) == 200

    if how == "transferred":
        needs.transfer(need_id=need.pk, agency_id=world.ita.pk, by_id=officer.pk, reason="誤派")
    elif how == "role_ended":
        StaffMembership.objects.filter(user=officer).update(
            ended_at=timezone.now(), ended_by=world.people["administrator"]
        )
    elif how == "deactivated":
        User.objects.filter(pk=officer.pk).update(is_active=False)
    else:
        Need.objects.filter(pk=need.pk).update(
            state=NeedState(how), agency=None, officer=None, accepted_at=None
        )

    after = browser.get(reverse("desk:case", args=[world.case.reference]))
    if how == "transferred":
        assert (
            status(signed_in(world.people["officer.ita"]), "desk:case", world.case.reference)
            == 200
        )
    assert after.status_code in (302, 403, 404)
    assert "qzcase" not in after.content.decode()
    assert status(browser, "files:download", world.paper.pk) in (302, 404)


def test_one_agency_does_not_read_what_another_asked(world: World) -> None:
    ida, of_smesa = world.people["officer.ida"], "qzsmesaneed"
    files = Attachment.objects.visible_to(ida).filter(case=world.waiting)
    page = signed_in(ida).get(reverse("desk:case", args=[world.waiting.reference]))

    assert [file.name[:9] for file in files] == ["qzidaneed"]
    assert of_smesa not in page.content.decode()
    assert "qzidaneed" in page.content.decode()
    hidden = world.waiting.attachments.get(name__startswith=of_smesa)
    assert status(signed_in(ida), "files:download", hidden.pk) == 404


def test_ones_own_firm_is_seen_as_an_owner_and_not_from_the_desk(world: World) -> None:
    both = EnterpriseMembershipFactory(enterprise=world.a, role=Role.OWNER).user
    StaffMembershipFactory(user=both, agency=world.ita, role=Role.OFFICER)
    browser = signed_in(both)

    assert status(browser, "cases:detail", world.case.reference) == 200
    for name in ("desk:case", "desk:audit", "desk:peek"):
        assert status(browser, name, world.case.reference) == 404, name
    queue = browser.get(reverse("desk:queue"), {"view": "all"})
    assert queue.context["tallies"].here.number == 0
    note = browser.post(reverse("desk:note", args=[world.case.reference]), {"body": "x"})
    assert note.status_code == 404


def test_a_merged_case_names_the_other_only_to_who_may_see_it(world: World) -> None:
    target = CaseFactory(
        in_progress=True, enterprise=world.a, subject="qztwin", lead_agency=world.ida
    )
    merging.merge(
        case_id=world.case.pk, into_id=target.pk, by_id=world.people["duty"].pk, reason=""
    )

    shown = {
        role: "qztwin"
        in signed_in(world.people[role])
        .get(reverse("desk:case", args=[world.case.reference]))
        .content.decode()
        for role in ("duty", "officer.smesa")
    }

    assert shown == {"duty": True, "officer.smesa": False}


def test_nobody_sees_nothing_whatever_the_query() -> None:
    CaseFactory()
    gone = UserFactory(is_active=False)

    for user in (AnonymousUser(), gone):
        for model in (Case, Need, CaseMessage, Attachment):
            assert not model.objects.visible_to(user).exists(), model
        assert not Case.objects.on_desk_of(user).exists()
        assert not Case.objects.of_applicant(user).exists()


def test_a_guessed_paper_is_not_found(world: World) -> None:
    assert status(signed_in(world.people["owner.a"]), "files:download", uuid.uuid4()) == 404
