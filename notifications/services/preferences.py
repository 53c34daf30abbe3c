"""What a person wants to hear by e-mail, and how soon."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from ledger.recording import record
from notifications.channels import Pace
from notifications.errors import KindNotChosenError
from notifications.events import PostEvent
from notifications.models import Preference
from notifications.registry import kind_named


@transaction.atomic
def choose_paces(*, user_id: int, paces: Mapping[str, str]) -> int:
    """Keep how soon a person wants each kind of e-mail, and say how many choices changed.

    KindNotChosenError for a kind that is unknown or cannot be switched off.
    """
    user = User.objects.locked().get(pk=user_id)
    for kind_name, pace in paces.items():
        kind = kind_named(kind_name)
        if kind is None or (not kind.may_switch_off and pace != Pace.AT_ONCE):
            raise KindNotChosenError
    before = dict(Preference.objects.visible_to(user).values_list("kind", "pace"))
    changed = {
        kind: Pace(pace).value
        for kind, pace in paces.items()
        if before.get(kind, Pace.AT_ONCE.value) != pace
    }
    if not changed:
        return 0
    Preference.objects.bulk_create(
        [Preference(user=user, kind=kind, pace=pace) for kind, pace in changed.items()],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["pace"],
    )
    record(PostEvent.PREFERENCES_CHANGED, subject=user, actor_id=user_id, facts=changed)
    return len(changed)
