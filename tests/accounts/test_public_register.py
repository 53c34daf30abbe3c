"""The real adapter against a server that answers as the public register does, and as it should not.

The rows are our own, in the register's shape; a server on this machine gives them.
"""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.business_number import is_valid
from accounts.registry import RegistryUnavailableError, asking
from accounts.registry.gcis import GcisRegistry
from tests.factories.accounts import UserFactory

NUMBER = "99990004"
VALID = [str(n) for n in range(99_990_000, 99_991_000) if is_valid(str(n))][:30]
ROW = {
    "Business_Accounting_NO": NUMBER,
    "Company_Name": "示範甲木業有限公司",
    "Responsible_Name": "王示範",
    "Company_Location": "台中市大里區示範路 1 號",
    "Company_Setup_Date": "0980318",
    "Paid_In_Capital_Amount": 6200000,
    "Company_Status_Desc": "核准設立",
}


class Server:
    """What it says next, and what it was asked."""

    def __init__(self) -> None:
        self.body, self.status, self.pause, self.cut = b"[]", 200, 0.0, False
        self.asked: list[dict[str, list[str]]] = []

    def says(self, body, status=200, *, pause=0.0, cut=False):
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status, self.pause, self.cut = status, pause, cut


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            told.asked.append(parse_qs(urlsplit(self.path).query))
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(told.body) + 100 * told.cut))
            self.end_headers()
            for at in range(0, len(told.body), 8):
                time.sleep(told.pause)
                try:
                    self.wfile.write(told.body[at : at + 8])
                    self.wfile.flush()
                except OSError:
                    return

        def log_message(self, *_args):
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    HereRegistry.address = f"http://127.0.0.1:{listening.server_port}/"
    yield told
    listening.shutdown()
    listening.server_close()


class HereRegistry(GcisRegistry):
    """The register's adapter, turned to this machine."""

    name = "here"


@pytest.fixture(autouse=True)
def _real_adapter(settings):
    settings.ENTERPRISE_REGISTRY = f"{__name__}.HereRegistry"
    settings.ENTERPRISE_REGISTRY_TIMEOUT = 0.4
    cache.clear()
    yield
    cache.clear()


def test_a_row_becomes_a_record(server):
    server.says([ROW])

    record = HereRegistry().find(NUMBER)

    assert record.name_zh == "示範甲木業有限公司"
    assert record.county == "taichung"
    assert server.asked[0]["$filter"] == [f"Business_Accounting_NO eq {NUMBER}"]


@pytest.mark.parametrize("body", [b"", b"  \n", b"[]"])
def test_an_unknown_number_is_no_error(server, body):
    server.says(body)

    assert HereRegistry().find(NUMBER) is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<html><body>busy</body></html>", 200),
        (b'[{"Company_Name": ', 200),
        (b'{"error": "no"}', 200),
        (b"[1, 2]", 200),
        (b"\xff\xfe", 200),
        (b"[" * 100_000, 200),
        (b" " * 300_000, 200),
        (json.dumps([{**ROW, "Business_Accounting_NO": "99990009"}]).encode(), 200),
        (b"[]", 500),
        (b"[]", 503),
        (b"[]", 404),
    ],
)
def test_what_cannot_be_read_counts_as_no_answer(server, body, status):
    server.says(body, status)

    with pytest.raises(RegistryUnavailableError):
        HereRegistry().find(NUMBER)


def test_an_answer_that_trickles_in_is_not_waited_for(server):
    server.says([ROW], pause=0.1)
    began = time.monotonic()

    with pytest.raises(RegistryUnavailableError):
        HereRegistry().find(NUMBER)

    assert time.monotonic() - began < 2


def test_a_connection_that_ends_early_counts_as_no_answer(server):
    server.says(b'[{"Company_Name"', cut=True)

    with pytest.raises(RegistryUnavailableError):
        HereRegistry().find(NUMBER)


def test_fields_that_nobody_could_keep_are_left_empty(server):
    server.says(
        [
            {
                **ROW,
                "Company_Name": "示範\x00甲",
                "Responsible_Name": ["王"],
                "Company_Setup_Date": "0981332",
                "Paid_In_Capital_Amount": 1e400,
            }
        ]
    )

    record = HereRegistry().find(NUMBER)

    assert (record.name_zh, record.representative) == ("", "")
    assert (record.founded_on, record.paid_in_capital) == (None, None)


def test_an_answer_is_kept_and_nobody_asks_twice(server):
    server.says([ROW])
    assert not asking.peek(NUMBER).is_known

    first, second = asking.ask(NUMBER), asking.ask(NUMBER)

    assert first == second == asking.peek(NUMBER)
    assert first.record.name_zh == "示範甲木業有限公司"
    assert first.record.founded_on.isoformat() == "2009-03-18"
    assert len(server.asked) == 1


def test_a_silent_register_is_left_alone_after_three_failures(server):
    server.says(b"busy", 500)

    answers = [asking.ask(NUMBER) for _try in range(6)]

    assert not any(answer.is_known for answer in answers)
    assert len(server.asked) == asking.MOST_FAILURES


def test_a_dissolved_company_is_not_filled_in(server):
    server.says([{**ROW, "Company_Status_Desc": "解散"}])

    answer = asking.ask(NUMBER)

    assert answer.is_known
    assert answer.record is None


@pytest.mark.django_db
class TestThePages:
    START = reverse("account:enterprise_start")
    DETAILS = reverse("account:enterprise_details")

    @pytest.fixture
    def person(self, client):
        client.force_login(UserFactory())
        return client

    def test_going_on_never_asks_the_register(self, person, server):
        server.says([ROW])

        gone = person.post(self.START, {"business_number": NUMBER})

        assert gone["Location"] == self.DETAILS
        assert server.asked == []
        assert person.get(self.DETAILS).status_code == 200

    def test_asked_beside_the_field_it_is_filled_in_on_the_next_page(self, person, server):
        server.says([ROW])

        beside = person.get(reverse("account:register"), {"business_number": NUMBER})
        person.post(self.START, {"business_number": NUMBER})

        assert "示範甲木業有限公司" in beside.content.decode()
        assert 'value="示範甲木業有限公司"' in person.get(self.DETAILS).content.decode()

    def test_without_a_script_a_button_asks(self, person, server):
        server.says([ROW])

        page = person.post(self.START, {"business_number": NUMBER, "ask": "1"})

        assert page.status_code == 200
        assert "示範甲木業有限公司" in page.content.decode()

    def test_a_register_that_is_down_is_said_and_stops_nobody(self, person, server):
        server.says(b"busy", 500)

        page = person.post(f"/en{self.START}", {"business_number": NUMBER, "ask": "1"})
        gone = person.post(self.START, {"business_number": NUMBER})

        assert "does not answer just now" in page.content.decode()
        assert gone.status_code == 303

    @pytest.mark.parametrize("typed", ["", "123", "12345678", "\x00", "9" * 5000])
    def test_what_is_no_number_is_not_asked_about(self, client, server, typed):
        answer = client.get(reverse("account:register"), {"business_number": typed})

        assert answer.status_code in {200, 400}
        assert server.asked == []

    def test_one_source_asks_twenty_times_at_most(self, client, server):
        for number in VALID:
            client.get(reverse("account:register"), {"business_number": number})

        assert len(server.asked) <= 20
