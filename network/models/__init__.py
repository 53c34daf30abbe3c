from network.models.location import Location, LocationKind
from network.models.offering import Offering, OfferingState, SpokenLanguage
from network.models.offering_at_location import OfferingAtLocation
from network.models.organisation import CONFIRMED_FOR, Organisation, OrganisationKind
from network.models.organisation_membership import OrganisationMembership, PartnerRole
from network.models.schedule import Schedule, Weekday
from network.models.service_area import AreaExtent, ServiceArea
from network.models.taxonomy_term import TaxonomyTerm

__all__ = [
    "CONFIRMED_FOR",
    "AreaExtent",
    "Location",
    "LocationKind",
    "Offering",
    "OfferingAtLocation",
    "OfferingState",
    "Organisation",
    "OrganisationKind",
    "OrganisationMembership",
    "PartnerRole",
    "Schedule",
    "ServiceArea",
    "SpokenLanguage",
    "TaxonomyTerm",
    "Weekday",
]
