"""Acts that undo, remove, hand over, merge and settle, each against what may happen meanwhile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.errors import HasOwnerError
from accounts.models import EnterpriseMembership, Removal
from accounts.roles import Role
from accounts.services import memberships, ownership
from assistance.models import Case, CaseMessage, Statement
from assistance.services import (
    bulk,
    calling,
    files,
    handing_over,
    intake,
    merging,
    messages,
    needs,
    removing,
    resolution,
    triage,
    undoing,
)
from assistance.services.errors import NotAMemberError, PaperInUseError
from assistance.states import CaseState
from foundation.transitions import MoveNotAllowedError
from foundation.uploads import check_upload
from ledger.models import Entry
from tests.accounts.racing import behind, race
from tests.factories.accounts import (
    EnterpriseFactory,
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import (
    AttachmentFactory,
    ClockSpanFactory,
    NeedFactory,
    OfferFactory,
    QuestionFactory,
    QuestionItemFactory,
    StatedEnterpriseFactory,
)
from tests.foundation.papers import pdf
from tests.journeys.test_races import Scene, clocks_run, events, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def officer_of(agency, role=Role.OFFICER):
    return StaffMembershipFactory(agency=agency, role=role).user


def leave(person, by):
    person.staff_memberships.update(ended_at=timezone.now(), ended_by=by)


@pytest.mark.parametrize("_turn", range(3))
def test_an_undoing_never_takes_back_what_somebody_else_has_assigned(scene, _turn):
    one, two = officer_of(scene.smesa), officer_of(scene.smesa)
    case = scene.case()
    triage.assign(case_id=case.pk, to_id=one.pk, by_id=scene.duty.pk)
    known = Entry.objects.latest("pk").pk

    results = race(
        lambda: undoing.undo_assign(case_id=case.pk, by_id=scene.duty.pk, up_to=known),
        lambda: triage.assign(case_id=case.pk, to_id=two.pk, by_id=scene.lead.pk),
    )

    case.refresh_from_db()
    assert (case.lead_officer, case.state) == (two, CaseState.TRIAGE)
    assert refusals(results) == 1 - events(case, "case.assignment_undone")


def test_an_assignment_is_undone_once_however_often_it_is_pressed(scene):
    case = scene.case()
    triage.assign(case_id=case.pk, to_id=scene.lead.pk, by_id=scene.duty.pk)
    known = Entry.objects.latest("pk").pk
    again = [lambda: undoing.undo_assign(case_id=case.pk, by_id=scene.duty.pk, up_to=known)]

    assert refusals(race(*again * 4)) == 3

    case.refresh_from_db()
    assert (case.lead_officer, case.state) == (None, CaseState.SUBMITTED)


@pytest.fixture
def asked(scene):
    """A question that waits, with one paper handed in for it."""
    case = scene.case(waiting=True)
    question = QuestionFactory(case=case)
    item = QuestionItemFactory(question=question, done_at=timezone.now())
    file = AttachmentFactory(case=case, question_item=item, uploaded_by=scene.owner.user)
    return question, item, file


def test_a_paper_is_not_taken_back_from_an_answer_on_its_way(scene, asked):
    question, item, file = asked
    owner = scene.owner.user_id

    with pytest.raises(PaperInUseError):
        behind(
            lambda: messages.answer_question(
                question_id=question.pk, author_id=owner, body="如附件"
            ),
            lambda: removing.take_back(attachment_id=file.pk, by_id=owner),
        )

    file.refresh_from_db()
    item.refresh_from_db()
    assert file.removed_at is None
    assert item.done_at is not None


def test_an_answer_behind_a_paper_taken_back_finds_it_asked_for_again(scene, asked):
    question, item, file = asked
    owner = scene.owner.user_id

    behind(
        lambda: removing.take_back(attachment_id=file.pk, by_id=owner),
        lambda: messages.answer_question(question_id=question.pk, author_id=owner, body="沒有了"),
    )

    item.refresh_from_db()
    assert item.done_at is None


def test_a_file_removed_by_both_sides_at_once_is_removed_and_explained_once(scene, asked):
    _question, _item, file = asked
    reason = {"agency_id": scene.smesa.pk, "reason": "別家的報表"}

    race(
        *[lambda: removing.remove(attachment_id=file.pk, by_id=scene.lead.pk, **reason)] * 3,
        lambda: removing.take_back(attachment_id=file.pk, by_id=scene.owner.user_id),
    )

    assert events(file.case, "case.file_removed") == 1
    assert CaseMessage.objects.filter(body="別家的報表").count() <= 1


def test_two_who_hand_over_the_same_case_give_it_to_one(scene):
    left, one, two = (officer_of(scene.smesa) for _ in range(3))
    case = scene.case(in_progress=True)
    Case.objects.filter(pk=case.pk).update(lead_officer=left)
    leave(left, scene.duty)

    def give(to):
        return lambda: handing_over.hand_over(
            case_id=case.pk, to_id=to.pk, by_id=scene.duty.pk, agency_ids=None
        )

    results = race(give(one), give(two))

    case.refresh_from_db()
    assert refusals(results) == 1
    assert case.lead_officer in (one, two)
    assert events(case, "case.assigned") == 1


def test_an_offer_taken_while_the_rest_is_handed_over_stays_with_its_taker(scene):
    left, takes, stays = (officer_of(scene.smesa) for _ in range(3))
    case = scene.case(in_progress=True)
    held = NeedFactory(case=case, in_progress=True, agency=scene.smesa, officer=left)
    offered = OfferFactory(need__case=case, agency=scene.smesa, need__agency=scene.smesa).need
    leave(left, scene.duty)

    results = race(
        lambda: needs.accept(need_id=offered.pk, officer_id=takes.pk),
        lambda: handing_over.hand_over(
            case_id=case.pk, to_id=stays.pk, by_id=scene.duty.pk, agency_ids=None
        ),
    )

    held.refresh_from_db()
    offered.refresh_from_db()
    assert refusals(results) == 0
    assert (offered.officer, held.officer) == (takes, stays)


def test_of_many_merged_the_one_withdrawn_meanwhile_ends_once(scene):
    target, one, two = (scene.case(in_progress=True) for _ in range(3))

    def merge_both():
        return bulk.each(
            [one.pk, two.pk],
            lambda pk: merging.merge(
                case_id=pk, into_id=target.pk, by_id=scene.duty.pk, reason="同案"
            ),
        )

    results = race(
        merge_both,
        lambda: resolution.withdraw(case_id=one.pk, by_id=scene.owner.user_id, reason=""),
    )

    one.refresh_from_db()
    two.refresh_from_db()
    was_merged = one.state == CaseState.MERGED
    assert two.state == CaseState.MERGED
    assert [outcome.is_done for outcome in results[0]] == [was_merged, True]
    assert refusals(results[1:]) == was_merged
    assert [clocks_run(case) for case in (target, one, two)] == [1, 0, 0]


def test_nothing_is_merged_into_a_case_withdrawn_meanwhile_unseen(scene):
    target, case = scene.case(in_progress=True), scene.case(in_progress=True)

    results = race(
        lambda: merging.merge(
            case_id=case.pk, into_id=target.pk, by_id=scene.duty.pk, reason="同案"
        ),
        lambda: resolution.withdraw(case_id=target.pk, by_id=scene.owner.user_id, reason=""),
    )

    case.refresh_from_db()
    target.refresh_from_db()
    assert target.state == CaseState.WITHDRAWN
    assert case.state == (CaseState.PROGRESS if refusals(results) else CaseState.MERGED)
    assert clocks_run(target) == 0


@pytest.fixture
def stated():
    firm = EnterpriseFactory(owner=UserFactory())
    made = StatedEnterpriseFactory(
        enterprise=firm,
        case__contact_email="caller@tests.example",
        case__business_number=firm.business_number,
    )
    ClockSpanFactory(case=made.case)
    return made


def member_of(enterprise):
    return EnterpriseMembershipFactory(enterprise=enterprise, user=UserFactory()).user


def said_yes(stated, by):
    return lambda: calling.confirm(
        stated_id=stated.pk,
        user_id=by.pk,
        reference=stated.case.reference,
        contact="caller@tests.example",
    )


def test_a_call_is_confirmed_or_denied_and_never_both(stated):
    yes, no = (member_of(stated.enterprise) for _ in range(2))

    results = race(said_yes(stated, yes), lambda: calling.deny(stated_id=stated.pk, user_id=no.pk))

    stated.refresh_from_db()
    case = Case.objects.get(pk=stated.case_id)
    is_ours = stated.statement == Statement.OURS
    assert refusals(results) == 1
    assert (case.enterprise is not None) is is_ours
    assert events(case, "case.enterprise_confirmed") == is_ours
    assert events(case, "case.enterprise_denied") == (not is_ours)


def test_a_number_is_corrected_or_confirmed_and_never_both(stated):
    duty, member = UserFactory(staff_role="duty"), member_of(stated.enterprise)
    Case.objects.filter(pk=stated.case_id).update(opened_by=duty)

    results = race(
        said_yes(stated, member),
        lambda: calling.correct_number(
            case_id=stated.case_id, number="", by_id=duty.pk, reason="沒有統編"
        ),
    )

    case = Case.objects.get(pk=stated.case_id)
    assert refusals(results) == 1
    assert (case.enterprise is None) is (case.business_number == "")
    assert events(case, "case.number_corrected") == (case.enterprise is None)


@pytest.mark.parametrize("says", ["yes", "no"])
def test_who_leaves_the_enterprise_in_that_moment_answers_no_call_for_it(stated, says):
    person = member_of(stated.enterprise)
    place = EnterpriseMembership.objects.get(user=person)
    acts = {
        "yes": said_yes(stated, person),
        "no": lambda: calling.deny(stated_id=stated.pk, user_id=person.pk),
    }

    with pytest.raises(NotAMemberError):
        behind(lambda: memberships.end(membership_id=place.pk, actor_id=person.pk), acts[says])

    stated.refresh_from_db()
    assert stated.statement == Statement.WAITING
    assert Case.objects.get(pk=stated.case_id).enterprise is None


def test_who_leaves_in_that_moment_takes_no_case_into_the_enterprise(stated):
    person = member_of(stated.enterprise)
    place = EnterpriseMembership.objects.get(user=person)

    with pytest.raises(NotAMemberError):
        behind(
            lambda: memberships.end(membership_id=place.pk, actor_id=person.pk),
            lambda: intake.claim_into_account(
                case_id=stated.case_id, user_id=person.pk, enterprise_id=stated.enterprise_id
            ),
        )

    assert Case.objects.get(pk=stated.case_id).applicant is None


def test_no_file_reaches_a_case_that_was_withdrawn_in_that_moment(scene):
    case = scene.case(in_progress=True)
    paper = SimpleUploadedFile("401.pdf", pdf(), content_type="application/pdf")

    with pytest.raises(MoveNotAllowedError):
        behind(
            lambda: resolution.withdraw(case_id=case.pk, by_id=scene.owner.user_id, reason=""),
            lambda: files.add_to_case(
                case_id=case.pk, checked=check_upload(paper), content=paper, by_id=None
            ),
        )

    assert not case.attachments.exists()
    assert events(case, "case.file_added") == 0


def test_a_case_taken_into_an_account_while_confirmed_belongs_to_one_alone(stated):
    other = EnterpriseMembershipFactory(role=Role.OWNER)
    Case.objects.filter(pk=stated.case_id).update(opened_by=UserFactory())

    results = race(
        said_yes(stated, UserFactory()),
        lambda: intake.claim_into_account(
            case_id=stated.case_id, user_id=other.user_id, enterprise_id=other.enterprise_id
        ),
    )

    case = Case.objects.get(pk=stated.case_id)
    assert refusals(results) == 1
    taken = case.applicant_id == other.user_id
    assert case.enterprise_id == (other.enterprise_id if taken else stated.enterprise_id)


def test_two_administrators_remove_a_person_once(scene):
    admins = [officer_of(scene.smesa, Role.ADMINISTRATOR) for _ in range(2)]

    def remove(by):
        return lambda: ownership.remove(
            membership_id=scene.owner.pk, actor_id=by.pk, reason="並非負責人"
        )

    results = race(*[remove(by) for by in admins])

    assert sorted(isinstance(one, MoveNotAllowedError) for one in results) == [False, True]
    assert Removal.objects.count() == 1


def test_two_administrators_appoint_one_owner(scene):
    admins = [officer_of(scene.smesa, Role.ADMINISTRATOR) for _ in range(2)]
    firm = EnterpriseFactory()
    members = [EnterpriseMembershipFactory(enterprise=firm, role=Role.MEMBER) for _ in range(2)]

    def appoint(member, by):
        return lambda: ownership.appoint_owner(membership_id=member.pk, actor_id=by.pk)

    results = race(*[appoint(*pair) for pair in zip(members, admins, strict=True)])

    assert sorted(isinstance(one, HasOwnerError) for one in results) == [False, True]
    owners = EnterpriseMembership.objects.active().owners().filter(enterprise=firm)
    assert owners.count() == 1
