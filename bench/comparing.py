"""Measure every scene at every size beside the floor, in interleaved rounds, and say what came of it."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.driving import quantile
from bench.running import (
    BASE,
    HOME,
    Measured,
    Servers,
    execute,
    load,
    make_base,
    make_database,
    servers,
    web,
)

ROUNDS = 3
TIMES = 40
LOAD_SECONDS = 6.0
MOST_MEMORY = 131
MOST_CPU_GROWTH = 1.15
MOST_P95_GROWTH = 1.3


@dataclass(frozen=True)
class Goal:
    """The page of the floor a scene is held against, how much more it may cost, and its queries."""

    floor: str
    ratio: float
    queries: int


# django-helpdesk serves 204 articles a second where the floor serves 570 of its detail page; three times as
# many as helpdesk is this much of the floor's CPU.
THIRD_OF_AN_ARTICLE = 0.93
GOALS = {
    "queue": Goal("list", 2.5, 10),
    "queue_agency": Goal("list", 2.5, 10),
    "queue_filtered": Goal("list", 2.5, 10),
    "queue_sorted": Goal("list", 2.5, 10),
    "case": Goal("detail", 2.5, 12),
    "case_agency": Goal("detail", 2.5, 12),
    "sme": Goal("detail", 2.5, 12),
    "submit": Goal("create", 2.2, 12),
    "search": Goal("list", 2.5, 8),
    "search_common": Goal("list", 2.5, 8),
    **dict.fromkeys(
        ("home", "catalogue", "answers", "answer"), Goal("detail", THIRD_OF_AN_ARTICLE, 2)
    ),
    "answer_own": Goal("detail", 2.5, 12),
}
UNDER_LOAD = ("queue", "case", "sme", "search")


@dataclass
class Figures:
    """One scene at one size; CPU in milliseconds per request, the median of the rounds."""

    app: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)
    queries: int = 0
    size_kib: float = 0.0

    def add(self, told: dict[str, Any]) -> None:
        self.app.append(told["app"])
        self.database.append(told["database"])
        self.walls += told["walls"]

    @property
    def cpu(self) -> float:
        return median(a + d for a, d in zip(self.app, self.database, strict=True))

    @property
    def p50(self) -> float:
        return quantile(self.walls, 0.5)

    @property
    def p95(self) -> float:
        return quantile(self.walls, 0.95)


@dataclass
class AtSize:
    facts: dict[str, Any]
    portal: dict[str, Figures]
    floor: dict[str, Figures]
    loads: dict[str, dict[str, Any]]
    bare: Figures


def run(
    sizes: Sequence[int], say: Callable[[str], None], rounds: int = ROUNDS, *, keep: bool = False
) -> str:
    """Measure at every size and return the report as Markdown."""
    found: dict[int, AtSize] = {}
    with servers(keep=keep) as running:
        say("making tables, reference data and a demonstration")
        make_base(running)
        for size in sizes:
            say(f"{size:,} cases: filling")
            found[size] = _at(running, size, say, rounds)
            if not keep:
                _drop(running, size)
            say(_table(found[size]))
    report = _report(found)
    (HOME / "report.md").write_text(report)
    return report


def _at(running: Servers, size: int, say: Callable[[str], None], rounds: int) -> AtSize:
    names = _names(size)
    make_database(running, names[0], BASE)
    make_database(running, names[1])
    portal = Measured(running, "bench.portal", names[0], size)
    floor = Measured(running, "bench.floor.process", names[1], size)
    say(f"{size:,} cases: measuring; {json.dumps(portal.facts)}")
    try:
        at = AtSize(portal.facts, {}, {}, {}, Figures())
        for process, into in ((portal, at.portal), (floor, at.floor)):
            for scene in process.facts["scenes"]:
                into[scene] = _counted(process, scene)
        for _ in range(rounds):
            for process, into in ((portal, at.portal), (floor, at.floor)):
                for scene, figures in into.items():
                    figures.add(process.ask(do="measure", scene=scene, times=TIMES))
            at.bare.add(portal.ask(do="bare", scene="submit", times=TIMES))
        at.loads = _loads(portal, floor)
        return at
    finally:
        portal.end()
        floor.end()


def _names(size: int) -> tuple[str, str]:
    return f"bench_portal_{size}", f"bench_floor_{size}"


def _drop(running: Servers, size: int) -> None:
    for name in _names(size):
        execute(running, f"DROP DATABASE {name} WITH (FORCE)")


def _counted(process: Measured, scene: str) -> Figures:
    told = process.ask(do="queries", scene=scene)
    (HOME / "logs" / f"sql-{scene}.txt").write_text("\n\n".join(told["sql"]))
    return Figures(queries=told["queries"], size_kib=told["bytes"] / 1024)


def _loads(portal: Measured, floor: Measured) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for application, process, scenes in (
        ("bench.floor.wsgi", floor, ("list", "detail")),
        ("sme_portal.wsgi", portal, UNDER_LOAD),
    ):
        with web(application, process.environment) as (port, master):
            for scene in scenes:
                asked = process.ask(do="cookies", scene=scene)
                load(port, master, asked["path"], asked["cookies"], 1.0)
                done = load(port, master, asked["path"], asked["cookies"], LOAD_SECONDS)
                found[scene] = vars(done)
    return found


def _table(at: AtSize) -> str:
    heads = (
        *("page", "queries", "goal", "app ms", "PostgreSQL ms", "CPU ms", "floor ms", "ratio"),
        *("goal", "p50", "p95", "KiB gz", "requests/s at 8"),
    )
    lines = [f"| {' | '.join(heads)} |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    for scene, one in at.portal.items():
        goal = GOALS[scene]
        floor = at.floor[goal.floor].cpu
        ratio = one.cpu / floor
        mark = "" if ratio <= goal.ratio else " **over**"
        rate = f"{at.loads[scene]['per_second']:.0f}" if scene in at.loads else ""
        lines.append(
            f"| {scene} | {one.queries} | {goal.queries} | {median(one.app):.2f}"
            f" | {median(one.database):.2f} | {one.cpu:.2f} | {floor:.2f} ({goal.floor})"
            f" | {ratio:.2f}{mark} | {goal.ratio} | {one.p50:.1f} | {one.p95:.1f}"
            f" | {one.size_kib:.0f} | {rate} |"
        )
    for scene, one in at.floor.items():
        rate = f"{at.loads[scene]['per_second']:.0f}" if scene in at.loads else ""
        lines.append(
            f"| *floor: {scene}* | {one.queries} | | {median(one.app):.2f}"
            f" | {median(one.database):.2f} | {one.cpu:.2f} | | | | {one.p50:.1f} | {one.p95:.1f}"
            f" | {one.size_kib:.0f} | {rate} |"
        )
    lines += ["", _bare_line(at)]
    held = {
        name: at.loads[name]["memory_mib"]
        for name in ("queue", "search", "list")
        if name in at.loads
    }
    lines.append("")
    lines.append(
        f"Memory of 2 workers (PSS) after the load: portal {held.get('search', 0):.0f} MiB"
        f" (goal {MOST_MEMORY}), floor {held.get('list', 0):.0f} MiB."
    )
    return "\n".join(lines)


def _bare_line(at: AtSize) -> str:
    least = at.floor["create"].cpu
    return (
        f"The transaction of submit alone, sent by the driver: application {median(at.bare.app):.2f} ms,"
        f" PostgreSQL {median(at.bare.database):.2f} ms, together {at.bare.cpu / least:.2f} times the"
        " floor's whole request."
    )


def _growth(found: dict[int, AtSize]) -> str:
    sizes = sorted(found)
    least, most = found[sizes[0]], found[sizes[-1]]
    floors = {name: most.floor[name].cpu / least.floor[name].cpu for name in least.floor}
    lines = [
        f"## Growth from {sizes[0]:,} to {sizes[-1]:,} cases",
        "",
        "| page | CPU × | goal | the floor's own × | p95 × | goal | queries |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    for scene, first in least.portal.items():
        last = most.portal[scene]
        same = "same" if first.queries == last.queries else f"{first.queries} → {last.queries}"
        lines.append(
            f"| {scene} | {last.cpu / first.cpu:.2f} | {MOST_CPU_GROWTH}"
            f" | {floors[GOALS[scene].floor]:.2f} | {last.p95 / first.p95:.2f} | {MOST_P95_GROWTH} | {same} |"
        )
    return "\n".join(lines)


def _report(found: dict[int, AtSize]) -> str:
    parts = [f"Measured {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC."]
    for size, at in found.items():
        facts = {name: value for name, value in at.facts.items() if name != "scenes"}
        parts += [f"## {size:,} cases", "", f"`{json.dumps(facts)}`", "", _table(at)]
    if len(found) > 1:
        parts.append(_growth(found))
    return "\n\n".join(parts) + "\n"
