"""E-mails as files, for the demo: one .eml per message in settings.MAIL_DIR."""

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FolderBackend(BaseEmailBackend):
    """Write each message whole or not at all; the same Message-ID always lands in the same file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and say how many."""
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._write(folder, message)
        return len(email_messages)

    def _write(self, folder: Path, message: EmailMessage) -> None:
        parsed = message.message()
        digest = hashlib.sha256(str(parsed["Message-ID"]).encode()).hexdigest()[:16]
        known = next(folder.glob(f"*-{digest}.eml"), None)
        name = known or folder / f"{timezone.now():%Y%m%dT%H%M%S%f}-{digest}.eml"
        half = folder / f".{digest}-{os.getpid()}-{threading.get_ident()}"
        half.write_bytes(parsed.as_bytes())
        half.replace(name)
