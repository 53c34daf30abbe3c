"""What is typed to turn a case into a published answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.forms.questions import DraftForm


class FromCaseForm(DraftForm):
    """A draft, and the word of its writer that it leads to nobody."""

    is_checked = forms.BooleanField(
        label=_("I have read it: nobody can be recognised by it"), required=False
    )
