"""How a test asks for help: through the pages, as a guest or signed in, and by the service."""

import re
import uuid

from accounts.models import Agency
from assistance.asking import Asking
from assistance.services import intake
from ledger.models import Entry
from notifications.models import Message
from notifications.registry import LETTER_KIND
from tests.factories.assistance import CoordinatorFactory
from tests.factories.catalogue import EditionFactory, SystemAgencyFactory, SystemFactory

STORY = "接到德國客戶的大訂單，要先買鋁材，但銀行說財報不夠好，不肯貸款。希望九月前拿到周轉金。"
EMAIL = "lin@example.test"

ANSWERS = {
    "problem": {"description": STORY},
    "hopes": {"hoped_for": "九月前拿到周轉金"},
    "system": {"systems": ["financing"]},
    "business": {"business_number": "99990009"},
    "details": {"name": "示範乙精密股份有限公司", "county": "taichung", "industry": "C"},
    "papers": {},
    "contact": {"name": "林雅雯", "email": EMAIL, "phone": "04-2345-6789", "time": "下午"},
}
CONSENT = {"handle": "on", "share_with_agencies": "on"}


def catalogue() -> Agency:
    """Two of the eleven systems and the agency that coordinates and answers for them."""
    smesa = CoordinatorFactory()
    for number, code, short in ((1, "financing", "財務融通"), (7, "marketing", "市場行銷")):
        system = SystemFactory(number=number, code=code)
        SystemAgencyFactory(system=system, agency=smesa)
        EditionFactory(system=system, short_zh=short, resolution_days=20 + number)
    return smesa


def asking(**changed) -> Asking:
    said = {
        "description": STORY,
        "contact_name": "林雅雯",
        "contact_email": EMAIL,
        "system_codes": ("financing",),
        "business_number": "99990009",
        "enterprise_name": "示範乙精密股份有限公司",
        "county": "taichung",
        "industry": "C",
        "consents": ("handle", "share_with_agencies"),
    }
    return Asking(**{**said, **changed})


def submit(key=None, by="someone", **more):
    asked = more.pop("asking", None) or asking()
    return intake.submit(key=key or uuid.uuid4(), by=by, asking=asked, **more)


def answer_all(client, answers=ANSWERS, *, until=""):
    """Walk through the pages; every one leads on by a 303."""
    client.post("/request/begin/")
    for step, said in answers.items():
        if step == until:
            return
        response = client.post(f"/request/{step}/", said)
        assert response.status_code == 303, (step, response.content.decode())


def newest_code(email=EMAIL) -> str:
    letter = Message.objects.filter(email=email, kind=LETTER_KIND).latest("pk")
    return re.search(r"\b\d{6}\b", letter.text).group()


def confirm(client, email=EMAIL):
    return client.post("/request/confirm/", {"code": newest_code(email)})


def send(client, **changed):
    page = client.get("/request/check/")
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page.content.decode()).group(1)
    return client.post("/request/check/", {"idempotency_key": key, **CONSENT, **changed})


def ask_as_guest(client):
    """The whole way; returns the answer to sending."""
    answer_all(client)
    assert confirm(client).status_code == 303
    return send(client)


def entries(case):
    """What the ledger holds of this case."""
    return Entry.objects.filter(stream=f"assistance.case:{case.pk}")
