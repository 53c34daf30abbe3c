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


class NameTakenError(DomainError):
    message = _("An open entry of this name is there already.")


class EntryClosedError(DomainError):
    message = _("This entry is closed. Nothing can be changed any more.")


class PersonUnknownError(DomainError):
    message = _("Nobody has an account with this e-mail address.")


class PartnerAlreadyError(DomainError):
    message = _("This person is a partner of the organisation already.")
