"""Keeping the portal's processes alive, and clearing what a killed run left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sme_portal.embedded import processes
from sme_portal.running import record
from sme_portal.running.children import Children
from sme_portal.running.preparing import Preparation, PreparationError, Step
from sme_portal.running.stamps import Stamps, fingerprint

ASK_FOR_THE_PLACE = """
import sys
from pathlib import Path
from sme_portal.running import record
with record.only_one(Path(sys.argv[1])) as free:
    print(free)
"""
HAVE_A_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(60)
"""
SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def children(tmp_path: Path, said: list[str]) -> Children:
    return Children(tmp_path, tmp_path / "logs", {}, said.append)


def test_a_process_that_dies_is_started_again_and_that_is_said(
    children: Children, said: list[str]
) -> None:
    children.start("worker", SLEEPER)
    first = children.living()["worker"][0]
    os.kill(first, signal.SIGKILL)

    processes.wait_until(children.watch, 5)
    processes.wait_until(lambda: children.watch() or "worker" in children.living(), 5)

    try:
        assert children.living()["worker"][0] != first
        assert said == ["worker died (signal 9); starting it again"]
    finally:
        children.stop(patience=3)


def test_a_process_that_keeps_dying_is_started_at_longer_intervals(
    children: Children, said: list[str]
) -> None:
    children.start("relay", [sys.executable, "-c", "raise SystemExit('no database')"])

    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        children.watch()
        time.sleep(0.02)

    deaths = [words for words in said if "died" in words]
    assert 2 <= len(deaths) <= 5
    assert "  its last words: no database" in said


def test_stopping_ends_the_children_of_children_too(children: Children, tmp_path: Path) -> None:
    grandchild = tmp_path / "grandchild"
    children.start(
        "worker",
        [sys.executable, "-c", HAVE_A_CHILD, str(grandchild)],
    )
    assert processes.wait_until(lambda: grandchild.exists() and grandchild.read_text() != "", 10)

    children.stop(patience=3)

    assert processes.wait_until(lambda: not processes.is_alive(int(grandchild.read_text())), 5)


def test_children_of_a_killed_run_are_ended_but_strangers_with_their_number_are_not(
    tmp_path: Path,
) -> None:
    ours = subprocess.Popen(SLEEPER, start_new_session=True)
    stranger = subprocess.Popen(SLEEPER, start_new_session=True)
    left = record.Running(
        children={
            "web": (ours.pid, processes.started_at(ours.pid)),
            "worker": (stranger.pid, "1"),
        }
    )

    ended = record.end_leftovers(left, tmp_path)

    try:
        assert ended == ["web"]
        assert ours.wait(5) is not None
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_only_one_run_at_a_time_watches(tmp_path: Path) -> None:
    with record.only_one(tmp_path) as first:
        asked = subprocess.run(
            [
                *[sys.executable, "-c"],
                ASK_FOR_THE_PLACE,
                str(tmp_path),
            ],
            capture_output=True,
            text=True,
            check=True,
        )

    assert first
    assert asked.stdout.strip() == "False"


def test_what_runs_is_written_down_whole_and_a_broken_note_counts_for_nothing(
    tmp_path: Path,
) -> None:
    running = record.Running(7, "99", "http://127.0.0.1:8000", {"web": (8, "100")}, ["Valkey"])

    record.write(tmp_path, running)
    assert record.read(tmp_path) == running

    (tmp_path / "up.json").write_text('{"pid": 7')
    assert record.read(tmp_path) == record.Running()


def test_stamps_of_a_database_are_forgotten_with_it_and_those_of_files_are_not(
    tmp_path: Path,
) -> None:
    stamps = Stamps(tmp_path, lasting=["static"])
    stamps.keep("static", "a")
    stamps.keep("tables", "b")
    stamps.keep("database", "one")

    again = Stamps(tmp_path, lasting=["static"])
    again.of_database("one")
    assert again.is_done("tables", "b")

    again.of_database("another")
    assert again.is_done("static", "a")
    assert not again.is_done("tables", "b")


def test_a_fingerprint_changes_with_content_names_and_facts(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("one")
    first = fingerprint([file], "fact")

    assert fingerprint([file], "fact") == first
    assert fingerprint([file], "other") != first
    file.write_text("two")
    assert fingerprint([file], "fact") != first


def test_a_step_that_fails_says_why_and_is_tried_again_next_time(
    tmp_path: Path, said: list[str]
) -> None:
    (tmp_path / "manage.py").write_text("import sys; sys.exit('the table is locked')")
    stamps = Stamps(tmp_path)
    preparation = Preparation(tmp_path, stamps, {}, said.append)

    with pytest.raises(PreparationError, match="tables failed:\nthe table is locked"):
        preparation.take([Step("tables", ("migrate",), "word")], [])

    assert not stamps.is_done("tables", "word")
