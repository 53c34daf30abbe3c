"""Whether the person who acts for an enterprise belongs to it, seen under a lock."""

from accounts.models import EnterpriseMembership
from assistance.services.errors import NotAMemberError


def check_member(*, user_id: int, enterprise_id: int) -> None:
    """Refuse who does not belong to the enterprise; one who does cannot leave before the act is done.

    The view found the person to belong there when the page was asked for; a membership may end between
    the look and the act. Raises NotAMemberError.
    """
    mine = EnterpriseMembership.objects.locked().active_for(user_id)
    if mine.filter(enterprise_id=enterprise_id).first() is None:
        raise NotAMemberError
