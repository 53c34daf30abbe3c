from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.permissions import standing
from accounts.roles import Permission
from network.models.public_consent import PublicConsent
from network.models.volunteer_profile import VolunteerProfile
from network.models.volunteer_term import VolunteerTerm
from network.models.volunteer_training import VolunteerTraining
from network.volunteer_states import Training

if TYPE_CHECKING:
    from accounts.models import User


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    def visible_to(self, user: "User | Any") -> Self:
        """Oneself; all of them for those who review."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if standing(user).may(Permission.NETWORK_REVIEW):
            return self
        return self.filter(user_id=user.pk)

    def serving(self, day: date | None = None) -> Self:
        """Appointed for a term that covers the day (today when none is given)."""
        terms = VolunteerTerm.objects.covering(day or timezone.localdate())
        return self.filter(Exists(terms.filter(volunteer=OuterRef("pk"))))

    def ready(self, day: date | None = None) -> Self:
        """Serving and fully trained: these may be asked to take a case."""
        special = VolunteerTraining.objects.filter(volunteer=OuterRef("pk"), kind=Training.SPECIAL)
        return self.serving(day).filter(Exists(special), user__is_active=True)

    def shown(self, day: date | None = None) -> Self:
        """Ready, and showing at least one thing about themselves."""
        given = PublicConsent.objects.standing().filter(volunteer=OuterRef("pk"))
        return self.ready(day).filter(Exists(given))

    def in_county(self, county: str) -> Self:
        """Those who serve the county, at home or from elsewhere."""
        return self.filter(Q(county=county) | Q(more_counties__contains=[county]))

    def showing(self, field: str) -> Self:
        """Those who consented to this very field being shown."""
        given = PublicConsent.objects.standing().filter(volunteer=OuterRef("pk"), field=field)
        return self.filter(Exists(given))

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Volunteer(VolunteerProfile):
    """A person of the honorary guidance personnel: who she is, whatever her terms."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="volunteer"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["county"], name="volunteer_by_county")]

    def __str__(self) -> str:
        return f"volunteer {self.pk}"
