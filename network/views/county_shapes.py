"""The map of the counties: one link a county, coloured by how many points it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.reference import counties
from network.places import county_map

STEPS = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """One county: its outline, where its name stands, how many points, and the colour's step."""

    code: str
    name: str
    url: str
    path: str
    x: float
    y: float
    n: int
    step: int
    is_chosen: bool


def shapes(
    numbers: Mapping[str, int], chosen: str = "", query: str = "", page: str = "network:county"
) -> list[Shape]:
    """All counties with their numbers; the chosen one last, so that its border lies on top.

    page: what a county leads to; its code is the only argument.
    """
    most = max(numbers.values(), default=0)
    known = counties()
    found = [
        Shape(
            code=row["code"],
            name=known[row["code"]].name,
            url=reverse(page, args=[row["code"]]) + query,
            path=row["path"],
            x=row["x"],
            y=row["y"],
            n=numbers.get(row["code"], 0),
            step=step_of(numbers.get(row["code"], 0), most),
            is_chosen=row["code"] == chosen,
        )
        for row in county_map()["counties"]
    ]
    return sorted(found, key=lambda shape: shape.is_chosen)


def step_of(n: int, most: int) -> int:
    """From 0 (none) to 5 (as many as anywhere)."""
    return 0 if n == 0 else min(STEPS, 1 + (n - 1) * STEPS // max(most, 1))


def legend(most: int) -> list[tuple[int, str]]:
    """Each step in use with the numbers it stands for."""
    held: dict[int, list[int]] = {}
    for n in range(1, most + 1):
        held.setdefault(step_of(n, most), []).append(n)
    return [
        (step, f"{ns[0]}–{ns[-1]}" if len(ns) > 1 else str(ns[0])) for step, ns in held.items()
    ]


def view_box() -> str:
    return " ".join(str(n) for n in county_map()["box"])
