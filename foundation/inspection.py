"""Reads one file from standard input and says on standard output why it must be refused, if so.

A program of its own, started by `foundation.uploads` with the kind of file as its argument: a
file made to exhaust a reader exhausts only this process, which limits itself first. It imports
nothing of the house.
"""

import csv
import io
import json
import re
import resource
import stat
import sys
import zipfile
from collections.abc import Callable
from typing import Any, BinaryIO
from xml.parsers import expat

CPU_SECONDS = 4
MEMORY_BYTES = 200 * 1024 * 1024

MAX_PDF_PAGES = 2_000
MAX_PDF_OBJECTS = 300_000
MAX_PIXELS = {"jpg": 110_000_000, "png": 60_000_000, "heic": 60_000_000}
DECODED_UP_TO_PIXELS = 16_000_000
MAX_ENTRIES = 2_000
MAX_UNPACKED = 150 * 1024 * 1024
MAX_RATIO = 120
SMALL_ENTRY = 1024 * 1024
MAX_CSV_ROWS = 200_000
MAX_CSV_CELL = 32_768

TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"


class RefusedError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def inspect(kind: str, file: BinaryIO) -> None:
    """Raise RefusedError, or whatever the reader raises, unless the file is sound."""
    start = file.read(512)
    if not BEGINS[kind](start):
        raise RefusedError("mismatch")
    _refuse_test_virus(file)
    if kind not in OFFICE_PARTS and zipfile.is_zipfile(file):
        raise RefusedError("mismatch")
    file.seek(0)
    READERS[kind](kind, file)


def _refuse_test_virus(file: BinaryIO) -> None:
    file.seek(0)
    tail = b""
    while block := file.read(1 << 20):
        if TEST_VIRUS in tail + block:
            raise RefusedError("virus")
        tail = block[-len(TEST_VIRUS) :]
    file.seek(0)


# PDF -----------------------------------------------------------------------------------------

ACTIONS_THAT_RUN = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"}


def read_pdf(kind: str, file: BinaryIO) -> None:
    import pikepdf  # noqa: PLC0415 - each kind of file loads only its own reader

    try:
        pdf = pikepdf.open(file, suppress_warnings=True)
    except pikepdf.PasswordError as locked:
        raise RefusedError("locked") from locked
    with pdf:
        if len(pdf.objects) > MAX_PDF_OBJECTS:
            raise RefusedError("too_complex")
        count = pdf.Root.Pages.get("/Count", 0)
        if int(count) > MAX_PDF_PAGES or len(pdf.pages) > MAX_PDF_PAGES:
            raise RefusedError("too_complex")
        if len(pdf.pages) == 0:
            raise RefusedError("unreadable")
        for thing in pdf.objects:
            _check_pdf_object(thing, pikepdf)


