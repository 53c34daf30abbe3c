"""What a person sets for themselves: name, phone, language, keyboard shortcuts."""

from django.db import transaction

from accounts.events import AccountEvent
from accounts.models import Language, User
from ledger.recording import record


@transaction.atomic
def change(*, user_id: int, name: str, phone: str) -> User:
    """Change name and phone; records that they changed, not to what."""
    user: User = User.objects.locked().get(pk=user_id)
    fields = [f for f, new in (("name", name), ("phone", phone)) if getattr(user, f) != new]
    if fields:
        user.name, user.phone = name, phone
        user.save(update_fields=["name", "phone"])
        record(
            AccountEvent.PROFILE_CHANGED, subject=user, actor_id=user_id, facts={"fields": fields}
        )
    return user


@transaction.atomic
def set_language(*, user_id: int, language: Language) -> User:
    """Choose the language of letters and pages."""
    user: User = User.objects.locked().get(pk=user_id)
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
        record(
            AccountEvent.LANGUAGE_CHANGED,
            subject=user,
            actor_id=user_id,
            facts={"language": str(language)},
        )
    return user


@transaction.atomic
def set_shortcuts(*, user_id: int, on: bool) -> User:
    """Switch single-key shortcuts on or off (WCAG 2.1.4)."""
    user: User = User.objects.locked().get(pk=user_id)
    if user.shortcuts_on != on:
        user.shortcuts_on = on
        user.save(update_fields=["shortcuts_on"])
        record(AccountEvent.SHORTCUTS_CHANGED, subject=user, actor_id=user_id, facts={"on": on})
    return user
