"""What is typed of a question: both languages, what it rests on, and when it appears."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.forms import CreatingForm, LineField, PortalForm, ProseField, RocDateField
from foundation.languages import pick
from foundation.text import asked_line, is_cjk
from knowledge.models import LONGEST_ANSWER, LONGEST_QUESTION, LawArticle, QuestionVersion, Topic

_MARKS_HINT = _("Marks you can use: ## heading, - item, 1. item, **bold**, [words](https://…)")
_MONTHS = [(3, _("3 months")), (6, _("6 months")), (12, _("1 year")), (24, _("2 years"))]
WORDS = ("question_zh", "question_en", "answer_zh", "answer_en")


def begun_with(words: str) -> dict[str, str]:
    """A question that begins with somebody's words, in the language they are written in."""
    question = asked_line(words, LONGEST_QUESTION)
    code = "zh" if any(map(is_cjk, question)) else "en"
    return {f"question_{code}": question} if question else {}


class WordingForm(PortalForm):
    """Chinese and English side by side."""

    question_zh = LineField(
        label=_("Question (Chinese)"), max_length=LONGEST_QUESTION, required=False
    )
    question_en = LineField(
        label=_("Question (English)"), max_length=2 * LONGEST_QUESTION, required=False
    )
    answer_zh = ProseField(
        label=_("Answer (Chinese)"),
        max_length=LONGEST_ANSWER,
        rows=14,
        required=False,
        help_text=_MARKS_HINT,
    )
    answer_en = ProseField(
        label=_("Answer (English)"),
        max_length=2 * LONGEST_ANSWER,
        rows=14,
        required=False,
        help_text=_MARKS_HINT,
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"), queryset=Topic.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    laws = forms.ModelMultipleChoiceField(
        label=_("Legal basis"),
        queryset=LawArticle.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    valid_from = RocDateField(
        label=_("Holds from"),
        required=False,
        help_text=_("Leave it empty for the day it is published."),
    )
    review_months = forms.TypedChoiceField(
        label=_("Read again after"), choices=_MONTHS, coerce=int, initial=12
    )
    publish_on = RocDateField(
        label=_("Appears on"),
        required=False,
        help_text=_("Leave it empty: it appears as soon as it is approved."),
    )
    both_agree = forms.BooleanField(
        label=_("I have compared both languages: they say the same"), required=False
    )
    one_language_because = LineField(
        label=_("Why it may be published although a language is missing or older"),
        max_length=200,
        required=False,
        help_text=_("Readers see the mark; editors see it in the list until it is settled."),
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        topics = Topic.objects.in_order()
        self.fields["topics"].queryset = topics
        self.fields["topics"].label_from_instance = lambda topic: pick(topic, "name")
        self.fields["laws"].queryset = LawArticle.objects.in_order()
        self.fields["laws"].label_from_instance = lambda law: law.title

    def clean_publish_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["publish_on"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code in ("zh", "en"):
            question, answer = cleaned.get(f"question_{code}"), cleaned.get(f"answer_{code}")
            if answer and not question and f"question_{code}" not in self.errors:
                self.add_error(f"question_{code}", _("Write the question to this answer."))
            if question and not answer and f"answer_{code}" not in self.errors:
                self.add_error(f"answer_{code}", _("Write the answer to this question."))
        if not self.errors and not any(cleaned.get(name) for name in WORDS):
            self.add_error(
                "question_zh", _("Write the question and the answer in at least one language.")
            )
        return cleaned

    @property
    def wording(self) -> dict[str, Any]:
        """The cleaned values by the names the service takes."""
        clean = self.cleaned_data
        day = clean["publish_on"]
        return {
            **{name: clean[name] for name in WORDS},
            "topic_ids": tuple(topic.pk for topic in clean["topics"]),
            "law_ids": tuple(law.pk for law in clean["laws"]),
            "valid_from": clean["valid_from"],
            "review_months": clean["review_months"],
            "publish_at": _start_of(day) if day else None,
            "one_language_because": clean["one_language_because"],
            "both_agree": clean["both_agree"],
            "seen_edits": clean["edits"],
        }


class DraftForm(WordingForm, CreatingForm):
    """Also for which agency it is written."""

    agency = forms.ChoiceField(label=_("Responsible agency"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        agencies: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["agency"]
        field.choices = [(str(pk), name) for pk, name in agencies]
        if len(agencies) == 1:
            field.widget = forms.HiddenInput()
            field.initial = str(agencies[0][0])


class ReasonForm(PortalForm):
    """Why something is given back or retired."""

    because = LineField(label=_("Reason"), max_length=200)


def _start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def first_values(version: QuestionVersion) -> dict[str, Any]:
    """An earlier wording as the form's first values."""
    at = version.publish_at if version.is_open else None
    return {
        **{name: getattr(version, name) for name in WORDS},
        "topics": [topic.pk for topic in version.topics.all()],
        "laws": [law.pk for law in version.laws.all()],
        "valid_from": version.valid_from if version.is_open else None,
        "review_months": version.review_months,
        "publish_on": timezone.localdate(at) if at else None,
        "one_language_because": version.one_language_because if version.is_open else "",
        "edits": version.edits if version.is_open else None,
    }
