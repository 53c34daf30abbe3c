"""What a service says when an act is impossible: a named error with words fit to show."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """An act the business does not allow. `message` is shown to the person who tried it."""

    message: ClassVar["str | Promise"] = _("This is not possible now.")

    def __init__(self, message: "str | Promise | None" = None) -> None:
        if message is not None:
            self.message = message  # type: ignore[misc]
        super().__init__(message if message is not None else type(self).message)

    def __str__(self) -> str:
        return str(self.message)
