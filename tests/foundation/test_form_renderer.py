"""Inputs written straight are those that Django's own templates write."""

import html.parser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from foundation.form_renderer import FormRenderer

HOSTILE = "\"><script>'&\u3000中文"


class Odd(forms.Form):
    line = forms.CharField(max_length=20, initial=HOSTILE, help_text="hint")
    nothing = forms.CharField(required=False, disabled=True)
    secret = forms.CharField(widget=forms.PasswordInput)
    mail = forms.EmailField(widget=forms.EmailInput({"placeholder": HOSTILE, "data-x": None}))
    number = forms.IntegerField(initial=0, min_value=0)
    hidden = forms.CharField(widget=forms.HiddenInput, initial=HOSTILE)
    papers = forms.FileField(widget=forms.FileInput({"accept": ".pdf", "data-camera": True}))
    prose = forms.CharField(widget=forms.Textarea, initial=f"\n{HOSTILE}\n")
    one = forms.ChoiceField(
        choices=[("", "—"), ("a", HOSTILE), (HOSTILE, "b"), ("組", [("c", "C"), ("d", "D")])],
        initial=HOSTILE,
    )


class Read(html.parser.HTMLParser):
    """What a browser reads: elements with their attributes, and texts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(attrs, key=str)))

    def handle_data(self, data):
        if data.strip(" \n"):
            self.found.append(data)


@pytest.mark.parametrize("name", list(Odd.base_fields))
@pytest.mark.parametrize("data", [None, {}, {"line": HOSTILE * 9, "one": "nonsense"}])
def test_a_browser_reads_the_same(name, data):
    ours = Odd(data, renderer=FormRenderer())[name]
    plain = Odd(data, renderer=DjangoTemplates())[name]

    assert Read(str(ours)).found == Read(str(plain)).found


def test_other_widgets_go_through_their_templates():
    class Picked(forms.Form):
        day = forms.DateField(widget=forms.SelectDateWidget(years=[2026]))
        kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)

    for name in Picked.base_fields:
        ours = str(Picked(renderer=FormRenderer())[name])
        plain = str(Picked(renderer=DjangoTemplates())[name])
        assert Read(ours).found == Read(plain).found
