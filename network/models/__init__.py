from network.models.conflict_of_interest import ConflictOfInterest
from network.models.directory_text import DirectoryText
from network.models.hours_exception import HoursException
from network.models.leave import Leave
from network.models.location import AccessFeature, Location, LocationKind
from network.models.monthly_capacity import MonthlyCapacity
from network.models.offering import Offering, OfferingState, SpokenLanguage
from network.models.offering_at_location import OfferingAtLocation
from network.models.organisation import CONFIRMED_FOR, Organisation, OrganisationKind
from network.models.organisation_membership import OrganisationMembership, PartnerRole
from network.models.public_consent import PublicConsent
from network.models.schedule import Schedule, Weekday
from network.models.service_area import AreaExtent, ServiceArea
from network.models.service_hours import ServiceHours
from network.models.taxonomy_term import TaxonomyTerm
from network.models.volunteer import Volunteer
from network.models.volunteer_application import VolunteerApplication
from network.models.volunteer_term import VolunteerTerm
from network.models.volunteer_training import VolunteerTraining
from network.models.volunteer_window import VolunteerWindow

__all__ = [
    "CONFIRMED_FOR",
    "AccessFeature",
    "AreaExtent",
    "ConflictOfInterest",
    "DirectoryText",
    "HoursException",
    "Leave",
    "Location",
    "LocationKind",
    "MonthlyCapacity",
    "Offering",
    "OfferingAtLocation",
    "OfferingState",
    "Organisation",
    "OrganisationKind",
    "OrganisationMembership",
    "PartnerRole",
    "PublicConsent",
    "Schedule",
    "ServiceArea",
    "ServiceHours",
    "SpokenLanguage",
    "TaxonomyTerm",
    "Volunteer",
    "VolunteerApplication",
    "VolunteerTerm",
    "VolunteerTraining",
    "VolunteerWindow",
    "Weekday",
]
