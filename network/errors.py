"""What the directory refuses, in words fit to show."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class PlaceUnknownError(DomainError):
    message = _(
        "We do not know this place. Write a county and district, such as 臺中市大里區, "
        "or a postcode, such as 412."
    )


class PlaceAmbiguousError(DomainError):
    """The same name lies in several counties; says which."""

    def __init__(self, places: list[str]) -> None:
        words = _("There are several places of that name: %(places)s. Write the county too.")
        super().__init__(words % {"places": "、".join(places)})


class HoursUnreadableError(DomainError):
    """Hours that cannot be read; says which."""

    def __init__(self, text: str) -> None:
        words = _("“%(text)s” are no hours. Write them like 08:30-12:00, 13:30-17:30.")
        super().__init__(words % {"text": text[:60]})


class DaysTakenError(DomainError):
    message = _("Other hours are named for some of these days already.")


class KeyUnknownError(DomainError):
    message = _("No open entry has this key. Leave the cell empty to add a new one.")


class LinesDifferError(DomainError):
    """Two lines of a file say different things of one organisation, place or service."""

    def __init__(self, line: int) -> None:
        words = _("Line %(line)d says something else of the same organisation, place or service.")
        super().__init__(words % {"line": line})


class PlanChangedError(DomainError):
    message = _("The directory has changed since you looked. Look at the changes again.")


class NameTakenError(DomainError):
    message = _("An open entry of this name is there already.")


class EntryClosedError(DomainError):
    message = _("This entry is closed. Nothing can be changed any more.")


class PersonUnknownError(DomainError):
    message = _("Nobody has an account with this e-mail address.")


class PartnerAlreadyError(DomainError):
    message = _("This person is a partner of the organisation already.")
