"""Auditors read what is being written, of every agency, and change nothing."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories.accounts import AgencyFactory
from tests.factories.announcements import AnnouncementFactory
from tests.factories.knowledge import QuestionFactory
from tests.knowledge.announcing import signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor():
    return signed_in(staff(Role.AUDITOR))


def test_they_read_every_agencys_drafts_and_find_nothing_to_press(auditor):
    question = QuestionFactory(agency=AgencyFactory())

    listed = auditor.get(reverse("manage_qa:index"))
    page = auditor.get(reverse("manage_qa:question", args=[question.slug]))

    assert [row["question"] for row in listed.context["rows"]] == [question]
    assert (
        "btn-primary" not in listed.content.decode().partition("<main")[2].partition("</main>")[0]
    )
    body = page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "<form" not in body
    for view in ("preview", "compare"):
        assert auditor.get(reverse(f"manage_qa:{view}", args=[question.slug])).status_code == 200


def test_they_read_announcements_and_their_versions(auditor):
    draft = AnnouncementFactory()

    listed = auditor.get(reverse("manage_news:list"))
    page = auditor.get(reverse("manage_news:page", args=[draft.slug]))

    assert [row["announcement"] for row in listed.context["rows"]] == [draft]
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main>")[0]
    version = reverse("manage_news:version", args=[draft.slug, 1])
    assert auditor.get(version).status_code == 200


@pytest.mark.parametrize("act", ["send", "approve", "confirm", "retire", "give_back"])
def test_they_do_nothing_to_a_question(auditor, act):
    question = QuestionFactory(public=True)

    answer = auditor.post(reverse(f"manage_qa:{act}", args=[question.slug]), {"because": "x"})

    assert answer.status_code == 403


@pytest.mark.parametrize("act", ["edit", "amend", "submit", "approve", "withdraw", "drop"])
def test_they_do_nothing_to_an_announcement(auditor, act):
    published = AnnouncementFactory(published=True)

    answer = auditor.post(reverse(f"manage_news:{act}", args=[published.slug]))

    assert answer.status_code == 403


@pytest.mark.parametrize("page", ["manage_qa:add", "manage_qa:laws", "manage_news:write"])
def test_they_do_not_write(auditor, page):
    assert auditor.get(reverse(page)).status_code == 403


def test_an_editor_still_reads_her_own_agencys_only():
    draft = QuestionFactory(agency=AgencyFactory())

    page = signed_in(staff(Role.EDITOR)).get(reverse("manage_qa:question", args=[draft.slug]))

    assert page.status_code == 404
