"""Measure the one search on many documents beside the floor and beside a plain query of PostgreSQL."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from statistics import median

from bench.comparing import Figures
from bench.driving import quantile
from bench.looking_up import QUERIES, READERS
from bench.running import BASE, HOME, Measured, Servers, make_base, make_database, servers

DOCUMENTS = 200_000
TIMES = 10
PLAIN_TIMES = 2
MOST_P95 = 60.0
MOST_QUERIES = 8
FLOOR_ROWS = 1_000


def run(size: int, say: Callable[[str], None], rounds: int, *, keep: bool = False) -> str:
    """Measure and return the report as Markdown."""
    with servers(keep=keep) as running:
        say("making tables, reference data and a demonstration")
        make_base(running)
        report = _measure(running, size, say, rounds)
    (HOME / "report-search.md").write_text(report)
    return report


def _measure(running: Servers, size: int, say: Callable[[str], None], rounds: int) -> str:
    names = (f"bench_search_{size}", "bench_floor_search")
    make_database(running, names[0], BASE)
    make_database(running, names[1])
    say(f"{size:,} documents: filling")
    portal = Measured(running, "bench.library", names[0], size)
    floor = Measured(running, "bench.floor.process", names[1], FLOOR_ROWS)
    facts = {name: value for name, value in portal.facts.items() if name != "scenes"}
    say(f"{size:,} documents: measuring; {json.dumps(facts)}")
    try:
        found = {scene: _counted(portal, scene) for scene in portal.facts["scenes"]}
        listed = Figures()
        for _ in range(rounds):
            for scene, figures in found.items():
                figures.add(portal.ask(do="measure", scene=scene, times=TIMES))
            listed.add(floor.ask(do="measure", scene="list", times=TIMES))
        plain = {kind: portal.ask(do="plain", kind=kind, times=PLAIN_TIMES) for kind in QUERIES}
    finally:
        portal.end()
        floor.end()
    report = _report(size, facts, found, listed.cpu, {k: p["wall"] for k, p in plain.items()})
    say(report)
    return report


def _counted(process: Measured, scene: str) -> Figures:
    told = process.ask(do="queries", scene=scene)
    return Figures(queries=told["queries"], size_kib=told["bytes"] / 1024)


def _report(
    size: int,
    facts: Mapping[str, object],
    found: Mapping[str, Figures],
    floor: float,
    plain: Mapping[str, float],
) -> str:
    heads = "what is looked for|reader|queries|app ms|PostgreSQL ms|CPU ms|ratio|p50|p95|plain|×"
    lines = [
        f"Measured {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC. `{json.dumps(facts)}`",
        "",
        f"### {size:,} documents",
        "",
        f"| {heads.replace('|', ' | ')} |",
        "|---|---" + "|--:" * 9 + "|",
    ]
    for kind, words in QUERIES.items():
        for reader in READERS:
            one = found[f"{reader}: {kind}"]
            lines.append(
                f"| {kind}: {words} | {reader} | {one.queries} | {median(one.app):.1f}"
                f" | {median(one.database):.1f} | {one.cpu:.1f} | {one.cpu / floor:.1f}"
                f" | {one.p50:.1f} | {one.p95:.1f} | {plain[kind]:.0f} | {plain[kind] / one.p50:.1f} |"
            )
    return "\n".join([*lines, "", *_whole(found, floor)]) + "\n"


def _whole(found: Mapping[str, Figures], floor: float) -> list[str]:
    """Each reader's figures over all queries, and against the goals."""
    lines = []
    for reader in READERS:
        own = [one for scene, one in found.items() if scene.startswith(f"{reader}: ")]
        walls = [wall for one in own for wall in one.walls]
        p95, most = quantile(walls, 0.95), max(one.queries for one in own)
        mark = "" if p95 <= MOST_P95 and most <= MOST_QUERIES else " **over**"
        lines.append(
            f"- {reader}: p50 {quantile(walls, 0.5):.1f} ms, p95 {p95:.1f} ms (goal {MOST_P95:.0f}),"
            f" at most {most} queries (goal {MOST_QUERIES}), CPU {median(one.cpu for one in own):.1f} ms,"
            f" {median(one.cpu for one in own) / floor:.1f} times the floor's list ({floor:.1f}){mark}"
        )
    return lines
