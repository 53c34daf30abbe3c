"""What an editor types of an announcement, both languages side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.reference import county_choices
from accounts.roles import Role
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField, RocDateField
from knowledge.announcement_states import Audience, Category
from knowledge.models import AnnouncementVersion
from knowledge.models.announcement_version import CONTENT_FIELDS

# Addresses that lead elsewhere under /news/ and /manage/news/.
RESERVED = {"write", "files", "subscribe", "subscriptions", "all", *Category.values}
_MOMENTS = {
    "event_starts_at": ("event_on", "event_from"),
    "event_ends_at": ("event_until_on", "event_until"),
    "starts_at": ("starts_on", "starts_time"),
}
_LISTS = ("topics", "counties", "roles")


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "class": "sp-w-s"}, format="%H:%M")
    wrong = _("Write the time like 14:30.")
    return forms.TimeField(
        label=label, required=False, widget=widget, error_messages={"invalid": wrong}
    )


def _ticks(label: Any, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=hint, required=False, widget=forms.CheckboxSelectMultiple
    )


class AnnouncementForm(PortalForm):
    """The words, dates and readers of one version; `content` is what the service takes."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=Audience.choices,
        help_text=_("The first three are public for everybody; the last one hides it."),
    )
    topics = _ticks(_("Topics"), _("Readers filter and subscribe by these. None means all."))
    counties = _ticks(_("Counties"), _("None means the whole country."))
    roles = _ticks(_("Roles that may read it"))
    title_zh = LineField(label=_("Title in Chinese"), max_length=80, required=False)
    title_en = LineField(label=_("Title in English"), max_length=160, required=False)
    summary_zh = LineField(label=_("One sentence in Chinese"), max_length=160, required=False)
    summary_en = LineField(label=_("One sentence in English"), max_length=320, required=False)
    body_zh = ProseField(label=_("Text in Chinese"), max_length=6000, rows=12, required=False)
    body_en = ProseField(label=_("Text in English"), max_length=12000, rows=12, required=False)
    place_zh = LineField(label=_("Place in Chinese"), max_length=120, required=False)
    place_en = LineField(label=_("Place in English"), max_length=200, required=False)
    event_on = RocDateField(label=_("Day of the event"), required=False)
    event_from = _clock(_("Begins at"))
    event_until_on = RocDateField(label=_("Last day, if not the same"), required=False)
    event_until = _clock(_("Ends at"))
    link_url = forms.URLField(
        label=_("Where to apply or read more"),
        help_text=_("The full address of a web page, https://…"),
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    starts_on = RocDateField(
        label=_("Public from"), help_text=_("Empty: as soon as it is approved."), required=False
    )
    starts_time = _clock(_("At what time"))
    ends_on = RocDateField(
        label=_("Public until"), help_text=_("Then it goes to the archive."), required=False
    )
    one_language_because = LineField(
        label=_("Why one language only"),
        help_text=_("Only where one of the two is not written. Readers do not see this."),
        max_length=200,
        required=False,
    )
    translation_checked = forms.BooleanField(
        label=_("I changed one language only; the other one still fits"), required=False
    )
    tell_again = forms.BooleanField(
        label=_("An urgent notice: tell whoever has an open case in its topics once more"),
        help_text=_("Only where the amendment changes what they have to do."),
        required=False,
    )
    note = LineField(
        label=_("Note for colleagues"),
        help_text=_("For example what has changed. Readers do not see this."),
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, topics: Sequence[tuple[str, str]], is_new: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics
        self.fields["counties"].choices = county_choices()
        self.fields["roles"].choices = Role.choices
        if is_new:
            del self.fields["translation_checked"], self.fields["tell_again"]

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The texts of both languages side by side."""
        names = ("title", "summary", "body", "place")
        return [(self[f"{name}_zh"], self[f"{name}_en"]) for name in names]

    @property
    def content(self) -> dict[str, Any]:
        """What was typed, as the fields of a version."""
        given = {name: self.cleaned_data.get(name) for name in CONTENT_FIELDS}
        given |= {name: list(given[name] or []) for name in _LISTS}
        for name in ("translation_checked", "tell_again"):
            given[name] = bool(given[name])
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not (given.get("title_zh") or given.get("title_en")) and not self.errors:
            self.add_error("title_zh", _("Write a title in one of the languages at least."))
        self._clean_audience(given)
        self._clean_event(given)
        given["starts_at"] = self._moment("starts_at", time(9))
        first, last = given.get("starts_on") or timezone.localdate(), given.get("ends_on")
        if last and last < first:
            self.add_error("ends_on", _("The last day lies before the first one or in the past."))
        return given

    def _clean_audience(self, given: dict[str, Any]) -> None:
        wanted = {
            Audience.SYSTEM: ("topics", _("Tick the topics that concern them.")),
            Audience.COUNTY: ("counties", _("Tick the counties.")),
            Audience.ROLE: ("roles", _("Tick the roles that may read it.")),
        }
        field, message = wanted.get(given.get("audience", ""), ("", ""))
        if field and not given.get(field) and field not in self.errors:
            self.add_error(field, message)
        if given.get("audience") != Audience.ROLE:
            given["roles"] = []

    def _clean_event(self, given: dict[str, Any]) -> None:
        """When it happens; where it is no event, days typed before are let go."""
        given["event_starts_at"] = given["event_ends_at"] = None
        if given.get("category") != Category.EVENTS:
            return
        for field in ("event_on", "event_from"):
            if not given.get(field) and field not in self.errors:
                self.add_error(field, _("Say when the event begins."))
        starts = given["event_starts_at"] = self._moment("event_starts_at", None)
        if given.get("event_until_on") and not given.get("event_until"):
            self.add_error("event_until", _("Say at what time it ends."))
        if starts is None or not given.get("event_until"):
            return
        until_on: date = given.get("event_until_on") or given["event_on"]
        ends = given["event_ends_at"] = _at(until_on, given["event_until"])
        if ends <= starts:
            self.add_error("event_until", _("The event ends before it begins."))

    def _moment(self, name: str, otherwise: time | None) -> datetime | None:
        day, clock = (self.cleaned_data.get(part) for part in _MOMENTS[name])
        clock = clock or otherwise
        return _at(day, clock) if day and clock else None


class NewAnnouncementForm(AnnouncementForm, CreatingForm):
    """The first draft: also in whose name, and at which address."""

    agency = forms.ChoiceField(label=_("In the name of"))
    slug = forms.SlugField(
        label=_("Address of the page"),
        help_text=_("Latin letters, figures and hyphens; for good. Empty: a number is given."),
        max_length=80,
        required=False,
        error_messages={"invalid": _("Use Latin letters, figures and hyphens only.")},
    )

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, is_new=True, **kwargs)
        self.fields["agency"].choices = agencies

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in RESERVED:
            raise ValidationError(_("This word is taken. Choose another address."))
        return slug


class ReasonForm(PortalForm):
    """Why something goes back to its writers."""

    because = ProseField(label=_("What has to change"), max_length=500, rows=3)


class WithdrawForm(PortalForm):
    """Why it is withdrawn, for readers of both languages."""

    because_zh = ProseField(label=_("Why, in Chinese"), max_length=300, rows=3)
    because_en = ProseField(label=_("Why, in English"), max_length=300, rows=3)


class FileForm(PortalForm):
    file = forms.FileField(
        label=_("Add a file"), help_text=_("PDF, photo, DOCX, XLSX, ODT, ODS or CSV, up to 20 MB.")
    )


def initial_of(version: AnnouncementVersion) -> dict[str, Any]:
    """What the form begins from."""
    shown: Mapping[str, Any] = {name: getattr(version, name) for name in CONTENT_FIELDS}
    parts: dict[str, Any] = {}
    for name, (day, clock) in _MOMENTS.items():
        at = getattr(version, name)
        local = timezone.localtime(at) if at else None
        parts[day] = local.date() if local else None
        parts[clock] = local.time() if local else None
    if parts["event_until_on"] == parts["event_on"]:
        parts["event_until_on"] = None
    return {**shown, **parts, "revision": version.revision}


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=timezone.get_current_timezone())
