"""Volunteer advisers beside the desks: a few of those who show that they serve the county."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from network.volunteer_cards import cards_of, shown_for

A_FEW = 3


def advisers(county: str, topic: str) -> dict[str, Any]:
    """What a page needs to show some, and to lead to all of them."""
    found = shown_for(county, topic)
    total = found.count()
    said = {"county": county, "topic": topic} if topic else {"county": county}
    return {
        "advisers": cards_of(found.order_by("pk")[:A_FEW], timezone.localdate()),
        "advisers_total": total,
        "advisers_url": f"{reverse('volunteers:index')}?{urlencode(said)}",
    }
