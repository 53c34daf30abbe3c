"""Inputs written straight are those that Django's own templates write."""

import html.parser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template

from foundation.form_renderer import FormRenderer
from foundation.forms import PortalForm, ProseField

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


class Message(PortalForm):
    body = ProseField(label="Your <words>", max_length=100)
    same_when_empty = ("body",)


def drawn(form: forms.Form) -> str:
    return Template("{% load ui %}{% field form.body %}").render(Context({"form": form}))


def test_an_empty_field_is_drawn_once_and_holds_nothing_of_another_form():
    empty = drawn(Message())

    typed = drawn(Message({"body": "a secret"}))
    offered = drawn(Message(initial={"body": "a draft"}))
    refused = drawn(Message({"body": ""}))

    assert drawn(Message()) == empty
    assert "a secret" in typed
    assert "a draft" in offered
    assert "is-invalid" in refused
    assert "&lt;words&gt;" in empty
    assert "secret" not in empty + drawn(Message())


def test_an_empty_field_is_drawn_for_the_ids_of_its_form():
    assert 'id="id_body"' in drawn(Message())
    assert 'id="other_body"' in drawn(Message(auto_id="other_%s"))
    assert 'name="first-body"' in drawn(Message(prefix="first"))
