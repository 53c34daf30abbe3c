"""What happened around volunteers and capacity, in words."""

from django.utils.translation import gettext_lazy as _

from ledger.timeline import sentence
from network.volunteer_events import CapacityEvent, VolunteerEvent

sentence(
    VolunteerEvent.WINDOW_SET,
    public=None,
    staff=_("The days of a round for volunteers were set."),
)
sentence(VolunteerEvent.APPLIED, public=_("You applied."), staff=_("The application came in."))
sentence(VolunteerEvent.REVIEWED, public=_("The first review was passed."))
sentence(VolunteerEvent.APPOINTED, public=_("The second review was passed: appointed."))
sentence(VolunteerEvent.REFUSED, public=_("The application was not accepted."))
sentence(
    VolunteerEvent.WITHDRAWN,
    public=_("You took the application back."),
    staff=_("The applicant took the application back."),
)
sentence(VolunteerEvent.TERM_ENDING, public=_("A reminder was sent that the term ends soon."))
sentence(VolunteerEvent.TERM_ENDED, public=_("The term was ended early."))
sentence(VolunteerEvent.TRAINED, public=_("A training was put on record."))
sentence(VolunteerEvent.PROFILE_CHANGED, public=_("Details about the volunteer were changed."))
sentence(
    VolunteerEvent.CONSENTS_CHANGED,
    public=_("It was changed what is shown to everybody."),
)
sentence(VolunteerEvent.CONFLICT_DECLARED, public=_("A tie to an enterprise was declared."))
sentence(VolunteerEvent.CONFLICT_ENDED, public=_("A declared tie no longer holds."))
sentence(VolunteerEvent.HOURS_ENTERED, public=_("Hours given were entered."))
sentence(VolunteerEvent.HOURS_CONFIRMED, public=_("Hours given were confirmed."))
sentence(VolunteerEvent.HOURS_RETURNED, public=_("Hours given were sent back."))
sentence(VolunteerEvent.HOURS_REMOVED, public=_("Hours were taken out."))
sentence(VolunteerEvent.IMPORTED, public=None, staff=_("A list of volunteers was imported."))
sentence(
    VolunteerEvent.LIST_EXPORTED,
    public=None,
    staff=_("A list of volunteers was taken out as a file."),
)
sentence(CapacityEvent.PLACES_SET, public=_("The number of places was changed."))
sentence(CapacityEvent.LEAVE_PLANNED, public=_("A leave was planned."))
sentence(CapacityEvent.LEAVE_CANCELLED, public=_("A leave was taken back."))
