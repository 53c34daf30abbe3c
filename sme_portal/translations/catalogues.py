"""One catalogue per app, and one for what belongs to the whole house: brought up to date, checked, compiled."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

from sme_portal.translations.extraction import Text, in_file

LANGUAGE = "zh_Hant"
OF_THE_HOUSE = {"sme_portal", "foundation", "ledger"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
    "Language": LANGUAGE,
    "Plural-Forms": "nplurals=1; plural=0;",
}
Key = tuple[str | None, str]


@dataclass
class Catalogue:
    """The texts of one app and where their translations are."""

    name: str
    file: Path
    texts: dict[Text, list[str]] = field(default_factory=dict)

    def read(self) -> polib.POFile:
        """The catalogue as it is on disk; an empty one where there is none."""
        po = polib.pofile(str(self.file)) if self.file.exists() else polib.POFile(wrapwidth=100)
        po.metadata = {**po.metadata, **HEADER}
        return po


def collect(base: Path, apps: Iterable[str]) -> list[Catalogue]:
    """Read all of the house's source and sort its texts into catalogues."""
    own = [app for app in apps if app not in OF_THE_HOUSE]
    place = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
    catalogues = {name: Catalogue(name, base / name / place) for name in own}
    house = Catalogue("house", base / place)
    for path in _sources(base, [*own, *OF_THE_HOUSE]):
        parts = path.relative_to(base).parts
        owner = parts[1] if parts[0] == "templates" else parts[0]
        catalogue = catalogues.get(owner, house)
        for text in in_file(path):
            places = catalogue.texts.setdefault(text, [])
            if (shown := path.relative_to(base).as_posix()) not in places:
                places.append(shown)
    return [house, *(one for one in catalogues.values() if one.texts or one.file.exists())]


def _sources(base: Path, apps: Iterable[str]) -> Iterator[Path]:
    for app in sorted(apps):
        for path in sorted((base / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
        yield from sorted((base / app).glob("templates/**/*.*"))
    for path in sorted((base / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield path


def update(catalogue: Catalogue) -> tuple[int, int]:
    """Add new texts and retire those no longer used, keeping every translation; returns how many of each."""
    po = catalogue.read()
    _drop_duplicates(po)
    known: dict[Key, polib.POEntry] = {(entry.msgctxt, entry.msgid): entry for entry in po}
    wanted = {
        (text.context, text.msgid): (text, places) for text, places in catalogue.texts.items()
    }
    added = 0
    for key, (text, places) in wanted.items():
        entry = known.get(key)
        if entry is None:
            entry = polib.POEntry(msgid=text.msgid, msgctxt=text.context)
            po.append(entry)
            added += 1
        entry.obsolete = False
        entry.occurrences = [(place, "") for place in places]
        if text.plural:
            entry.msgid_plural = text.plural
            entry.msgstr_plural = entry.msgstr_plural or {0: entry.msgstr}
    retired = [entry for key, entry in known.items() if key not in wanted and not entry.obsolete]
    for entry in retired:
        entry.obsolete = True
    if po:
        catalogue.file.parent.mkdir(parents=True, exist_ok=True)
        po.save(str(catalogue.file))
    return added, len(retired)


def _drop_duplicates(po: polib.POFile) -> None:
    """Keep one entry per text: the translated one."""
    seen: dict[Key, polib.POEntry] = {}
    for entry in list(po):
        key = (entry.msgctxt, entry.msgid)
        if key in seen:
            if not seen[key].msgstr and entry.msgstr:
                seen[key].msgstr = entry.msgstr
            po.remove(entry)
        else:
            seen[key] = entry


def translation_of(entry: polib.POEntry) -> str:
    """What is shown; Chinese has one form for every number."""
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def problems(catalogues: Iterable[Catalogue]) -> list[str]:
    """List in words all that is missing or wrong."""
    found: list[str] = []
    shown: dict[Key, tuple[str, str]] = {}
    for catalogue in catalogues:
        known: dict[Key, polib.POEntry] = {
            (entry.msgctxt, entry.msgid): entry for entry in catalogue.read() if not entry.obsolete
        }
        for text, places in catalogue.texts.items():
            entry = known.get((text.context, text.msgid))
            found += _wrong_with(catalogue.name, text, entry, places)
            if entry is not None and (words := translation_of(entry)):
                other = shown.setdefault((text.context, text.msgid), (catalogue.name, words))
                if other[1] != words:
                    found.append(
                        f"{catalogue.name} and {other[0]} translate {text.msgid!r} differently: "
                        f"{words!r}, {other[1]!r}"
                    )
    return found


def _wrong_with(
    name: str, text: Text, entry: polib.POEntry | None, places: list[str]
) -> Iterator[str]:
    where = f"{name}: {text.msgid!r} ({places[0]})"
    if entry is None:
        yield f"{where} is missing"
    elif entry.fuzzy:
        yield f"{where} is fuzzy"
    elif not translation_of(entry).strip():
        yield f"{where} is not translated"
    else:
        allowed = set(PLACEHOLDER.findall(text.msgid)) | set(PLACEHOLDER.findall(text.plural))
        given = set(PLACEHOLDER.findall(translation_of(entry)))
        needed = set(PLACEHOLDER.findall(text.plural or text.msgid))
        if not needed <= given <= allowed:
            yield f"{where} has other placeholders: {sorted(needed)} became {sorted(given)}"


def compile_stale(catalogues: Iterable[Catalogue]) -> int:
    """Compile the catalogues that changed since they were compiled; returns how many."""
    stale = [one for one in catalogues if one.file.exists() and is_stale(one.file)]
    for catalogue in stale:
        _compile(catalogue)
    return len(stale)


def is_stale(source: Path) -> bool:
    """Was the catalogue written, by whomever and to whichever date, since it was compiled?"""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns != source.stat().st_mtime_ns


def _compile(catalogue: Catalogue) -> None:
    """Put the compiled catalogue in place whole, bearing the moment of the source it was read from."""
    target = catalogue.file.with_suffix(".mo")
    moment = catalogue.file.stat().st_mtime_ns
    half = target.with_name(f".{target.name}.{os.getpid()}")
    catalogue.read().save_as_mofile(str(half))
    os.utime(half, ns=(moment, moment))
    half.replace(target)


def existing(base: Path, apps: Iterable[str]) -> list[Catalogue]:
    """The catalogues on disk, without reading any source."""
    files = [base / "locale", *(base / app / "locale" for app in apps)]
    place = Path(LANGUAGE) / "LC_MESSAGES" / "django.po"
    return [Catalogue(path.parent.name, path / place) for path in files if (path / place).exists()]
