"""What a subscriber wants to hear of: topics, counties, how often; for a guest also an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.reference import county_choices
from foundation.forms import PortalForm
from knowledge.announcement_states import SubscriptionPace
from knowledge.models import Subscription


class SubscriptionForm(PortalForm):
    pace = forms.ChoiceField(
        label=_("How often"),
        choices=SubscriptionPace.choices,
        initial=SubscriptionPace.WEEKLY,
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Which topics"),
        help_text=_("None ticked: all of them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    counties = forms.MultipleChoiceField(
        label=_("Which counties"),
        help_text=_("None ticked: all. What is meant for the whole country always comes."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, topics: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics
        self.fields["counties"].choices = county_choices()


class GuestSubscriptionForm(SubscriptionForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send a link to it; nothing else comes before you open that link."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write an e-mail address like name@example.com.")},
    )
    field_order = ("email", "pace", "topics", "counties")


def initial_of(subscription: Subscription | None) -> dict[str, Any]:
    if subscription is None:
        return {}
    return {name: getattr(subscription, name) for name in ("pace", "topics", "counties")}
