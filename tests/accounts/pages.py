"""What tests of the account pages type, and how they send it."""

import uuid
from urllib.parse import urlencode

from django.urls import reverse

BAD = ["\x00", "\ud800", "字" * 3000, "𠮷" * 300, "\u202e\u200b", "ㅤ", "<script>"]


def url(name, *args):
    return reverse(f"account:{name}", args=args)


def post_as_typed(client, address, typed):
    """Post what no browser should send: halves of characters too."""
    body = urlencode(typed, errors="surrogatepass")
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


def key():
    return str(uuid.uuid4())
