"""What somebody may not see changes nothing in her search: no result, count, word or suggestion."""

from urllib.parse import urlencode

import pytest

from accounts.models import Agency
from accounts.roles import STAFF_ROLES, Role
from assistance.search_text import case_search_text
from knowledge.models import MissedSearch, Question, Topic
from network.services import indexing
from sme_portal.seeds.reference import seed_reference
from tests.factories.accounts import EnterpriseMembershipFactory, StaffMembershipFactory
from tests.factories.announcements import AnnouncementFactory, AnnouncementVersionFactory
from tests.factories.assistance import CaseFactory
from tests.factories.knowledge import QuestionFactory, QuestionVersionFactory
from tests.factories.network import OfferingFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

# A word nowhere else, a common one, a piece of it, both together, and a part of the hidden number.
QUERIES = ("qzword", "貸款", "qzword 貸款", "貸款 祕密", "祕密", "secret loan", "A115-08")


@pytest.fixture
def library():
    seed_reference()
    topics = {"topics": [Topic.objects.first()]}
    words = {"question_zh": "貸款要準備什麼？", "question_en": "What does a loan take?"}
    QuestionFactory(public=True, words={**words, **topics})
    AnnouncementFactory(published=True, version__title_zh="貸款診斷")
    OfferingFactory(organisation=OrganisationFactory(name_zh="貸款諮詢處"))
    indexing.index_due()


def readers() -> dict[str, object]:
    """A visitor, an owner, and every role of an agency that has nothing to do with it."""
    found = {role.value: StaffMembershipFactory(role=role).user for role in STAFF_ROLES}
    return {"visitor": None, "owner": EnterpriseMembershipFactory(owner=True).user, **found}


def searches(client, people) -> dict[tuple[str, ...], str]:
    """What each person finds by each query, as it stands on the page."""
    found = {}
    for name, user in people.items():
        client.logout()
        if user:
            client.force_login(user)
        for query in QUERIES:
            for more in ({}, {"kind": "news"}, {"kind": "network"}):
                answer = client.get(
                    "/search/?" + urlencode({"q": query, **more}), headers={"HX-Request": "true"}
                )
                found[name, query, *more.values()] = answer.content.decode()
    return found


def hide_all_kinds() -> None:
    """One of everything that these people may not see, all of it about the same words."""
    zh, en = "qzword 貸款祕密", "qzword secret loan"
    topics = {"topics": [Topic.objects.first()]}
    QuestionFactory(words={"question_zh": zh, "question_en": en, **topics})
    retired = QuestionFactory(public=True, words={"question_zh": zh, "question_en": en, **topics})
    Question.objects.filter(pk=retired.pk).update(state="retired", retired_because="過時")
    QuestionVersionFactory(
        question=Question.objects.public().first(), number=2, question_zh=zh, **topics
    )
    titles = {"version__title_zh": zh, "version__title_en": en}
    AnnouncementFactory(**titles)
    AnnouncementFactory(published=True, withdrawn=True, **titles)
    waiting = AnnouncementFactory(version=False)
    AnnouncementVersionFactory(announcement=waiting, in_review=True, title_zh=zh, title_en=en)
    AnnouncementFactory(
        published=True, **titles, version__audience="role", version__roles=[Role.MEMBER]
    )
    text = case_search_text(
        reference="A115-08-00001",
        subject=zh,
        enterprise_name="",
        business_number="",
        description=en,
    )
    smesa = Agency.objects.get(code="smesa")
    CaseFactory(subject=zh, search=text, triaged=True, lead_agency=smesa)
    OrganisationFactory(name_zh=zh, name_en=en, closed=True)
    VolunteerFactory(name=zh)
    indexing.index_due()


# They see what others do not: closed entries; all cases.
SEE_MORE = {Role.ADMINISTRATOR: "network", Role.AUDITOR: "cases", Role.DUTY: "cases"}


def test_what_somebody_may_not_see_changes_nothing_of_what_she_finds(client, library):
    people = {name: who for name, who in readers().items() if name not in SEE_MORE}
    before = searches(client, people)
    missed = list(MissedSearch.objects.values_list("words", flat=True))

    hide_all_kinds()

    after = searches(client, people)
    changed = [key for key, page in after.items() if page != before[key]]
    assert not changed
    assert set(MissedSearch.objects.values_list("words", flat=True)) == set(missed)
