import pytest

from accounts.models import User
from notifications.channels import Channel
from notifications.models import Message
from notifications.registry import Recipient
from notifications.services.announcing import announce
from notifications.services.rendering import absolute, render_words
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script> & "Bcc: all@victims.example"\r\nBcc: all@victims.example'


def _words(language: str, **context: object) -> str:
    recipient = Recipient(email="a@tests.example", language=language, reason="Because.")
    rendered = render_words(
        "notifications/messages/notice",
        {"subject": "s", "paragraphs": ["p"], **context},
        recipient,
        "/account/inbox/",
    )
    return rendered.text + rendered.html


def test_a_mail_is_written_in_the_language_of_its_recipient() -> None:
    chinese, english = _words("zh-hant"), _words("en")

    assert "這封信由系統自動寄出" in chinese
    assert "sent automatically" in english
    assert "sent automatically" not in chinese


def test_the_page_is_linked_by_the_configured_origin(settings: object) -> None:
    settings.PORTAL_ORIGIN = "https://portal.example/"

    words = _words("zh-hant")

    assert "https://portal.example/account/inbox/" in words


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_a_link_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="path of this portal"):
        absolute(path)


def test_what_people_typed_is_shown_and_never_markup(happen: object) -> None:
    entry = happen(emails=["a@tests.example"], subject=HOSTILE, body=HOSTILE)

    announce(entry=entry)

    mail = Message.objects.get(channel=Channel.EMAIL)
    assert "<script>" not in mail.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in mail.html
    assert "<script>alert(1)</script> &" in mail.text
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def test_text_and_html_say_the_same(happen: object) -> None:
    entry = happen(emails=["a@tests.example"], body="請在 8 月 7 日（五）前補件。")

    announce(entry=entry)

    mail = Message.objects.get()
    for words in ("請在 8 月 7 日（五）前補件。", "http://testserver/account/inbox/", "自動寄出"):
        assert words in mail.text
        assert words in mail.html


def test_a_long_subject_is_cut_with_an_ellipsis(happen: object) -> None:
    entry = happen(emails=["a@tests.example"])
    entry.facts["subject"] = "長" * 500

    announce(entry=entry)

    assert len(Message.objects.get().subject) == 200
    assert Message.objects.get().subject.endswith("…")


def test_rare_characters_keep_their_bytes(happen: object) -> None:
    rare = "𠮷野家 𪜶 葛󠄀 \ue000"

    announce(entry=happen(emails=["a@tests.example"], body=rare))

    assert rare in Message.objects.get().text
    assert rare in Message.objects.get().html


def test_an_html_mail_fetches_nothing(happen: object) -> None:
    announce(entry=happen(emails=["a@tests.example"]))

    html = Message.objects.get().html
    assert "<img" not in html
    assert "url(" not in html
    assert " src=" not in html


def test_an_english_reader_gets_english_links(happen: object) -> None:
    reader: User = UserFactory(language="en")

    announce(entry=happen(users=[reader.pk]))

    mail = Message.objects.get(channel=Channel.EMAIL)
    assert "http://testserver/en/account/inbox/preferences/" in mail.text
    assert mail.language == "en"
