"""One question per kind of notification: how soon by e-mail."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm
from notifications.channels import Pace
from notifications.registry import About, NotificationType


class PreferencesForm(PortalForm):
    """A choice for each kind that may be switched off, in the order of declaration."""

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[NotificationType],
        chosen: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._names: dict[str, str] = {}
        self._about: dict[str, About] = {}
        for kind in kinds:
            if not kind.may_switch_off:
                continue
            name = kind.kind.replace(".", "-")
            self._names[name] = kind.kind
            self._about[name] = kind.about
            self.fields[name] = forms.ChoiceField(
                label=kind.label,
                choices=Pace.choices,
                initial=(chosen or {}).get(kind.kind, Pace.AT_ONCE.value),
                widget=forms.Select(attrs={"class": "sp-w-l"}),
                error_messages={
                    "required": _("Choose how soon you want this e-mail."),
                    "invalid_choice": _("Choose one of the answers listed."),
                },
            )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions under what they are about, in the order of the headings."""
        sorted_in = {
            about: [self[name] for name, its in self._about.items() if its is about]
            for about in About
        }
        return [(str(about.label), fields) for about, fields in sorted_in.items() if fields]

    def paces(self) -> dict[str, str]:
        """What was chosen, by the kind's own name."""
        return {kind: self.cleaned_data[name] for name, kind in self._names.items()}
