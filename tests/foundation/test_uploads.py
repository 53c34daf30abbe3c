import io
import resource
import subprocess
import sys
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation import inspection
from foundation.inspection import TEST_VIRUS
from foundation.uploads import MAX_BYTES, MIME_TYPES, UploadRefusedError, check_upload, clean_name
from tests.foundation import papers

SOUND = {
    "a.pdf": papers.pdf(pages=3),
    "a.jpg": papers.picture(),
    "A.JPEG": papers.picture(),
    "a.png": papers.picture("PNG", mode="RGBA"),
    "a.heic": papers.picture("HEIF", (128, 128)),
    "a.docx": papers.word(),
    "a.xlsx": papers.sheet(),
    "a.odt": papers.open_text(),
    "a.csv": "名稱,金額,電話\n甲,-5,+886-2-1234\n乙,－,\n".encode("utf-8-sig"),
    "big5.csv": "名稱,金額\n甲,5\n".encode("cp950"),
    "chart.docx": papers.word({"word/embeddings/Microsoft_Excel_Sheet1.xlsx": papers.sheet()}),
    "link.docx": papers.word({"word/_rels/document.xml.rels": papers.relations("hyperlink")}),
    "real.xlsx": papers.workbook(rows=200),
    "settings.odt": papers.open_text({"Configurations2/accelerator/current.xml": b""}),
    "wide.docx": papers.word({"word/x.xml": '<?xml version="1.0"?><a>甲</a>'.encode("utf-16")}),
    "print.xlsx": papers.sheet({"xl/printerSettings/printerSettings1.bin": b"\0" * 99}),
}


def refusal_of(name, content):
    with pytest.raises(UploadRefusedError) as refusal:
        check_upload(SimpleUploadedFile(name, content))
    return refusal.value.code


@pytest.mark.parametrize("name", SOUND)
def test_sound_files_are_taken_and_described(name):
    checked = check_upload(SimpleUploadedFile(name, SOUND[name]))

    assert checked.name == name
    assert checked.size == len(SOUND[name])
    assert checked.mime == MIME_TYPES[checked.kind]
    assert len(checked.sha256) == 64


