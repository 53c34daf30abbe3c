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
