from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.reference import county_name
from foundation.models import LineField, ProseField
from network.models.offering import SpokenLanguage


class VolunteerProfile(models.Model):
    """What a volunteer says about herself, at first in the application."""

    name = LineField(max_length=80)
    title = LineField(max_length=80, blank=True, default="")
    phone = LineField(max_length=30, blank=True, default="")
    county = models.CharField(max_length=20)
    # Other counties that are served too, each as a whole.
    more_counties = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Chinese names of districts of the first county; none means all of it.
    districts = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # Codes of guidance systems, as the taxonomy names them.
    specialties = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    introduction = ProseField(max_length=1000, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def counties(self) -> list[str]:
        """All counties served, the home county first."""
        return [self.county, *self.more_counties]

    @property
    def county_words(self) -> str:
        return county_name(self.county)

    @property
    def more_county_words(self) -> list[str]:
        return [county_name(code) for code in self.more_counties]

    @property
    def language_words(self) -> list[str]:
        return [str(one.label) for one in SpokenLanguage if one.value in self.languages]


PROFILE_FIELDS = (
    "name",
    "title",
    "phone",
    "county",
    "more_counties",
    "districts",
    "specialties",
    "languages",
    "introduction",
)
