"""Papers that people hand in, sound ones and hostile ones, made in memory."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
import pillow_heif
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODT = "application/vnd.oasis.opendocument.text"


def pdf(*, pages=1, change=None):
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(kind="JPEG", size=(40, 30), mode="RGB"):
    out = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    Image.new(mode, size, 128).save(out, kind)
    return out.getvalue()


def png_claiming(width, height):
    def chunk(name, data):
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width * 4 + 1) * min(height, 200))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def package(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(extra=None, *, body="<w:t>營運計畫</w:t>", content_type=WORD):
    parts = {
        "[Content_Types].xml": f'<Types><Override ContentType="{content_type}"/></Types>',
        "word/document.xml": f"<w:document>{body}</w:document>",
    }
    return package({**parts, **(extra or {})})


def sheet(extra=None):
    parts = {
        "[Content_Types].xml": f'<Types><Override ContentType="{SHEET}"/></Types>',
        "xl/workbook.xml": "<workbook/>",
    }
    return package({**parts, **(extra or {})})


def workbook(rows):
    """A workbook as an office program writes it, with values in as many rows."""
    out, book = io.BytesIO(), openpyxl.Workbook()
    for number in range(rows):
        book.active.append([f"第 {number} 列", number, "A & B"])
    book.save(out)
    return out.getvalue()


def open_text(extra=None, mimetype=ODT):
    return package({"mimetype": mimetype, "content.xml": "<office:document/>", **(extra or {})})


def relations(kind, mode="External"):
    return (
        '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
        f'2006/relationships/{kind}" Target="http://evil.example/x" TargetMode="{mode}"/></Relationships>'
    )
