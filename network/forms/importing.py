"""A file of new entries: one line an organisation with its desk and its service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import BusinessNumberField
from foundation.errors import DomainError
from foundation.forms import CreatingForm, LineField, ProseField
from foundation.text import fold
from foundation.uploads import CheckedUpload, UploadRefusedError, check_upload
from network.forms.keeping import NATION
from network.models import OrganisationKind, TaxonomyTerm
from network.places import Place, read_place

MOST_LINES = 500
KINDS_OF_FILE = {"csv", "xlsx"}
_SEPARATORS = re.compile(r"[、;；,，\n]+")
# The heads a file may use: the name of the field, Chinese, English.
HEADS: dict[str, tuple[str, str]] = {
    "name_zh": ("中文名稱", "Name in Chinese"),
    "name_en": ("英文名稱", "Name in English"),
    "kind": ("種類", "Kind"),
    "description_zh": ("中文介紹", "Description in Chinese"),
    "description_en": ("英文介紹", "Description in English"),
    "business_number": ("統一編號", "Business number"),
    "phone": ("電話", "Phone"),
    "email": ("電子郵件", "E-mail"),
    "url": ("網站", "Website"),
    "place": ("縣市與鄉鎮市區", "County and district"),
    "address_zh": ("中文地址", "Address in Chinese"),
    "service_zh": ("服務項目", "Service"),
    "topics": ("主題", "Topics"),
    "areas": ("服務範圍", "Areas served"),
}


class ImportForm(CreatingForm):
    """The file; every line of it is looked at before anything is taken over."""

    file = forms.FileField(label=gettext_lazy("File (CSV or XLSX)"), max_length=255)
    checked: CheckedUpload

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.checked = check_upload(file)
        except UploadRefusedError as refusal:
            raise ValidationError(str(refusal.message)) from refusal
        if self.checked.kind not in KINDS_OF_FILE:
            raise ValidationError(_("Send a CSV or XLSX file."))
        return file


class LineForm(forms.Form):
    """One line of the file, with the rules of the pages where one entry is typed."""

    name_zh = LineField(max_length=120)
    name_en = LineField(max_length=160, required=False)
    kind = LineField(max_length=60)
    description_zh = ProseField(max_length=1000)
    description_en = ProseField(max_length=2000, required=False)
    business_number = BusinessNumberField(required=False)
    phone = LineField(max_length=40, required=False)
    email = forms.EmailField(max_length=254, required=False)
    url = forms.URLField(max_length=300, required=False, assume_scheme="https")
    place = LineField(max_length=80)
    address_zh = LineField(max_length=200)
    service_zh = LineField(max_length=120)
    topics = LineField(max_length=300)
    areas = LineField(max_length=300, required=False)

    def __init__(self, *args: Any, topics: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_topics = topics

    def clean_kind(self) -> str:
        typed = fold(self.cleaned_data["kind"])
        for kind in OrganisationKind:
            if typed in {fold(kind.value), fold(str(kind.label))}:
                return str(kind.value)
        named = "、".join(str(kind.label) for kind in OrganisationKind)
        raise ValidationError(_("Use one of these: %(named)s.") % {"named": named})

    def clean_place(self) -> Place:
        place = _placed(self.cleaned_data["place"])
        if not place.district:
            raise ValidationError(_("Write the district too."))
        return place

    def clean_topics(self) -> list[str]:
        found = []
        for word in _words(self.cleaned_data["topics"]):
            code = self.known_topics.get(fold(word))
            if code is None:
                raise ValidationError(_("There is no topic “%(word)s”.") % {"word": word})
            found.append(code)
        return found

    def clean_areas(self) -> list[str]:
        found = []
        for word in _words(self.cleaned_data["areas"]):
            is_nation = fold(word) in {NATION, "全國", "the whole country"}
            found.append(NATION if is_nation else _placed(word).county)
        return found


def _words(text: str) -> list[str]:
    return [word.strip() for word in _SEPARATORS.split(text) if word.strip()]


def _placed(text: str) -> Place:
    try:
        return read_place(text)
    except DomainError as refusal:
        raise ValidationError(str(refusal)) from refusal


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file as it was read: its number, name, what is wrong, or its values."""

    number: int
    name: str
    wrong: list[str]
    values: dict[str, Any]


class HeadsMissingError(DomainError):
    """The first line does not name the columns that must be there; says which."""


def read_lines(rows: Iterable[Sequence[str]]) -> Iterator[Line]:
    """The lines below the heads, each checked by itself; empty ones are passed over.

    Raises HeadsMissingError, also where there are more lines than can be taken over at once.
    """
    iterator = iter(rows)
    columns = _columns(next(iterator, []))
    topics = _topics()
    for count, (number, row) in enumerate(
        (pair for pair in enumerate(iterator, start=2) if any(pair[1])), start=1
    ):
        if count > MOST_LINES:
            words = _("Take over at most %(n)d lines at once.")
            raise HeadsMissingError(words % {"n": MOST_LINES})
        said = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        yield _line(number, said, topics)


def _line(number: int, said: dict[str, str], topics: dict[str, str]) -> Line:
    form = LineForm(said, topics=topics)
    form.is_valid()
    wrong = [
        f"{_head(name)}: {message}" for name, errors in form.errors.items() for message in errors
    ]
    if not form.cleaned_data.get("areas") and "place" in form.cleaned_data:
        form.cleaned_data["areas"] = [form.cleaned_data["place"].county]
    return Line(number, said.get("name_zh", ""), wrong, form.cleaned_data)


def _head(name: str) -> str:
    return _(HEADS[name][1]) if name in HEADS else ""


def _columns(heads: Sequence[str]) -> dict[str, int]:
    known = {fold(word): name for name, words in HEADS.items() for word in (name, *words)}
    found = {known[fold(head)]: at for at, head in enumerate(heads) if fold(head) in known}
    needed = [name for name, field in LineForm.base_fields.items() if field.required]
    missing = [HEADS[name][0] for name in needed if name not in found]
    if missing:
        words = _("The first line must name these columns: %(heads)s.")
        raise HeadsMissingError(words % {"heads": "、".join(missing)})
    return found


def _topics() -> dict[str, str]:
    terms = TaxonomyTerm.objects.in_order()
    return {
        fold(word): term.code
        for term in terms
        for word in (term.code, term.name_zh, term.name_en, str(term.number))
    }
