"""Third-party files by an explicit list; e-mails as files in the demo."""

import email
from email import policy
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.mail import EmailMessage

from sme_portal import mail, vendor


def test_listed_files_of_node_modules_are_served_and_no_others(settings: Any) -> None:
    for name in settings.VENDOR_FILES:
        assert finders.find(f"vendor/{name}"), f"{name} is missing: run make venv"

    assert not finders.find("vendor/bootstrap/package.json")
    assert not finders.find("vendor/../package.json")


def test_files_that_npm_has_not_brought_are_named(settings: Any, tmp_path: Path) -> None:
    settings.NODE_MODULES_DIR = tmp_path

    assert vendor.missing_files() == settings.VENDOR_FILES
    assert list(vendor.VendorFinder().list(None)) == []


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MAIL_DIR = tmp_path / "mail"
    return tmp_path / "mail"


def letter(number: str) -> EmailMessage:
    return EmailMessage(
        "案件已收到",
        "您好：我們收到您的申請。",
        "portal@demo.example",
        ["owner.a@demo.example"],
        headers={"Message-ID": f"<{number}@demo.example>"},
    )


def test_each_letter_is_a_file_that_mail_programs_can_read(folder: Path) -> None:
    assert mail.FolderBackend().send_messages([letter("1"), letter("2")]) == 2

    files = sorted(folder.glob("*.eml"))
    assert len(files) == 2
    read = email.message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert read["Subject"] == "案件已收到"
    assert read["To"] == "owner.a@demo.example"
    assert "我們收到您的申請" in read.get_content()
    assert [path for path in folder.iterdir() if path.suffix != ".eml"] == []


def test_the_same_letter_sent_twice_is_one_file(folder: Path) -> None:
    backend = mail.FolderBackend()
    backend.send_messages([letter("1")])
    backend.send_messages([letter("1")])

    assert len(list(folder.glob("*.eml"))) == 1
