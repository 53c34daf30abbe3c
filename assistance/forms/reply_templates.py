"""What is typed of a reply template: both languages, and only fields that exist."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assistance.models import ReplyTemplate
from assistance.reply_fields import FIELDS, unknown_fields
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField

COMMON = "common"
TEXTS = ("title_zh", "title_en", "body_zh", "body_en")
_FIELDS_HINT = _(
    "Fields you can use: {name} the applicant, {number} the case, {enterprise}, "
    "{officer} you, {agency} your agency."
)


def _check_fields(text: str) -> None:
    unknown = unknown_fields(text)
    if unknown:
        words = _("There is no field “%(field)s”. Use %(fields)s.")
        known = " ".join(f"{{{name}}}" for name in FIELDS)
        raise ValidationError([words % {"field": name, "fields": known} for name in unknown])


class TemplateTextForm(PortalForm):
    """Title and text, Chinese and English."""

    title_zh = LineField(label=_("Title (Chinese)"), max_length=80)
    title_en = LineField(label=_("Title (English)"), max_length=80)
    body_zh = ProseField(
        label=_("Text (Chinese)"),
        max_length=4000,
        rows=10,
        help_text=_FIELDS_HINT,
        validators=[_check_fields],
    )
    body_en = ProseField(
        label=_("Text (English)"),
        max_length=4000,
        rows=10,
        help_text=_FIELDS_HINT,
        validators=[_check_fields],
    )

    @property
    def text(self) -> dict[str, str]:
        """The cleaned words by the names the service takes."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class AddTemplateForm(TemplateTextForm, CreatingForm):
    """Also whose template it will be: everybody's, or one agency's."""

    place = forms.ChoiceField(label=_("Who uses it"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: Sequence[tuple[str, str]],
        **kw: Any,
    ) -> None:
        super().__init__(data, **kw)
        self.offer_or_settle("place", places)
        self.order_fields(["place", *TEXTS])

    @property
    def agency_id(self) -> int | None:
        """The agency it is for; None for all of them."""
        place = self.cleaned_data["place"]
        return None if place == COMMON else int(place)


def text_of(template: ReplyTemplate) -> dict[str, str]:
    """The template's words as the form's first values."""
    return {name: getattr(template, name) for name in TEXTS}
