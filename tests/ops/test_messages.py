"""Catalogues without GNU gettext: texts are found, kept, checked, compiled."""

import os
import subprocess
import sys
from gettext import GNUTranslations
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from sme_portal.translations import catalogues
from sme_portal.translations.extraction import Text, in_python, in_template

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext as said_by
from django.utils import translation
a = _("One " "sentence")
b = ngettext("%(count)s case", "%(count)s cases", 3)
c = said_by("month", "May")
d = translation.gettext("Through the module")
e = _(name)
f = other("Not a text")
"""
TEMPLATE = """
{% load i18n %}<p title="{% translate "A title" %}">{{ _("Inline")|upper }}</p>
{% blocktranslate trimmed with n=case.name %}
  Dear {{ n }},
  good day
{% endblocktranslate %}
{% blocktranslate count k=cases %}{{ k }} case{% plural %}{{ k }} cases{% endblocktranslate %}
{% translate "May" context "month" %}{% chip state _("As an argument") %}
<p>_("Not a text")</p>
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in ("accounts", "assistance", "sme_portal", "templates/accounts"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "accounts" / "forms.py").write_text(
        "from django.utils.translation import gettext as _\nx = _('Name of %(who)s')\n"
    )
    (tmp_path / "assistance" / "views.py").write_text(
        "from django.utils.translation import gettext as _\nx = _('Send')\n"
    )
    (tmp_path / "templates" / "accounts" / "page.html").write_text(
        '{% load i18n %}{% translate "Send" %}'
    )
    (tmp_path / "templates" / "base.html").write_text('{% load i18n %}{% translate "Menu" %}')
    return tmp_path


APPS = ("sme_portal", "assistance", "accounts")


def translate(catalogue: catalogues.Catalogue, words: dict[str, str]) -> None:
    po = polib.pofile(str(catalogue.file))
    for entry in po:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    po.save()


def by_name(base: Path) -> dict[str, catalogues.Catalogue]:
    return {one.name: one for one in catalogues.collect(base, APPS)}


def test_texts_of_python_are_found_under_any_name() -> None:
    assert list(in_python(PYTHON)) == [
        Text("One sentence"),
        Text("%(count)s case", "%(count)s cases"),
        Text("May", "", "month"),
        Text("Through the module"),
    ]


def test_texts_of_templates_are_found_in_tags_filters_and_arguments() -> None:
    assert set(in_template(TEMPLATE)) == {
        Text("A title"),
        Text("Inline"),
        Text("Dear %(n)s, good day"),
        Text("%(k)s case", "%(k)s cases"),
        Text("May", "", "month"),
        Text("As an argument"),
    }


def test_each_app_has_its_catalogue_and_the_house_has_one(house: Path) -> None:
    found = by_name(house)

    assert [text.msgid for text in found["house"].texts] == ["Menu"]
    assert [text.msgid for text in found["accounts"].texts] == ["Name of %(who)s", "Send"]
    assert [text.msgid for text in found["assistance"].texts] == ["Send"]


def test_translations_survive_an_update_and_what_is_gone_is_retired(house: Path) -> None:
    accounts = by_name(house)["accounts"]
    assert catalogues.update(accounts) == (2, 0)
    translate(accounts, {"Send": "送出", "Name of %(who)s": "%(who)s的名稱"})

    (house / "accounts" / "forms.py").write_text("")
    accounts = by_name(house)["accounts"]
    assert catalogues.update(accounts) == (0, 1)

    kept = {entry.msgid: entry for entry in polib.pofile(str(accounts.file))}
    assert kept["Send"].msgstr == "送出"
    assert kept["Name of %(who)s"].obsolete


def test_what_is_missing_empty_fuzzy_or_has_other_placeholders_is_named(house: Path) -> None:
    missing = catalogues.problems(by_name(house).values())
    assert len(missing) == 4
    assert all("is missing" in words for words in missing)

    for catalogue in by_name(house).values():
        catalogues.update(catalogue)
    assert all(
        "is not translated" in words for words in catalogues.problems(by_name(house).values())
    )

    translate(by_name(house)["accounts"], {"Send": "送出", "Name of %(who)s": "%(name)s的名稱"})
    translate(by_name(house)["assistance"], {"Send": "寄出"})
    po = polib.pofile(str(by_name(house)["house"].file))
    po[0].msgstr, po[0].flags = "選單", ["fuzzy"]
    po.save()

    said = "\n".join(catalogues.problems(by_name(house).values()))
    assert "has other placeholders" in said
    assert "translate 'Send' differently" in said
    assert "is fuzzy" in said


def test_compiled_catalogues_are_read_by_gettext_and_made_once(house: Path) -> None:
    for catalogue in by_name(house).values():
        catalogues.update(catalogue)
    translate(by_name(house)["assistance"], {"Send": "送出"})
    known = catalogues.existing(house, APPS)

    assert catalogues.compile_stale(known) == 3
    assert catalogues.compile_stale(known) == 0
    compiled = by_name(house)["assistance"].file.with_suffix(".mo")
    with compiled.open("rb") as file:
        assert GNUTranslations(file).gettext("Send") == "送出"


def test_a_catalogue_put_back_to_an_older_one_is_compiled_again(house: Path) -> None:
    for catalogue in by_name(house).values():
        catalogues.update(catalogue)
    known = catalogues.existing(house, APPS)
    catalogues.compile_stale(known)
    translate(by_name(house)["assistance"], {"Send": "送出"})
    source = by_name(house)["assistance"].file
    os.utime(source, ns=(0, 0))

    assert catalogues.compile_stale(known) == 1

    with source.with_suffix(".mo").open("rb") as file:
        assert GNUTranslations(file).gettext("Send") == "送出"
    assert [path.name for path in source.parent.iterdir() if path.name.startswith(".")] == []


def test_a_run_compiles_what_is_stale_before_any_word_is_read() -> None:
    source = settings.BASE_DIR / "accounts/locale/zh_Hant/LC_MESSAGES/django.po"
    os.utime(source.with_suffix(".mo"), ns=(0, 0))
    run = "import django; django.setup()"

    subprocess.run([sys.executable, "-c", run], cwd=settings.BASE_DIR, check=True)

    assert not catalogues.is_stale(source)


def test_every_text_of_the_portal_is_translated() -> None:
    said = StringIO()

    call_command("messages", "--check", stdout=said)

    assert "Every text is translated." in said.getvalue()


def test_english_is_the_language_of_the_source() -> None:
    assert [code for code, _name in settings.LANGUAGES] == ["zh-hant", "en"]
    assert settings.LANGUAGE_CODE == "zh-hant"
