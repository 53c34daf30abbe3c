"""The volunteer of the world, the places of its organisation, and what their pages point at."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from network.models import OrganisationMembership
from tests.factories.volunteers import (
    ConflictOfInterestFactory,
    LeaveFactory,
    ServiceHoursFactory,
    VolunteerApplicationFactory,
    VolunteerFactory,
    VolunteerWindowFactory,
)


def volunteers(people: Mapping[str, User]) -> dict[str, Any]:
    """A volunteer in her term, somebody's application, leaves of hers and of the organisation."""
    volunteer = VolunteerFactory(
        user=people["volunteer"], serving=True, name="qzvolunteer 王", title="qzvolunteer 會計師"
    )
    held = OrganisationMembership.objects.get(user=people["partner"])
    return {
        "volunteer": volunteer,
        "term": volunteer.terms.get(),
        "application": VolunteerApplicationFactory(
            window=VolunteerWindowFactory(), name="qzapplicant 李"
        ),
        "leave": LeaveFactory(volunteer=volunteer),
        "organisation_leave": LeaveFactory(organisation_id=held.organisation_id),
        "hours": ServiceHoursFactory(volunteer=volunteer, what="qzvolunteer 訪視"),
        "tie": ConflictOfInterestFactory(volunteer=volunteer, enterprise_name="qzvolunteer 公司"),
    }


def volunteer_arguments(ids: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What the doors of volunteers take."""
    own = {"withdraw": "application", "leave_cancel": "leave", "hours_remove": "hours"}
    own |= {"tie_end": "tie"}
    desk = dict.fromkeys(("application", "review", "appoint", "refuse"), "application")
    desk |= dict.fromkeys(("volunteer", "record", "training"), "volunteer")
    desk |= {"term_end": "term", "hours_confirm": "hours", "hours_return": "hours"}
    organisation = ids["organisation"].uuid
    return {
        **{f"volunteers:{door}": [ids[thing].pk] for door, thing in own.items()},
        **{f"manage_volunteers:{door}": [ids[thing].pk] for door, thing in desk.items()},
        "manage_volunteers:applications_export": ["csv"],
        "manage_volunteers:people_export": ["csv"],
        "partner_places:calendar": [organisation],
        "partner_places:leave": [organisation],
        "partner_places:leave_cancel": [organisation, ids["organisation_leave"].pk],
    }
