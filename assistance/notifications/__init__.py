"""Who is told what of a case: one module per audience."""

from assistance.notifications import intake, silences, to_applicant, to_staff

__all__ = ["intake", "silences", "to_applicant", "to_staff"]
