"""What an applicant types on the page of her case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assistance.forms.attached import ACCEPTED_FILES, AttachedField
from foundation.forms import CreatingForm, PortalForm, ProseField

SCORES = [
    ("5", _("5 – solved")),
    ("4", _("4 – helped a lot")),
    ("3", _("3 – helped somewhat")),
    ("2", _("2 – helped little")),
    ("1", _("1 – did not help")),
]
_FILES_HINT = _("At most 5, up to 20 MB each. A photo from your phone is fine.")


class MessageForm(CreatingForm):
    body = ProseField(max_length=4000, rows=4, label=_("Your message"))
    files = AttachedField(label=_("Files"), required=False, help_text=_FILES_HINT)
    same_when_empty = ("body", "files")


class QuestionReplyForm(CreatingForm):
    body = ProseField(
        max_length=4000,
        rows=4,
        label=_("Your answer"),
        help_text=_("For example: everything is uploaded. If something is missing, say why."),
    )
    files = AttachedField(label=_("Files"), required=False, help_text=_FILES_HINT)


class PaperForm(PortalForm):
    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_FILES}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
    item = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)


class WithdrawForm(PortalForm):
    reason = ProseField(
        max_length=1000, rows=3, required=False, label=_("Why do you withdraw it?")
    )


class ReopenForm(PortalForm):
    reason = ProseField(max_length=1000, rows=4, label=_("What is still not solved?"))


class RatingForm(PortalForm):
    score = forms.ChoiceField(
        label=_("Did this answer help?"),
        choices=SCORES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    text = ProseField(max_length=1000, rows=3, required=False, label=_("What could be better?"))

    def clean_score(self) -> int:
        return int(self.cleaned_data["score"])
