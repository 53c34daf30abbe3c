"""Making accounts for people whose address is known to be theirs: staff, and the demonstration."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.errors import PersonNotActiveError
from accounts.events import AccountEvent
from accounts.models import Language, User
from ledger.recording import record


@transaction.atomic
def admit(
    *,
    email: str,
    name: str,
    language: Language = Language.ZH_HANT,
    password: str | None = None,
    actor_id: int | None = None,
) -> User:
    """The account of an address, made if there is none; the address counts as confirmed.

    Without a password the person signs in by one-time code. An existing account keeps its name
    and password. Raises PersonNotActiveError for a closed account.
    """
    address = email.strip().lower()
    person: User | None = User.objects.with_email(address).locked().first()
    if person is None:
        person = User.objects.create_user(address, password, name=name, language=language)
        record(AccountEvent.ADMITTED, subject=person, actor_id=actor_id)
    elif not person.is_active:
        raise PersonNotActiveError
    EmailAddress.objects.update_or_create(
        user=person, email=address, defaults={"verified": True, "primary": True}
    )
    return person
