"""How a test has a mandate asked for, confirmed and used."""

import datetime as dt
import re
import uuid

from assistance.models import Case, Mandate
from assistance.services import mandate_answers, mandates
from assistance.services.mandate_answers import Terms
from assistance.services.mandates import Stated
from notifications.models import Message
from tests.factories.assistance import today
from tests.factories.mandates import SAID

HERS = "owner@firm.example"


def stated(**changed) -> Stated:
    said = {
        "capacity": "accountant",
        "firm": "示範會計師事務所",
        "enterprise_name": "示範木業有限公司",
        "business_number": "04595257",
        "principal_name": "林雅雯",
        "principal_email": HERS,
        "principal_phone": "0900-000-001",
        "language": "zh-hant",
        "given_on": today(),
        "given_how": "paper",
        "may_read": True,
        "may_write": False,
        "is_standing": False,
        "valid_to": today() + dt.timedelta(days=365),
    }
    return Stated(**said | changed)


def prepared(filer, systems=(), **changed) -> Mandate:
    return mandates.prepare(
        key=uuid.uuid4(), filer_id=filer.pk, stated=stated(**changed), systems=systems
    )


def asked(filer, said=SAID, **changed) -> Mandate:
    made = prepared(filer, **changed)
    return mandates.ask(mandate_id=made.pk, filer_id=filer.pk, said=said)


def terms(**changed) -> Terms:
    said = {
        "may_read": True,
        "may_write": False,
        "is_standing": False,
        "valid_to": today() + dt.timedelta(days=100),
        "contact_name": "林雅雯",
        "contact_phone": "0900-000-001",
        "words": {"description": "她改過的說明。", "subject": "", "hoped_for": ""},
    }
    return Terms(**said | changed)


def secret_of(letter: Message) -> str:
    return re.search(r"/my/mandates/link/([^/\s]+)/", letter.text).group(1)


def letters(email=HERS):
    return Message.objects.filter(email=email, channel="email").order_by("pk")


def standing(filer, owner, systems=(), **changed) -> Mandate:
    made = prepared(filer, systems=systems)
    mandates.ask(mandate_id=made.pk, filer_id=filer.pk)
    allowed = terms(**{"is_standing": True, "words": None} | changed)
    return mandate_answers.confirm(mandate_id=made.pk, by_id=owner.pk, terms=allowed)[0]


def file_under(mandate, key=None, **changed) -> Case:
    return mandates.file_under(
        key=key or uuid.uuid4(),
        mandate_id=mandate.pk,
        filer_id=mandate.filer_id,
        said=SAID | changed,
    )
