"""A file of entries: one line a service at one of the places of an organisation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import BusinessNumberField
from foundation.errors import DomainError
from foundation.forms import CreatingForm, LineField, ProseField
from foundation.languages import is_english
from foundation.spreadsheets import unguarded
from foundation.text import fold
from foundation.uploads import CheckedUpload, UploadRefusedError, check_upload
from network.directory_columns import HEADS, SEPARATORS
from network.forms.areas import AreaError, check_excepted, joined_areas, read_areas
from network.hours import Week, read_week
from network.models import (
    AccessFeature,
    LocationKind,
    OfferingState,
    OrganisationKind,
    SpokenLanguage,
    TaxonomyTerm,
)
from network.places import Place, read_place

MOST_LINES = 500
KINDS_OF_FILE = {"csv", "xlsx"}


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


class ConfirmForm(CreatingForm):
    """The lines that were shown, signed, and what was said they would change."""

    lines = forms.CharField(widget=forms.HiddenInput)
    plan = forms.CharField(widget=forms.HiddenInput, max_length=64)


@cache
def _named(choices: type[TextChoices]) -> dict[str, str]:
    """Each code under itself and its names in both languages."""
    found = {fold(str(code)): str(code) for code in choices.values}
    for language in ("zh-hant", "en"):
        with translation.override(language):
            found |= {fold(str(one.label)): str(one.value) for one in choices}
    return found


def _words(text: str) -> list[str]:
    return [word.strip() for word in SEPARATORS.split(text) if word.strip()]


class ChoiceWord(LineField):
    """One of the choices, by its code or its name in either language."""

    def __init__(self, choices: type[TextChoices], *, default: str = "", **kwargs: Any) -> None:
        self.named_by, self.default = choices, default
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return _chosen(typed, self.named_by) if typed else self.default


class ChoiceWords(LineField):
    """Several of the choices."""

    def __init__(self, choices: type[TextChoices]) -> None:
        self.named_by = choices
        super().__init__(max_length=300, required=False)

    def clean(self, value: Any) -> Any:
        return [_chosen(word, self.named_by) for word in _words(super().clean(value))]


def _chosen(word: str, choices: type[TextChoices]) -> str:
    if code := _named(choices).get(fold(word)):
        return code
    named = "、".join(str(one.label) for one in choices)
    raise ValidationError(_("Use one of these: %(named)s.") % {"named": named})


class LineForm(forms.Form):
    """One line of the file, with the rules of the pages where one entry is typed."""

    key = forms.UUIDField(required=False)
    name_zh = LineField(max_length=120)
    name_en = LineField(max_length=160, required=False)
    kind = ChoiceWord(OrganisationKind)
    description_zh = ProseField(max_length=1000)
    description_en = ProseField(max_length=2000, required=False)
    business_number = BusinessNumberField(required=False)
    phone = LineField(max_length=40, required=False)
    email = forms.EmailField(max_length=254, required=False)
    url = forms.URLField(max_length=300, required=False, assume_scheme="https")
    location_zh = LineField(max_length=120, required=False)
    location_en = LineField(max_length=160, required=False)
    location_kind = ChoiceWord(LocationKind, default=LocationKind.PHYSICAL, required=False)
    place = LineField(max_length=80, required=False)
    address_zh = LineField(max_length=200, required=False)
    address_en = LineField(max_length=240, required=False)
    features = ChoiceWords(AccessFeature)
    accessibility_zh = ProseField(max_length=400, required=False)
    accessibility_en = ProseField(max_length=800, required=False)
    location_phone = LineField(max_length=40, required=False)
    location_url = forms.URLField(max_length=300, required=False, assume_scheme="https")
    service_zh = LineField(max_length=120)
    service_en = LineField(max_length=160, required=False)
    service_description_zh = ProseField(max_length=1000, required=False)
    service_description_en = ProseField(max_length=2000, required=False)
    application_zh = ProseField(max_length=600, required=False)
    application_en = ProseField(max_length=1200, required=False)
    fees_zh = LineField(max_length=200, required=False)
    fees_en = LineField(max_length=300, required=False)
    state = ChoiceWord(OfferingState, default=OfferingState.ACTIVE, required=False)
    topics = LineField(max_length=300)
    areas = LineField(max_length=600, required=False)
    excepted = LineField(max_length=600, required=False)
    languages = ChoiceWords(SpokenLanguage)
    hours = ProseField(max_length=400, required=False)

    def __init__(self, *args: Any, topics: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_topics = topics

    def clean_place(self) -> Place | None:
        typed = self.cleaned_data["place"]
        if not typed:
            return None
        try:
            return read_place(typed)
        except DomainError as refusal:
            raise ValidationError(str(refusal.message)) from refusal

    def clean_topics(self) -> list[str]:
        found = []
        for word in _words(self.cleaned_data["topics"]):
            code = self.known_topics.get(fold(word))
            if code is None:
                raise ValidationError(_("There is no topic “%(word)s”.") % {"word": word})
            found.append(code)
        return list(dict.fromkeys(found))

    def clean_areas(self) -> list[str]:
        return read_areas(self.cleaned_data["areas"])

    def clean_excepted(self) -> list[str]:
        return read_areas(self.cleaned_data["excepted"])

    def clean_hours(self) -> Week:
        try:
            return read_week(self.cleaned_data["hours"])
        except DomainError as refusal:
            raise ValidationError(str(refusal.message)) from refusal

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_place(given)
        if not {"areas", "excepted", "place"} & set(self.errors):
            place: Place | None = given["place"]
            try:
                given["areas"] = joined_areas(given["areas"] or ([place.county] if place else []))
                check_excepted(given["areas"], given["excepted"])
            except AreaError as wrong:
                self.add_error(wrong.field, ValidationError(wrong.words))
        return given

    def _check_place(self, given: dict[str, Any]) -> None:
        if given.get("location_kind") == LocationKind.VIRTUAL:
            given["place"] = given.get("place")
            return
        for name in ("place", "address_zh"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("A place that is not online needs this."))
        if (place := given.get("place")) and not place.district:
            self.add_error("place", _("Write the district too."))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file as it was read: its number, name, what is wrong, or its values.

    `values` holds only what the file has a column for.
    """

    number: int
    name: str
    wrong: list[str]
    values: dict[str, Any]
    key: uuid.UUID | None = None
    changes: list[Any] = field(default_factory=list)


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
        yield _line(number, {name: unguarded(cell) for name, cell in said.items()}, topics)


def _line(number: int, said: dict[str, str], topics: dict[str, str]) -> Line:
    form = LineForm(said, topics=topics)
    form.is_valid()
    wrong = [
        f"{_head(name)}: {message}" for name, errors in form.errors.items() for message in errors
    ]
    given = form.cleaned_data
    known = {name: given[name] for name in given if name in said}
    return Line(number, said.get("name_zh", ""), wrong, known, given.get("key"))


def _head(name: str) -> str:
    return HEADS[name][1 if is_english() else 0] if name in HEADS else ""


def _columns(heads: Sequence[str]) -> dict[str, int]:
    known = {fold(word): name for name, words in HEADS.items() for word in (name, *words)}
    found = {known[fold(head)]: at for at, head in enumerate(heads) if fold(head) in known}
    needed = [name for name, one in LineForm.base_fields.items() if one.required]
    missing = [HEADS[name][0] for name in [*needed, "place", "address_zh"] if name not in found]
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
