from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from notifications.services.delivery import deliver_due
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "sme_portal.mail.FolderBackend"
    settings.MAIL_DIR = tmp_path / "mail"
    settings.PORTAL_DEMO = True
    return tmp_path / "mail"


def _names(folder: Path) -> list[str]:
    return [path.stem for path in sorted(folder.glob("*.eml"))]


def test_the_mailbox_lists_what_was_sent(client: Client, folder: Path) -> None:
    MessageFactory(email="ann@tests.example", subject="給安的信")
    MessageFactory(email="ben@tests.example", subject="給班的信")
    deliver_due()

    everything = client.get("/dev/mailbox/").content.decode()
    anns = client.get("/dev/mailbox/", {"to": "ANN@"}).content.decode()

    assert "給安的信" in everything
    assert "給班的信" in everything
    assert "給班的信" not in anns


def test_an_empty_mailbox_is_a_page_too(client: Client, folder: Path) -> None:
    assert client.get("/dev/mailbox/").status_code == 200


def test_a_mail_shows_its_text_escaped_and_its_looks_in_a_cage(
    client: Client, folder: Path
) -> None:
    MessageFactory(
        text="<script>alert(1)</script> http://testserver/my/cases/\n",
        html="<style>p { margin: 0 }</style><script>alert(1)</script><p>您好</p>\n",
    )
    deliver_due()
    (name,) = _names(folder)

    page = client.get(f"/dev/mailbox/{name}/").content.decode()
    body = client.get(f"/dev/mailbox/{name}/body/")

    assert "&lt;script&gt;alert(1)" in page
    assert 'href="http://testserver/my/cases/"' in page
    assert "<iframe" in page
    assert 'sandbox=""' in page
    policy = body["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'sha256-")
    assert "unsafe-inline" not in policy
    assert body["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "name",
    ["..", "../../etc/passwd", "%2e%2e%2fpasswd", "x", "20260807T000000-zzzzzzzzzzzzzzzz", "\x00"],
)
def test_only_mails_of_the_folder_are_opened(client: Client, folder: Path, name: str) -> None:
    folder.mkdir()
    (folder.parent / "passwd").write_text("secret")

    answer = client.get(f"/dev/mailbox/{name}/")

    assert answer.status_code in {400, 404}


def test_a_link_out_of_the_folder_is_not_followed(client: Client, folder: Path) -> None:
    folder.mkdir()
    (folder.parent / "secret").write_text("Subject: secret\n\nsecret")
    (folder / "20260807T0000-0123456789abcdef.eml").symlink_to(folder.parent / "secret")

    assert "secret" not in client.get("/dev/mailbox/").content.decode()
    answer = client.get("/dev/mailbox/20260807T0000-0123456789abcdef/")
    assert answer.status_code == 404


def test_outside_the_demo_there_is_no_mailbox(client: Client, folder: Path, settings: Any) -> None:
    settings.PORTAL_DEMO = False

    assert client.get("/dev/mailbox/").status_code == 404
