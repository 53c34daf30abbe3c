from accounts.models.absence import Absence
from accounts.models.agency import Agency, AgencyKind
from accounts.models.branch import Branch, BranchKind
from accounts.models.enterprise import Enterprise, RegistrationKind
from accounts.models.enterprise_invitation import EnterpriseInvitation
from accounts.models.enterprise_membership import EnterpriseMembership
from accounts.models.removal import Removal
from accounts.models.size_threshold import SizeThreshold
from accounts.models.staff_membership import StaffMembership
from accounts.models.user import Language, User

__all__ = [
    "Absence",
    "Agency",
    "AgencyKind",
    "Branch",
    "BranchKind",
    "Enterprise",
    "EnterpriseInvitation",
    "EnterpriseMembership",
    "Language",
    "RegistrationKind",
    "Removal",
    "SizeThreshold",
    "StaffMembership",
    "User",
]
