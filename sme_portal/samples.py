"""Invented contents for the styleguide: each component in each of its states."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.states import CaseState, NeedState
from foundation.forms import LineField, PortalForm, ProseField, RocDateField


class SampleForm(PortalForm):
    """One field of each kind."""

    business_number = LineField(
        label=gettext_lazy("Business number"),
        help_text=gettext_lazy("8 digits"),
        max_length=8,
        inputmode="numeric",
    )
    problem = ProseField(label=gettext_lazy("What is the problem?"), max_length=500, rows=4)
    day = RocDateField(label=gettext_lazy("By which day?"), required=False)
    urgency = forms.ChoiceField(
        label=gettext_lazy("How urgent is it?"),
        widget=forms.RadioSelect,
        choices=[
            ("dated", gettext_lazy("There is a deadline")),
            ("soon", gettext_lazy("Soon, but no deadline")),
            ("asking", gettext_lazy("I am only asking")),
        ],
    )
    county = forms.ChoiceField(
        label=gettext_lazy("County or city"),
        choices=[("", gettext_lazy("Choose")), ("tpe", gettext_lazy("Taipei City"))],
    )
    papers = forms.FileField(label=gettext_lazy("Papers"), required=False)
    agreed = forms.BooleanField(
        label=gettext_lazy("I agree that the agencies see these data"),
        help_text=gettext_lazy("Used for this request only."),
    )


def everything(request: HttpRequest) -> dict[str, Any]:
    """The context of the styleguide."""
    now = timezone.now()
    return {
        "now": now,
        "case_states": CaseState,
        "need_states": NeedState,
        "other_states": _other_states(),
        "clocks": _clocks(now),
        "steps": [
            (_("Enterprise"), "#stepper"),
            _("The problem"),
            _("System"),
            _("Papers"),
            _("Contact"),
        ],
        "tasks": _tasks(),
        "rows": _rows(),
        "events": _events(now),
        "files": _files(),
        "system": _system(),
        "form": SampleForm(),
        "wrong_form": SampleForm({"business_number": "1234567 890"}),
        "notes": _notes(),
    }


def _other_states() -> list[tuple[str, str]]:
    return [
        ("draft", _("Draft")),
        ("referred", _("Referred")),
        ("sent", _("Sent")),
        ("failed", _("Failed")),
        ("overdue", _("Overdue")),
    ]


def _clocks(now: Any) -> list[dict[str, Any]]:
    later = now + timedelta(days=2)
    return [
        {"state": "ok", "words": _("2 days left"), "percent": 35, "due_at": later},
        {"state": "soon", "words": _("1 h 06 min left"), "percent": 88, "due_at": later},
        {"state": "over", "words": _("9 h late"), "percent": 100, "due_at": later},
        {"state": "paused", "words": _("Paused"), "percent": 40},
    ]


def _tasks() -> list[dict[str, Any]]:
    return [
        {"title": _("Enterprise"), "url": "#tasks", "done": True},
        {
            "title": _("The problem"),
            "url": "#tasks",
            "hint": _("About 2 minutes"),
            "state": "progress",
            "label": _("In progress"),
        },
        {"title": _("Send"), "hint": _("Finish the parts above first")},
    ]


def _rows() -> list[dict[str, Any]]:
    return [
        {"label": _("Company"), "value": _("Example Precision Co. (demo)"), "url": "#summary"},
        {"label": _("Latest tax return"), "value": "", "url": "#summary"},
        {"label": _("Papers"), "value": "PO-0001.pdf", "meta": "1.2 MB", "url": "#summary"},
    ]


def _events(now: Any) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Waiting for you"),
            "at": now,
            "by": _("Officer Chen"),
            "state": "now",
            "icon": "alert",
            "body": _("The order has arrived. We still need the tax return."),
        },
        {"title": _("Your message"), "at": now - timedelta(hours=5), "state": "done", "icon": "chat",
         "kind": "mine", "body": _("Here is the order."), "files": _files()[:1]},
        {"title": _("Note"), "at": now - timedelta(days=1), "state": "done", "icon": "lock",
         "kind": "note", "body": _("The order is real; look at the tax return first.")},
        {"title": _("You sent the request"), "at": now - timedelta(days=400), "state": "done"},
    ]  # fmt: skip


def _files() -> list[dict[str, Any]]:
    return [
        {"name": "PO-0001.pdf", "size": 1_200_000, "url": "#files", "state": "ready"},
        {"name": "401-115-03.pdf", "size": 640_000, "state": "uploading", "percent": 64},
        {"name": "scan.jpg", "size": 2_400_000, "state": "pending"},
        {
            "name": "IMG_2231.heic",
            "state": "refused",
            "reason": _("This file cannot be opened. Save it as PDF, JPG or PNG and try again."),
            "remove_url": "#files",
        },
    ]


def _system() -> dict[str, Any]:
    return {
        "number": 1,
        "url": "#systems",
        "heading": _("I need a loan, cash flow or better books"),
        "name": _("Finance and credit"),
        "name_other": "",
        "gives": _("Diagnosis, guarantees, talks with the bank"),
        "eligible": _("Registered small and medium enterprises"),
        "agency": _("Small and Medium Enterprise and Startup Administration"),
        "days": 3,
        "ask_url": "#systems",
    }


def _notes() -> list[dict[str, str]]:
    return [
        {"level_tag": "success", "message": _("Saved.")},
        {"level_tag": "warning", "message": _("Someone else is looking at this case.")},
        {"level_tag": "error", "message": _("Not saved: the case was withdrawn a moment ago.")},
    ]
