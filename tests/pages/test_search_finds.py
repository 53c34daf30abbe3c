"""The one search over what the portal and its demonstration really bring along."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
import yaml

from accounts.models import Agency
from knowledge.models import Question
from knowledge.services import questions
from network.models import Organisation
from sme_portal.seeds.demo.directory import seed_directory
from sme_portal.seeds.demo.stories import FOLDER
from sme_portal.seeds.reference import seed_reference
from tests.factories.announcements import AnnouncementFactory
from tests.knowledge import editing
from tests.pages.sought_and_found import FOUND, NOTHING

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST = 3
_LINK = re.compile(r'<h3><a href="(?:/en)?([^"]+)">')


@pytest.fixture
def library():
    """The thirty-nine questions published, the announcements and the directory of the demonstration."""
    seed_reference()
    seed_directory()
    agency = Agency.objects.get(code="smesa")
    editor, approver = editing.editor(agency), editing.approver(agency)
    for question in Question.objects.order_by("pk"):
        questions.send(question_id=question.pk, by_id=editor.pk)
        editing.approve(question, approver)
    for row in yaml.safe_load((FOLDER / "news.yaml").read_text(encoding="utf-8")):
        told = {name: row[name] for name in row if name.endswith(("_zh", "_en"))}
        words = {f"version__{name}": text for name, text in told.items()}
        AnnouncementFactory(slug=row["slug"], agency=agency, published="state" not in row, **words)


def found_by(client, query: str, prefix: str) -> list[str]:
    """The addresses among the first of each kind."""
    page = client.get(f"{prefix}/search/?" + urlencode({"q": query})).content.decode()
    groups = page.split('<section class="sp-found-group"')[1:]
    return [unescape(link) for group in groups for link in _LINK.findall(group)[:FIRST]]


def is_met(wanted: str, found: list[str], names: dict[str, str]) -> bool:
    if wanted == NOTHING:
        return not found
    if wanted.startswith("not "):
        return wanted.removeprefix("not ") not in found
    return (wanted if wanted.startswith("/") else names[wanted]) in found


def test_every_query_finds_what_it_should_in_both_languages(client, library):
    assert len(FOUND) >= 60
    names = {
        one.name_zh: f"/network/organisations/{one.uuid}/" for one in Organisation.objects.all()
    }

    missed = [
        (query, prefix, wanted, found)
        for query, wanted in FOUND.items()
        for prefix in ("", "/en")
        if not is_met(wanted, found := found_by(client, query, prefix), names)
    ]

    assert not missed, "\n".join(map(str, missed))
