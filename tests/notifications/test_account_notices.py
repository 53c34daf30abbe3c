"""What people hear about their accounts, played through the services that cause it."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from accounts.models import Enterprise, User
from accounts.roles import Role
from accounts.services import absence, invitations, memberships, registration, staff
from ledger.relay import relay_due
from notifications.channels import Channel
from notifications.models import Message
from notifications.services.delivery import deliver_due
from tests.factories.accounts import (
    AgencyFactory,
    EnterpriseFactory,
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["zh-hant", "en"])


@pytest.fixture
def owner() -> User:
    person: User = UserFactory(email="owner@tests.example")
    return person


@pytest.fixture
def enterprise(owner: User) -> Enterprise:
    made: Enterprise = EnterpriseFactory(
        owner=owner, name_zh="示範精機有限公司", name_en="Example Precision Ltd."
    )
    return made


def _mail_to(email: str) -> Message:
    relay_due()
    return Message.objects.get(channel=Channel.EMAIL, email=email)


def _claim(enterprise: Enterprise, claimant: User) -> None:
    registration.register_or_claim(
        key=uuid.uuid4(),
        user_id=claimant.pk,
        business_number=enterprise.business_number,
        particulars=registration.Particulars(
            name_zh="示範精機有限公司",
            registration_kind="company",
            industry="C",
            county="taichung",
        ),
    )


def _check_language(message: Message, language: str) -> None:
    chinese = any("\u4e00" <= character <= "\u9fff" for character in message.subject)
    assert message.language == language
    assert chinese == (language == "zh-hant")
    assert f"http://testserver{'/en' if language == 'en' else ''}/account/" in message.text


@LANGUAGES
def test_a_claim_that_is_accepted_is_told(
    enterprise: Enterprise, owner: User, language: str
) -> None:
    claimant = UserFactory(email="claimant@tests.example", language=language)
    claim = EnterpriseMembershipFactory(user=claimant, enterprise=enterprise, pending=True)

    memberships.accept_claim(membership_id=claim.pk, actor_id=owner.pk)

    message = _mail_to("claimant@tests.example")
    _check_language(message, language)
    assert ("Precision" in message.subject) == (language == "en")


@LANGUAGES
def test_a_claim_that_is_refused_is_told(
    enterprise: Enterprise, owner: User, language: str
) -> None:
    claimant = UserFactory(email="claimant@tests.example", language=language)
    claim = EnterpriseMembershipFactory(user=claimant, enterprise=enterprise, pending=True)

    memberships.refuse_claim(membership_id=claim.pk, actor_id=owner.pk)

    _check_language(_mail_to("claimant@tests.example"), language)


@LANGUAGES
def test_a_changed_role_and_an_ended_membership_are_told(
    enterprise: Enterprise, owner: User, language: str
) -> None:
    member = UserFactory(email="member@tests.example", language=language)
    place = EnterpriseMembershipFactory(user=member, enterprise=enterprise)

    memberships.change_role(membership_id=place.pk, role=Role.OWNER, actor_id=owner.pk)
    memberships.end(membership_id=place.pk, actor_id=owner.pk)
    relay_due()

    for message in Message.objects.filter(channel=Channel.EMAIL):
        _check_language(message, language)
    assert Message.objects.filter(channel=Channel.EMAIL).count() == 2


def test_who_leaves_by_herself_is_not_told(enterprise: Enterprise) -> None:
    place = EnterpriseMembershipFactory(enterprise=enterprise)

    memberships.end(membership_id=place.pk, actor_id=place.user_id)
    relay_due()

    assert not Message.objects.exists()


@LANGUAGES
def test_an_invitation_reaches_its_address_with_a_link_that_works(
    enterprise: Enterprise, owner: User, language: str
) -> None:
    invitation = invitations.invite(
        key=uuid.uuid4(),
        enterprise_id=enterprise.pk,
        email="guest@tests.example",
        role=Role.MEMBER,
        actor_id=owner.pk,
        language=language,
    )

    message = _mail_to("guest@tests.example")
    deliver_due()

    _check_language(message, language)
    assert f"/account/invitation/{invitation.token}/" in message.text
    assert outbox.outbox[0].to == ["guest@tests.example"]


def test_an_accepted_invitation_is_told_to_who_sent_it(
    enterprise: Enterprise, owner: User
) -> None:
    guest = UserFactory(email="guest@tests.example")
    invitation = invitations.invite(
        key=uuid.uuid4(),
        enterprise_id=enterprise.pk,
        email=guest.email,
        role=Role.MEMBER,
        actor_id=owner.pk,
    )

    invitations.accept(token=invitation.token, user_id=guest.pk)

    message = _mail_to("owner@tests.example")
    _check_language(message, "zh-hant")
    assert not Message.objects.filter(email="guest@tests.example").exists()


@LANGUAGES
def test_roles_given_and_ended_are_told(language: str) -> None:
    StaffMembershipFactory(role=Role.ADMINISTRATOR)
    officer = UserFactory(email="officer@tests.example", language=language)
    actor = UserFactory()

    given = staff.give_role(
        key=uuid.uuid4(),
        user_id=officer.pk,
        agency_id=AgencyFactory().pk,
        role=Role.OFFICER,
        valid_from=timezone.localdate(),
        actor_id=actor.pk,
    )
    staff.end_role(staff_membership_id=given.pk, actor_id=actor.pk)
    relay_due()

    told = Message.objects.filter(channel=Channel.EMAIL, user=officer)
    assert told.count() == 2
    for message in told:
        _check_language(message, language)


@LANGUAGES
def test_a_deputy_is_told_and_released(language: str) -> None:
    agency = AgencyFactory()
    away = StaffMembershipFactory(agency=agency, user__name="Ann Lee").user
    deputy = StaffMembershipFactory(agency=agency, user__language=language).user
    today = timezone.localdate()

    planned = absence.plan(
        key=uuid.uuid4(),
        user_id=away.pk,
        deputy_id=deputy.pk,
        starts_on=today,
        ends_on=today + timedelta(days=2),
    )
    absence.cancel(absence_id=planned.pk, actor_id=away.pk)
    relay_due()

    told = Message.objects.filter(channel=Channel.EMAIL, user=deputy)
    assert told.count() == 2
    for message in told:
        _check_language(message, language)


def test_a_claim_is_told_to_the_owners(enterprise: Enterprise, owner: User) -> None:
    claimant = UserFactory()
    EnterpriseMembershipFactory(enterprise=enterprise)

    _claim(enterprise, claimant)

    message = _mail_to("owner@tests.example")
    assert "示範精機有限公司" in message.subject
    assert "/account/enterprise/claims/" in message.text
    assert Message.objects.filter(channel=Channel.EMAIL).count() == 1


def test_a_claim_without_an_owner_is_told_to_administrators() -> None:
    administrator = StaffMembershipFactory(role=Role.ADMINISTRATOR).user

    _claim(EnterpriseFactory(), UserFactory())

    assert _mail_to(administrator.email).user == administrator
