"""The wire: one SMTP connection for a batch, and what the answers on it mean."""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from foundation.text import clean_line
from notifications.models import Message
from notifications.services.announcing import fingerprint
from notifications.services.rendering import absolute, portal_host

logger = logging.getLogger(__name__)

TIME_OUT_SECONDS = 10
FIRST_FINAL_CODE = 500
# The server refuses us, not the message: signing in failed or is asked for.
OUR_OWN_FAULT = {530, 534, 535, 538}


class PostClosedError(Exception):
    """The mail server cannot be reached at all: no message is to blame."""


class RefusedForGoodError(Exception):
    """The mail server will never take this message."""


class TryLaterError(Exception):
    """A message did not go through now, and may go through later."""


class PostOffice:
    """Sends messages over one connection, opened at the first and opened anew after trouble."""

    def __init__(self) -> None:
        self._connection: Any = None

    def send(self, message: Message) -> None:
        """Hand over one message, or raise which of the three troubles it met."""
        try:
            mail = as_mail(message)
            mail.message()
        except Exception as error:
            raise TryLaterError(describe(error)) from error
        self._open()
        try:
            mail.connection = self._connection
            if not mail.send():
                raise TryLaterError("the mail backend took nothing")
        except TryLaterError:
            self.close()
            raise
        except Exception as error:
            self.close()
            raise _meaning(error) from error

    def close(self) -> None:
        if self._connection is None:
            return
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException):
            logger.info("the mail server had already gone")
        self._connection = None

    def _open(self) -> None:
        if self._connection is not None:
            return
        connection = get_connection(
            timeout=getattr(settings, "EMAIL_TIMEOUT", None) or TIME_OUT_SECONDS
        )
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise PostClosedError(describe(error)) from error
        self._connection = connection


def as_mail(message: Message) -> EmailMultiAlternatives:
    """The message as an e-mail to its one recipient, the same one however often it is built."""
    headers = {
        "Message-ID": message_id(message.key),
        "X-Idempotency-Key": message.key,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "en" if message.language == "en" else "zh-Hant-TW",
    }
    if message.unsubscribe_path:
        headers["List-Unsubscribe"] = f"<{absolute(message.unsubscribe_path)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=message.subject, body=message.text, to=[message.email], headers=headers
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def message_id(key: str) -> str:
    """The Message-ID that belongs to a key."""
    return f"<{fingerprint(key)}.{fingerprint(key[::-1])}@{portal_host()}>"


def describe(error: BaseException) -> str:
    """One line for staff: the server's answer or the kind of error."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return _line(code, answer)
    if isinstance(error, smtplib.SMTPResponseException):
        return _line(error.smtp_code, error.smtp_error)
    return clean_line(f"{type(error).__name__}: {error}"[:400])


def _line(code: int, answer: bytes | str) -> str:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return clean_line(" ".join(f"{code} {words}".split())[:400])


def _meaning(error: Exception) -> Exception:
    code = 0
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    elif isinstance(error, smtplib.SMTPResponseException):
        code = error.smtp_code
    if code >= FIRST_FINAL_CODE and code not in OUR_OWN_FAULT:
        return RefusedForGoodError(describe(error))
    return TryLaterError(describe(error))
