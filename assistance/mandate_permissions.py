"""May this person file for enterprises, or do this with that mandate, and if not, why not."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import standing
from assistance.models import Mandate
from assistance.states import MandateState
from foundation.verdicts import ALLOWED, Verdict, refused


def can_file_for_others(user: User) -> Verdict:
    """Anyone with an account, but nobody who works for an agency: they open cases at the desk."""
    who = standing(user)
    if who.user_id is None:
        return refused(_("Sign in first."))
    if who.is_staff:
        return refused(
            _("People who work for an agency do not file under a mandate. Use the desk instead.")
        )
    return ALLOWED


def can_file_under(mandate: Mandate) -> Verdict:
    """File another request without asking again."""
    if mandate.is_in_force() and mandate.is_standing:
        return ALLOWED
    return refused(_("This mandate no longer lets you file. Ask the enterprise for a new one."))


def can_ask_again(mandate: Mandate) -> Verdict:
    """Send the letter again; members of an enterprise read the question in the portal."""
    if mandate.state == MandateState.ASKED and mandate.enterprise_id is None:
        return ALLOWED
    return refused(_("This enterprise is asked in its account here."))
