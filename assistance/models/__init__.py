from .guidance_system import GuidanceSystem, NeedGroup
from .system_agency import SystemAgency
from .system_edition import SystemEdition

__all__ = ["GuidanceSystem", "NeedGroup", "SystemAgency", "SystemEdition"]
