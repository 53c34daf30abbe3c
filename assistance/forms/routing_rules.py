"""What is typed of a routing rule: whom it names, and for which cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.reference import county_choices, industry_choices
from assistance.models import RuleVersion
from assistance.models.routing_rule import HIGHEST_RANK, LONGEST_WORD, RULE_TERMS
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField
from foundation.text import clean_line, search_terms

MOST_WORDS = 30
MOST_STAFF = 1_000_000

Choices = Sequence[tuple[str, str]]


class RuleForm(PortalForm):
    """All conditions that are named must be met; of each list one is enough."""

    name_zh = LineField(label=_("Name (Chinese)"), max_length=60)
    name_en = LineField(label=_("Name (English)"), max_length=120)
    agency = forms.ChoiceField(label=_("Agency that is asked"))
    system = forms.ChoiceField(label=_("Only for this system"), required=False)
    counties = forms.MultipleChoiceField(
        label=_("Only from these counties"), required=False, widget=forms.CheckboxSelectMultiple
    )
    industries = forms.MultipleChoiceField(
        label=_("Only in these industries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    staff_at_least = forms.IntegerField(
        label=_("Staff, at least"), required=False, min_value=0, max_value=MOST_STAFF
    )
    staff_at_most = forms.IntegerField(
        label=_("Staff, at most"), required=False, min_value=0, max_value=MOST_STAFF
    )
    words = ProseField(
        label=_("Only where one of these words stands in the request"),
        help_text=_("One a line."),
        required=False,
        max_length=MOST_WORDS * (LONGEST_WORD + 1),
        rows=4,
    )
    rank = forms.IntegerField(
        label=_("Order"),
        help_text=_("Rules with a lower number are tried first."),
        initial=100,
        min_value=1,
        max_value=HIGHEST_RANK,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        agencies: Choices,
        systems: Choices,
        **kw: Any,
    ) -> None:
        super().__init__(data, **kw)
        self.fields["agency"].choices = [("", _("Choose an agency")), *agencies]
        self.fields["system"].choices = [("", _("Every system")), *systems]
        self.fields["counties"].choices = county_choices()
        self.fields["industries"].choices = industry_choices()

    def clean_words(self) -> list[str]:
        lines = [clean_line(line) for line in str(self.cleaned_data["words"]).splitlines()]
        words = list(dict.fromkeys(line for line in lines if line))
        if len(words) > MOST_WORDS:
            raise ValidationError(_("Name at most %(most)d words."), params={"most": MOST_WORDS})
        for word in words:
            if len(word) > LONGEST_WORD or not search_terms(word):
                raise ValidationError(
                    _("“%(word)s” is too long or holds no word."), params={"word": word}
                )
        return words

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        least, most = said.get("staff_at_least"), said.get("staff_at_most")
        if least is not None and most is not None and least > most:
            self.add_error("staff_at_most", _("The most must not be less than the least."))
        conditions = ("system", "counties", "industries", "words")
        named = any(said.get(name) for name in conditions) or least is not None or most is not None
        if not named and not self.errors:
            self.add_error(
                None, _("Say for which cases the rule is meant: name at least one condition.")
            )
        return said

    @property
    def terms(self) -> dict[str, Any]:
        """The cleaned answers by the names the service takes."""
        said = dict(self.cleaned_data)
        system = said.pop("system")
        return {
            **{name: said[name] for name in RULE_TERMS if name in said},
            "agency_id": int(said["agency"]),
            "system_id": int(system) if system else None,
        }


class AddRuleForm(RuleForm, CreatingForm):
    """Also carries the key that makes two clicks one rule."""


def first_values(version: RuleVersion) -> dict[str, Any]:
    """A version's terms as the form's first values."""
    said = version.terms()
    return said | {
        "agency": str(version.agency_id),
        "system": str(version.system_id or ""),
        "words": "\n".join(version.words),
    }
