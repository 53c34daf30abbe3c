"""An owner searches in her own words: she finds her answer and does not file, or it goes along."""

from playwright.sync_api import expect

from assistance.models import Case
from knowledge.models import LawArticle, Question, Topic
from sme_portal.seeds.demo.people import Cast
from tests.browser.visiting import Person, Visits
from tests.factories.announcements import AnnouncementFactory
from tests.factories.knowledge import QuestionFactory

SLUG = "bond-by-instalments"
ASKED = "押標金可以分期繳嗎？"
IN_HER_WORDS = "押標金 分期"


def _library() -> Question:
    words = {
        "question_zh": ASKED,
        "question_en": "Can a bid bond be paid by instalments?",
        "answer_zh": "不行，要在截止投標前一次繳清。",
        "answer_en": "No. It is due in one sum before the deadline.",
        "topics": [Topic.objects.get(code="procurement-bonds")],
        "laws": [LawArticle.objects.get(law_code="gpa", article="30")],
    }
    AnnouncementFactory(
        slug="handbook",
        published=True,
        version__title_zh="押標金說明手冊更新",
        version__title_en="The handbook on bid bonds was revised",
    )
    return QuestionFactory(slug=SLUG, public=True, words=words)


def _finds(reader: Person) -> None:
    """From the first page to the answer, in her own words."""
    page = reader.go("/")
    page.locator(".sp-search-menu summary").click()
    page.locator("#site-q").fill(IN_HER_WORDS)
    reader.press(page.locator(".sp-search-menu button"))
    expect(page.locator("main mark").first).to_be_visible()
    reader.look("found")
    reader.press(page.get_by_role("link", name=ASKED))
    expect(page.get_by_text("政府採購法第 30 條").first).to_be_visible()


def test_an_owner_finds_her_answer_and_files_nothing(visits: Visits, cast: Cast) -> None:
    question = _library()
    reader = visits.person("reader", size="phone")
    _finds(reader)
    reader.look("answer")
    reader.press(reader.page.get_by_role("button", name="有", exact=True))

    expect(reader.page.get_by_text("謝謝您，這能讓").first).to_be_visible()
    question.refresh_from_db()
    assert (question.votes, question.helped) == (1, 1)
    assert not Case.objects.exists()


def test_what_did_not_help_goes_along_with_her_request(visits: Visits, cast: Cast) -> None:
    question = _library()
    reader = visits.person("reader")
    _finds(reader)
    reader.press(reader.page.get_by_role("button", name="沒有", exact=True))
    question.refresh_from_db()
    assert (question.votes, question.helped) == (1, 0)

    reader.press(reader.page.get_by_role("link", name="這題我要問承辦人").first)
    expect(reader.page.get_by_text(ASKED).first).to_be_visible()


def test_the_search_answers_while_she_types(visits: Visits, cast: Cast) -> None:
    _library()
    reader = visits.person("reader")
    page = reader.go("/en/search/")
    page.locator("#q").press_sequentially("bid bond")
    expect(page.locator("#found").get_by_role("link", name="Can a bid bond").first).to_be_visible()
    reader.look("typed")
    assert page.url.endswith("/en/search/?q=bid%20bond")


def test_pages_of_what_is_known_and_who_can_help(visits: Visits, cast: Cast) -> None:
    _library()
    visitor = visits.person("visitor", size="phone")
    for prefix in ("", "/en"):
        for path in ("/qa/", f"/qa/{SLUG}/", "/search/?q=xyzzy", "/news/handbook/", "/network/"):
            visitor.go(prefix + path)
            visitor.look(f"{prefix}{path}".strip("/").replace("/", "-").partition("?")[0])
