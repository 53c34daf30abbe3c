"""The folder in which the relay leaves its e-mails, read as a person reads her mail."""

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 60
PAUSE = 0.2


class Mails:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[EmailMessage]:
        return [_read(path) for path in sorted(self.folder.glob("*.eml"))]

    def wait(self, to: str, *words: str) -> EmailMessage:
        """The newest e-mail to this address that holds all the words; waits for the relay."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for mail in reversed(self.all()):
                if mail["To"] == to and all(word in text_of(mail) for word in words):
                    return mail
            time.sleep(PAUSE)
        known = [(mail["To"], mail["Subject"]) for mail in self.all()]
        raise AssertionError(f"no e-mail to {to} with {words}; there are {known}")

    def code(self, to: str, *, nth: int = 1) -> str:
        """The six digits that were sent to this address, the nth time; waits for the relay."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            told = [text_of(mail) for mail in self.all() if mail["To"] == to]
            codes = [found.group() for text in told if (found := re.search(r"\b\d{6}\b", text))]
            if len(codes) >= nth:
                return codes[nth - 1]
            time.sleep(PAUSE)
        raise AssertionError(f"no code number {nth} for {to}")


def _read(path: Path) -> EmailMessage:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return f"{mail['Subject']}\n{body.get_content()}"


def link_in(mail: EmailMessage, part: str) -> str:
    """The path of the link in an e-mail that contains `part`."""
    for url in re.findall(r"https?://\S+", text_of(mail)):
        if part in url:
            return urlsplit(url).path
    raise AssertionError(f"no link with {part} in {text_of(mail)}")