def _check_pdf_object(thing: Any, pikepdf: Any, depth: int = 0) -> None:
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, pikepdf.Dictionary):
        if "/JS" in thing or str(thing.get("/S", "")) in ACTIONS_THAT_RUN:
            raise RefusedError("program")
        if "/EmbeddedFiles" in thing or "/EF" in thing or "/XFA" in thing:
            raise RefusedError("embedded")
        inside = [value for _, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        inside = list(thing)
    else:
        return
    for value in inside:
        # What is referred to comes up in the list of objects by itself.
        if depth < 8 and isinstance(value, pikepdf.Object) and not value.is_indirect:
            _check_pdf_object(value, pikepdf, depth + 1)


# Pictures ------------------------------------------------------------------------------------


def read_picture(kind: str, file: BinaryIO) -> None:
    from PIL import Image  # noqa: PLC0415

    if kind == "heic":
        import pillow_heif  # noqa: PLC0415

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None
    formats = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "heic": ("HEIF",)}[kind]
    with Image.open(file, formats=formats) as picture:
        pixels = picture.width * picture.height
        if pixels > MAX_PIXELS[kind] or getattr(picture, "n_frames", 1) > 100:
            raise RefusedError("too_complex")
        if kind == "jpg":
            picture.draft("L", (picture.width // 8, picture.height // 8))
            picture.load()
        elif pixels <= DECODED_UP_TO_PIXELS:
            picture.load()
        elif kind == "png":
            picture.verify()


# Office documents ----------------------------------------------------------------------------

OFFICE_PARTS = {
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "xlsx": ("[Content_Types].xml", "xl/workbook.xml"),
    "odt": ("mimetype", "content.xml"),
    "ods": ("mimetype", "content.xml"),
}
OFFICE_TYPES = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
PROGRAM_PARTS = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|customui|(^|/)(basic|scripts)/|\.(exe|dll|js|vbs|bat|cmd"
    r"|ps1|scr|lnk|jar|hta|py|sh|class)$",
    re.IGNORECASE,
)
ARCHIVES = re.compile(
    r"\.(zip|rar|7z|gz|bz2|xz|tar|cab|iso|docx|docm|xlsm|xlsb|pptx|odt|ods|odp|bin|ole)$",
    re.IGNORECASE,
)
HARMLESS_BINARIES = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)
FIELD_CODE = re.compile(rb"<[^<>]*instrText[^<>]*>([^<]*)<", re.IGNORECASE)
OPEN_DOCUMENT_SCRIPT = re.compile(rb"<(script:event-listener|office:dde-|table:dde-)")
DYNAMIC_EXCHANGE = re.compile(rb"\bDDE(AUTO)?\b", re.IGNORECASE)


def read_office(kind: str, file: BinaryIO, depth: int = 0) -> None:
    with zipfile.ZipFile(file) as package:
        entries = package.infolist()
        if len(entries) > MAX_ENTRIES:
            raise RefusedError("too_complex")
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names) or not set(OFFICE_PARTS[kind]) <= set(names):
            raise RefusedError("mismatch")
        for entry in entries:
            _check_entry(entry)
        unpacked = 0
        for entry in entries:
            unpacked += _read_entry(package, entry, kind, depth)
            if unpacked > MAX_UNPACKED:
                raise RefusedError("too_complex")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
        raise RefusedError("mismatch")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedError("mismatch")
    if entry.flag_bits & 0x1:
        raise RefusedError("locked")
    if entry.file_size > SMALL_ENTRY and entry.file_size > entry.compress_size * MAX_RATIO:
        raise RefusedError("too_complex")
    if entry.file_size > MAX_UNPACKED:
        raise RefusedError("too_complex")
    if PROGRAM_PARTS.search(name):
        raise RefusedError("program")


def _read_entry(package: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str, depth: int) -> int:
    name = entry.filename
    if entry.is_dir():
        return 0
    with package.open(entry) as part:
        content = part.read(MAX_UNPACKED + 1)
    if TEST_VIRUS in content:
        raise RefusedError("virus")
    if "/embeddings/" in name and name.lower().endswith(".xlsx") and depth == 0:
        # The figures behind a chart; a workbook that is itself sound.
        read_office("xlsx", io.BytesIO(content), depth + 1)
    elif content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf") or (
        ARCHIVES.search(name) and not HARMLESS_BINARIES.search(name)
    ):
        raise RefusedError("embedded")
    elif content[:2] == b"MZ" or content[:4] == b"\x7fELF":
        raise RefusedError("program")
    elif name.endswith((".xml", ".rels")) or name == "mimetype":
        _check_xml(name, content, kind)
    return len(content)


def _check_xml(name: str, content: bytes, kind: str) -> None:
    if name == "mimetype":
        if content.strip() != OFFICE_TYPES[kind]:
            raise RefusedError("mismatch")
        return
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16").encode()
    is_index = name.endswith(".rels") or name == OFFICE_PARTS[kind][0]
    elements = _parse_xml(content, keep=is_index)
    if name.endswith(".rels"):
        _check_relations(elements)
    elif is_index:
        _check_declared_type(elements, kind)
    if b"ddeLink" in content or DYNAMIC_EXCHANGE.search(b"".join(FIELD_CODE.findall(content))):
        raise RefusedError("external")
    if kind in {"odt", "ods"} and OPEN_DOCUMENT_SCRIPT.search(content):
        raise RefusedError("program")


