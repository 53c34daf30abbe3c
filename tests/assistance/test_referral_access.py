"""Who sees what of the SME before, during and after a referral: on pages, in lists, searches, files, e-mails."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.models import Attachment, Case, Referral, SharedField
from assistance.services import referral, referral_answers
from assistance.services.referral import Request
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance.desk import elsewhere, officer, signed_in
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import AttachmentFactory, CaseFactory, CoordinatorFactory
from tests.factories.catalogue import EditionFactory, SystemFactory
from tests.factories.network import OrganisationFactory, OrganisationMembershipFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

VALUES = {
    SharedField.ENTERPRISE_NAME: "隱私木業",
    SharedField.BUSINESS_NUMBER: "04595257",
    SharedField.CONTACT_NAME: "林隱私",
    SharedField.CONTACT_PHONE: "0911-222-333",
    SharedField.CONTACT_EMAIL: "private@example.test",
    SharedField.DESCRIPTION: "隱私的說明",
}
SUBJECT = "隱私的主旨"
ASKED = (SharedField.CONTACT_NAME, SharedField.CONTACT_PHONE, SharedField.DESCRIPTION)
GIVEN = (SharedField.CONTACT_NAME, SharedField.CONTACT_PHONE)
BEFORE, AFTER = ("asking", "sent"), ("declined", "lapsed", "completed", "recalled", "stopped")
PHASES = (*BEFORE, "accepted", "progress", *AFTER)
STRANGERS = ("partner", "volunteer", "officer elsewhere", "owner", "editor", "approver")


@pytest.fixture
def case():
    made = CaseFactory(
        in_progress=True,
        lead_agency=CoordinatorFactory(),
        lead_officer=officer("lead"),
        enterprise=EnterpriseFactory(owner=UserFactory()),
        subject=SUBJECT,
        district="大里區",
        **{field.value: value for field, value in VALUES.items()},
    )
    AttachmentFactory(case=made)
    return made


@pytest.fixture
def system():
    made = SystemFactory(code="financing", number=1)
    EditionFactory(system=made, short_zh="財務融通", short_en="Financing")
    return made


def receiver_of(kind: str):
    """(who answers signed in, what they answer for)."""
    if kind == "volunteer":
        volunteer = VolunteerFactory(serving=True)
        return volunteer.user, volunteer
    membership = OrganisationMembershipFactory(organisation=OrganisationFactory())
    return membership.user, membership.organisation


def stranger(kind: str):
    if kind in {"partner", "volunteer"}:
        return receiver_of(kind)[0]
    if kind == "owner":
        return EnterpriseFactory(owner=UserFactory()).memberships.get().user
    if kind == "officer elsewhere":
        return elsewhere()
    return officer({"editor": Role.EDITOR, "approver": Role.APPROVER}[kind])


def brought_to(phase: str, case: Case, system, kind: str, receiver) -> Referral:
    """A referral that came to its state by the services, as it does in life."""
    made = referral.propose(
        case_id=case.pk,
        system_id=system.pk,
        need_id=None,
        by_id=case.lead_officer_id,
        request=Request(
            kind="volunteer" if kind == "volunteer" else "organisation",
            receiver_id=receiver.pk,
            asked="請看財務報表。",
            fields=ASKED,
        ),
    )
    pk = made.pk
    if phase == "asking":
        return made
    hers = case.enterprise.memberships.get().user_id
    referral.agree(referral_id=pk, by_id=hers, fields=GIVEN)
    if phase == "declined":
        referral_answers.decline(referral_id=pk, by_id=None, reason="no_time")
    elif phase == "lapsed":
        made.refresh_from_db()
        referral_answers.lapse_due(made.answer_by + dt.timedelta(days=1))
    elif phase != "sent":
        _taken(phase, pk)
    return made


def _taken(phase: str, pk: int) -> None:
    referral_answers.accept(referral_id=pk, by_id=None)
    if phase == "progress":
        today = timezone.localdate()
        referral_answers.report(
            referral_id=pk, by_id=None, body="看過", minutes=5, worked_on=today
        )
    elif phase == "completed":
        referral_answers.complete(referral_id=pk, by_id=None, outcome="solved", text="好了。")
    elif phase == "recalled":
        referral.recall(referral_id=pk, by_id=None)
    elif phase == "stopped":
        referral.stop(referral_id=pk, by_id=None)


def places(case: Case, made: Referral) -> dict[str, str]:
    """Where somebody might look for the SME."""
    at = [case.reference]
    word = {"q": SUBJECT[:4]}
    return {
        "referral": reverse("partner:referral", args=[made.pk]),
        "inbox": reverse("partner:inbox"),
        "hers": reverse("cases:referral", args=[*at, made.pk]),
        "case": reverse("cases:detail", args=at),
        "cases": reverse("cases:list"),
        "desk": reverse("desk:case", args=at),
        "queue": reverse("desk:queue"),
        "export": reverse("desk:export"),
        "number": reverse("search", query={"q": case.reference}),
        "search": reverse("search", query=word),
        "desk search": reverse("desk:search", query=word),
        "file": reverse("files:download", args=[Attachment.objects.get().pk]),
        "messages": reverse("inbox:list"),
    }


def seen_by(user, case: Case, made: Referral) -> dict[str, set[str]]:
    """What of the SME somebody reads, by where; only places that show something."""
    client = signed_in(user)
    found = {}
    for name, address in places(case, made).items():
        answer = client.get(address)
        assert answer.status_code in {200, 403, 404, 302}, name
        page = b"".join(answer).decode(errors="replace")
        words = {field.value: word for field, word in VALUES.items()} | {"subject": SUBJECT}
        # A page may repeat what stands in its own address.
        if case.reference not in address:
            words["reference"] = case.reference
        found[name] = {field for field, word in words.items() if word in page}
    return {name: fields for name, fields in found.items() if fields}


@pytest.mark.parametrize(
    ("phase", "kind"),
    [
        *((phase, "partner") for phase in PHASES),
        *((phase, "volunteer") for phase in ("sent", "accepted", "completed")),
    ],
)
def test_the_receiver_sees_what_she_agreed_to_while_it_is_taken_and_nothing_else(
    case, system, phase, kind
):
    user, receiver = receiver_of(kind)
    made = brought_to(phase, case, system, kind, receiver)
    relay_due(500)

    seen = seen_by(user, case, made)

    is_taken = phase in {"accepted", "progress"}
    assert seen == ({"referral": {field.value for field in GIVEN}} if is_taken else {})
    told = "".join(Message.objects.filter(user=user).values_list("text", flat=True))
    assert not [word for word in (*VALUES.values(), SUBJECT) if word in told]


@pytest.mark.parametrize(
    ("phase", "who"),
    [
        *(("accepted", who) for who in STRANGERS),
        *((phase, "partner") for phase in ("sent", "completed")),
    ],
)
def test_a_referral_to_somebody_shows_nothing_to_anybody_else(case, system, phase, who):
    _user, receiver = receiver_of("partner")
    made = brought_to(phase, case, system, "partner", receiver)
    other = stranger(who)
    relay_due(500)

    assert seen_by(other, case, made) == {}
    assert not Referral.objects.visible_to(other).exists()
    assert not Message.objects.filter(user=other).exists()


def test_withdrawing_ends_it_at_once_and_the_agreement_stays_on_record(case, system):
    user, receiver = receiver_of("partner")
    made = brought_to("accepted", case, system, "partner", receiver)
    client, address = signed_in(user), reverse("partner:referral", args=[made.pk])
    assert client.get(address).status_code == 200
    owner = case.enterprise.memberships.get().user

    referral.stop(referral_id=made.pk, by_id=owner.pk)

    assert client.get(address).status_code == 404
    made.refresh_from_db()
    assert made.fields_given == [field.value for field in GIVEN]
    assert (made.consent_channel, made.consented_on) == ("portal", timezone.localdate())
    assert made.consent_recorded_by == owner
    events = Entry.objects.filter(stream=f"assistance.case:{case.pk}").order_by("pk")
    told = [(one.event.rsplit(".", 1)[1], one.actor_id) for one in events]
    assert told[-1] == ("stopped_by_sme", owner.pk)
    page = signed_in(owner).get(reverse("cases:referral", args=[case.reference, made.pk]))
    assert "您當時同意的內容" in page.content.decode()
    assert "電話" in page.content.decode()
