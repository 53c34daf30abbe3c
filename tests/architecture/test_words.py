"""What must not stand in the source: writes in views, hosts of registries, styles and colours in templates."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
VIEWS = sorted(path for app in settings.HOUSE for path in (BASE / app).glob("views/**/*.py"))
PAGES = sorted((BASE / "templates").rglob("*.html"))
LETTERS = {"messages", "letters", "email", "mail_base.html"}
REGISTRIES = re.compile(
    r"(pypi\.org|pythonhosted\.org|registry\.npmjs|npmmirror|artifactory|/simple/?['\"\s])"
)
WRITES = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"}
HEX_COLOUR = re.compile(r"(?<![&\w\"/=])#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b")


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=BASE, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("the source is not a git clone")
    return [BASE / name for name in listed.stdout.split("\0") if name]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(BASE)))
def test_views_write_nothing(path: Path) -> None:
    """Services write; they are called through their module, which a view has imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    services = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "services" in (node.module or "")
        for alias in node.names
    }

    writes = [
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id in services)
    ]

    assert writes == []


def test_no_file_names_a_package_registry() -> None:
    found = {}

    for path in tracked_files():
        if path.is_file() and path != Path(__file__):
            hits = REGISTRIES.findall(path.read_text(encoding="utf-8", errors="replace"))
            if hits:
                found[str(path.relative_to(BASE))] = hits

    assert found == {}


def test_pages_carry_no_style_script_or_handler_of_their_own() -> None:
    """The content security policy would refuse them; letters are no pages."""
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:")
    scripts = re.compile(r"<script(?![^>]*(\bsrc=|nonce=|application/))")

    found = [
        str(path.relative_to(BASE))
        for path in PAGES
        if not LETTERS & set(path.parts)
        and (inline.search(text := path.read_text(encoding="utf-8")) or scripts.search(text))
    ]

    assert found == []


def test_no_page_hides_from_which_origin_its_forms_come() -> None:
    """With `no-referrer` browsers send `Origin: null`, and every form on the page is refused."""
    found = [
        path for path in (BASE / "templates").rglob("*.html") if "no-referrer" in path.read_text()
    ]

    assert found == []


def test_pages_name_no_colours() -> None:
    found = {
        str(path.relative_to(BASE)): hits
        for path in PAGES
        if not LETTERS & set(path.parts)
        and (hits := HEX_COLOUR.findall(path.read_text(encoding="utf-8")))
    }

    assert found == {}


def source_with(forbidden: str, pattern: str) -> list[str]:
    return [
        str(path.relative_to(BASE))
        for app in settings.HOUSE
        for path in (BASE / app).glob(pattern)
        if re.search(forbidden, path.read_text(encoding="utf-8"))
    ]


def test_models_do_not_override_save() -> None:
    assert source_with(r"def save\(self", "models/*.py") == []


def test_nothing_listens_to_signals_or_wraps_requests_in_transactions() -> None:
    listening = r"post_save|pre_save\.connect|@receiver|ATOMIC_REQUESTS"

    assert source_with(listening, "**/*.py") == []