def _parse_xml(content: bytes, *, keep: bool) -> list[dict[str, str]]:
    """Parse a part as UTF-8 whatever it declares; return the attributes of its elements if kept.

    The parser reads entities and references as office programs do, which no search for bytes
    does; a part that it cannot read, or that defines entities of its own, is refused.
    """
    elements: list[dict[str, str]] = []

    def refuse(*_declaration: object) -> None:
        raise RefusedError("external")

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = refuse
    if keep:
        parser.StartElementHandler = lambda _name, attributes: elements.append(attributes)
    # LibreOffice keeps settings nobody changed as parts without content.
    if content or keep:
        parser.Parse(content, True)
    return elements


def _check_declared_type(elements: list[dict[str, str]], kind: str) -> None:
    types = [element.get("ContentType", "") for element in elements]
    declared = OFFICE_TYPES[kind].decode()
    if not any(declared in one for one in types) or any("macroEnabled" in one for one in types):
        raise RefusedError("mismatch")


def _check_relations(elements: list[dict[str, str]]) -> None:
    for element in elements:
        is_outside = element.get("TargetMode", "").strip().lower() == "external"
        if is_outside and not element.get("Type", "").endswith("/hyperlink"):
            raise RefusedError("external")


# CSV -----------------------------------------------------------------------------------------

PLAIN_SIGNED = re.compile(r"[+\-－＋][\d\s().,%/:\-０-９．，]*([eE][+\-]?\d+)?")
LIVE_STARTS = ("=", "@", "+", "-", "＝", "＠", "＋", "－")


def read_csv(kind: str, file: BinaryIO) -> None:
    text = decode_csv(file.read())
    if re.match(r"\s*<[!?a-zA-Z]", text):
        raise RefusedError("mismatch")
    csv.field_size_limit(MAX_CSV_CELL)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""))):
            if number >= MAX_CSV_ROWS:
                raise RefusedError("too_complex")
            for cell in row:
                _check_cell(cell)
    except csv.Error as broken:
        raise RefusedError("unreadable") from broken


def decode_csv(content: bytes) -> str:
    """The text of a CSV file, in UTF-8 or as spreadsheets in Taiwan save it; else RefusedError."""
    encodings = ["utf-8-sig", "cp950", "big5hkscs"]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", text):
            break
        return text
    raise RefusedError("encoding")


def _check_cell(cell: str) -> None:
    shown = cell.lstrip(" \t\r\n\u3000\u00a0\u200b\u200c\u200d\u2060\ufeff")
    if shown.startswith(LIVE_STARTS) and not PLAIN_SIGNED.fullmatch(shown.strip()):
        raise RefusedError("formula")


# ---------------------------------------------------------------------------------------------

HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}

BEGINS: dict[str, Callable[[bytes], bool]] = {
    "pdf": lambda start: start.startswith(b"%PDF-"),
    "jpg": lambda start: start.startswith(b"\xff\xd8\xff"),
    "png": lambda start: start.startswith(b"\x89PNG\r\n\x1a\n"),
    "heic": lambda start: start[4:8] == b"ftyp" and start[8:12] in HEIF_BRANDS,
    **dict.fromkeys(OFFICE_PARTS, lambda start: start.startswith(b"PK\x03\x04")),
    "csv": lambda start: not start.startswith((b"%PDF", b"PK\x03\x04", b"MZ", b"\x7fELF", b"#!")),
}
READERS: dict[str, Callable[[str, BinaryIO], None]] = {
    "pdf": read_pdf,
    **dict.fromkeys(("jpg", "png", "heic"), read_picture),
    **dict.fromkeys(OFFICE_PARTS, read_office),
    "csv": read_csv,
}


def limit_self() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limit_self()
    refused: str | None = None
    try:
        with open(0, "rb", closefd=False) as file:
            inspect(sys.argv[1], file)
    except RefusedError as refusal:
        refused = refusal.code
    except MemoryError:
        refused = "too_complex"
    except Exception:  # noqa: BLE001 - readers fail in as many ways as files are broken
        refused = "unreadable"
    sys.stdout.write(json.dumps({"refused": refused}))


if __name__ == "__main__":
    main()
