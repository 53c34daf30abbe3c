"""Who is told what of a case: one module per audience."""

from assistance.notifications import calling, intake, silences, to_applicant, to_staff

__all__ = ["calling", "intake", "silences", "to_applicant", "to_staff"]