def javascript(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch_on_page(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
    document.pages[0].Annots = pikepdf.Array([link])


def attachment(document):
    document.attachments["x.txt"] = b"hello"


def locked_pdf():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(user="u", owner="o"))
    return out.getvalue()


ATTACHED = "word/_rels/settings.xml.rels"
HOSTILE = {
    ("empty.pdf", "empty"): b"",
    ("program.exe", "kind"): b"MZ" + b"\0" * 99,
    ("page.svg", "kind"): b"<svg/>",
    ("noending", "kind"): papers.pdf(),
    ("page.php.jpg", "kind"): papers.picture(),
    ("html.pdf", "mismatch"): b"<html><script>alert(1)</script>",
    ("late.pdf", "mismatch"): b"x" * 10 + papers.pdf(),
    ("picture.pdf", "mismatch"): papers.picture(),
    ("pdf.jpg", "mismatch"): papers.pdf(),
    ("both.jpg", "mismatch"): papers.picture() + papers.word(),
    ("both.pdf", "mismatch"): papers.pdf() + papers.package({"evil.exe": b"MZ"}),
    ("cut.pdf", "unreadable"): b"%PDF-1.7\n",
    ("cut.jpg", "unreadable"): papers.picture(size=(500, 500))[:400],
    ("cut.png", "unreadable"): papers.picture("PNG")[:60],
    ("cut.docx", "unreadable"): papers.word()[:-30],
    ("script.pdf", "program"): papers.pdf(change=javascript),
    ("launch.pdf", "program"): papers.pdf(change=launch_on_page),
    ("attached.pdf", "embedded"): papers.pdf(change=attachment),
    ("locked.pdf", "locked"): locked_pdf(),
    ("long.pdf", "too_complex"): papers.pdf(pages=2_100),
    ("flood.png", "too_complex"): papers.png_claiming(60_000, 60_000),
    ("zip.docx", "mismatch"): papers.package({"a.txt": "x"}),
    ("sheet.docx", "mismatch"): papers.sheet(),
    ("word.xlsx", "mismatch"): papers.word(),
    ("macro.docx", "mismatch"): papers.word(
        content_type="application/vnd.ms-word.document.macroEnabled.main+xml"
    ),
    ("macro2.docx", "program"): papers.word({"word/vbaProject.bin": b"x"}),
    ("template.docx", "external"): papers.word({ATTACHED: papers.relations("attachedTemplate")}),
    ("picture.docx", "external"): papers.word({ATTACHED: papers.relations("image")}),
    ("dde.docx", "external"): papers.word(
        body="<w:instrText>DDEA</w:instrText><w:instrText>UTO c:\\cmd</w:instrText>"
    ),
    ("entity.docx", "external"): papers.word({"word/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]>'}),
    ("entity16.docx", "external"): papers.word(
        {"word/x.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")}
    ),
    ("disguised.docx", "external"): papers.word(
        {ATTACHED: papers.relations("attachedTemplate", mode="E&#120;ternal")}
    ),
    ("named.docx", "external"): papers.word(
        {ATTACHED: papers.relations("attachedTemplate").replace("/x", "/hyperlink")}
    ),
    ("macro3.docx", "mismatch"): papers.word(content_type=f"{papers.WORD}+macro&#69;nabled"),
    ("broken.docx", "unreadable"): papers.word(body="<w:t>"),
    ("old.docx", "unreadable"): papers.word({"word/x.xml": "<a>\xe9</a>".encode("latin-1")}),
    ("ole.docx", "embedded"): papers.word({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}),
    ("nested.docx", "embedded"): papers.word({"word/media/a.png": papers.package({"a": "b"})}),
    ("exe.docx", "program"): papers.word({"word/media/a.png": b"MZ\x90"}),
    ("up.docx", "mismatch"): papers.word({"../../etc/passwd": "x"}),
    ("absolute.docx", "mismatch"): papers.word({"/etc/passwd": "x"}),
    ("drive.docx", "mismatch"): papers.word({"C:\\x": "x"}),
    ("bomb.docx", "too_complex"): papers.word({"word/a.xml": b"\0" * 30_000_000}),
    ("many.docx", "too_complex"): papers.word({f"word/{n}": "" for n in range(20_000)}),
    ("basic.odt", "program"): papers.open_text({"Basic/Standard/Module1.xml": "<x/>"}),
    ("other.odt", "mismatch"): papers.open_text(mimetype="application/zip"),
    ("html.csv", "mismatch"): b" <!doctype html><script>",
    ("binary.csv", "encoding"): b"\x00\x01\x02",
    ("formula.csv", "formula"): b"a,\"=cmd|'/C calc'!A0\"",
    ("wide.csv", "formula"): "甲,＝HYPERLINK(1)".encode(),
    ("hidden.csv", "formula"): "甲,\u200b=1+1".encode(),
    ("plus.csv", "formula"): b"+cmd|x",
    ("cell.csv", "unreadable"): b"a" * 40_000,
    ("rows.csv", "too_complex"): b"\n" * 250_000,
    ("virus.csv", "virus"): TEST_VIRUS,
    ("virus.pdf", "virus"): papers.pdf() + TEST_VIRUS,
    ("virus.docx", "virus"): papers.word({"word/media/a.txt": TEST_VIRUS}),
}


@pytest.mark.parametrize(("name", "code"), HOSTILE)
def test_hostile_files_are_refused_with_a_reason_and_soon(name, code):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime

    assert refusal_of(name, HOSTILE[name, code]) == code

    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 5


def test_a_file_of_more_than_twenty_megabytes_is_refused():
    assert refusal_of("a.csv", b"a" * (MAX_BYTES + 1)) == "too_large"


def test_a_link_inside_a_document_is_refused():
    out = io.BytesIO(papers.word())
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("word/link")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")

    assert refusal_of("a.docx", out.getvalue()) == "mismatch"


def test_a_locked_entry_is_refused():
    content = bytearray(papers.word())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1

    assert refusal_of("a.docx", bytes(content)) == "locked"


MEASURED = """
import re, runpy, sys
program, kind = sys.argv[1:3]
sys.argv = [program, kind]
runpy.run_path(program, run_name="__main__")
print("\\n", re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("png", papers.picture("PNG", (4_000, 4_000), "RGBA")),
        ("csv", "補,".encode() * 5_000_000),
        ("docx", papers.word({f"word/{n}.xml": b"\0" * 1_000_000 for n in range(140)})),
    ],
)
def test_reading_the_worst_file_stays_small_in_memory(kind, content, tmp_path):
    (tmp_path / "file").write_bytes(content)

    with (tmp_path / "file").open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, inspection.__file__, kind],
            stdin=file,
            capture_output=True,
            check=True,
        )

    assert int(done.stdout.split()[-1]) < 220 * 1024


def test_a_photo_of_a_large_sensor_is_taken():
    check_upload(SimpleUploadedFile("a.jpg", papers.picture("JPEG", (9_000, 6_000))))


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\計畫.pdf", "計畫.pdf"),
        ("con.pdf", "_con.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a_Set-Cookie_ x.pdf"),
        ("fdp.\u202eexe.pdf", "fdp._exe.pdf"),
        ("a:stream.pdf", "a_stream.pdf"),
        ("\u3164.pdf", "file.pdf"),
        ("a\x00.pdf", "a_.pdf"),
        ("a\ud800.pdf", "a_.pdf"),
        ("報表.pdf. . ", "報表.pdf"),
    ],
)
def test_names_are_kept_as_harmless_data(given_name, kept):
    assert clean_name(given_name) == kept


@given(st.text(alphabet=st.characters(), max_size=400))
@settings(max_examples=300)
def test_every_name_fits_and_can_be_kept(name):
    kept = clean_name(name)

    assert len(kept.encode()) <= 255
    assert "/" not in kept
    assert clean_name(kept) == kept or len(name) > 200


def test_a_long_name_keeps_its_ending():
    assert clean_name("計" * 300 + ".pdf").endswith("計.pdf")


@pytest.mark.slow
def test_broken_files_are_taken_or_refused_never_anything_else():
    for name, content in SOUND.items():
        for cut in (1, 7, len(content) // 2):
            broken = content[:-cut] + b"\xff" * cut
            try:
                check_upload(SimpleUploadedFile(name, broken))
            except UploadRefusedError:
                continue
