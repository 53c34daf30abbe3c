import uuid
from datetime import date

import pytest
from django.forms import ModelForm
from django.http import QueryDict
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from foundation.forms import CreatingForm, LineField, PortalForm, ProseField, RocDateField
from foundation.models import CalendarDay
from foundation.text import TextNotAllowedError


class Asking(CreatingForm):
    name = LineField(max_length=10, autocomplete="organization", inputmode="text")
    story = ProseField(max_length=50, rows=4, required=False)
    since = RocDateField(required=False)


def sent(**data):
    return Asking({"idempotency_key": str(uuid.uuid4()), "name": "甲乙行", **data})


def test_clean_values_come_out():
    form = sent(name=" 甲\u200b乙行 ", story="一\r\n二", since="１１５/8/7")

    assert form.is_valid()
    assert form.cleaned_data["name"] == "甲乙行"
    assert form.cleaned_data["story"] == "一\n二"
    assert form.cleaned_data["since"].isoformat() == "2026-08-07"


@given(
    name=st.text(alphabet=st.characters()),
    story=st.text(alphabet=st.characters()),
    since=st.text(),
)
def test_whatever_is_typed_a_form_answers(name, story, since):
    form = sent(name=name, story=story, since=since)
    if form.is_valid():
        assert len(form.cleaned_data["name"]) <= 10
        form.cleaned_data["story"].encode()


@pytest.mark.parametrize("key", [None, "", "x", "\x00", "a" * 10_000])
def test_without_a_usable_key_the_page_is_shown_again_with_one(key):
    data = QueryDict(mutable=True)
    data.update({"name": "甲乙行"} if key is None else {"name": "甲乙行", "idempotency_key": key})
    form = Asking(data)

    assert not form.is_valid()
    assert len(form.non_field_errors()) == 1
    assert Asking(form.data).is_valid()
    assert form["name"].value() == "甲乙行"


def test_each_page_gets_a_key_of_its_own():
    assert Asking()["idempotency_key"].value() != Asking()["idempotency_key"].value()


def test_errors_are_listed_with_where_they_are():
    form = sent(name="")
    form.add_error(None, "Everything is wrong")

    assert form.error_summary[0] == ("", "Everything is wrong")
    assert form.error_summary[1][0] == "id_name"


def test_a_form_is_drawn_without_its_form_element_and_helps_a_phone():
    drawn = Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": Asking()})
    )

    assert "<form" not in drawn
    assert 'autocomplete="organization"' in drawn
    assert 'name="idempotency_key"' in drawn


def test_a_plain_form_has_no_key():
    assert "idempotency_key" not in PortalForm().fields


def test_a_stored_day_is_shown_as_the_reader_writes_it():
    form = Asking(initial={"since": date(2026, 8, 7)})

    assert form["since"].value() == "115/08/07"


def test_a_model_brings_its_fields_into_a_form():
    class DayForm(ModelForm):
        class Meta:
            model = CalendarDay
            fields = ["note_zh"]

    assert DayForm({"note_zh": " 颱\u200b風假 "}).is_valid()
    assert DayForm({"note_zh": "\x00"}).errors
    assert DayForm({"note_zh": "風" * 81}).errors


@pytest.mark.django_db
def test_text_is_cleaned_on_every_way_into_the_database():
    day = CalendarDay.objects.create(
        day=date(2026, 1, 1), is_working=False, note_zh=" 元\u200b旦 "
    )
    assert day.note_zh == "元旦"

    CalendarDay.objects.update(note_zh="e\u0301\ufeff")
    assert CalendarDay.objects.get(note_zh="é").pk == day.pk

    for bad in ("\x00", "風" * 81):
        with pytest.raises(TextNotAllowedError):
            CalendarDay.objects.create(day=date(2026, 1, 2), is_working=False, note_zh=bad)
