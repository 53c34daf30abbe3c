"""The directory in the small world: one organisation with a desk, and its partner."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from network.hsds.documents import TAXONOMY_ID
from tests.factories.network import (
    HoursExceptionFactory,
    OfferingAtLocationFactory,
    OrganisationMembershipFactory,
    ServiceAreaFactory,
    TermFactory,
)


def directory(people: Mapping[str, User]) -> dict[str, Any]:
    at = OfferingAtLocationFactory()
    ServiceAreaFactory(offering=at.offering)
    partner = OrganisationMembershipFactory(
        organisation=at.offering.organisation, user=people["partner"]
    )
    return {
        "organisation": at.offering.organisation,
        "offering": at.offering,
        "location": at.location,
        "at_location": at,
        "exception": HoursExceptionFactory(location=at.location),
        "organisation_partner": partner,
        "topic": TermFactory(code="financing"),
    }


def directory_arguments(ids: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What the doors of the directory take."""
    uuid = ids["organisation"].uuid
    acts = ("organisation", "change", "confirm", "close", "partner_name", "location_add")
    return {
        **{f"manage_network:{act}": [uuid] for act in (*acts, "offering_add")},
        **{
            f"manage_network:location_{act}": [uuid, ids["location"].pk]
            for act in ("change", "close")
        },
        "manage_network:offering_change": [uuid, ids["offering"].pk],
        "manage_network:week": [uuid, ids["offering"].pk, ids["at_location"].pk],
        "manage_network:days": [uuid, ids["location"].pk],
        "manage_network:days_remove": [uuid, ids["location"].pk, ids["exception"].pk],
        "manage_network:export": ["csv"],
        "manage_network:partner_end": [uuid, ids["organisation_partner"].pk],
        "manage_network:import_example": ["csv"],
        "network:organisation": [ids["organisation"].uuid],
        "network:county": ["taichung"],
        "network:county_print": ["taichung"],
        "network:export": ["csv"],
        "hsds:service": [ids["offering"].uuid],
        "hsds:organization": [ids["organisation"].uuid],
        "hsds:service_at_location": [ids["at_location"].uuid],
        "hsds:taxonomy": [TAXONOMY_ID],
        "hsds:taxonomy_term": [ids["topic"].uuid],
        "hsds:patch": ["service"],
    }
