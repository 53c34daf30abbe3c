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
    """The account of an address, made with a confirmed address if there is none.

    Without a password the person signs in by one-time code. An account that exists stays as it
    is: an address that nobody has confirmed yet must still be confirmed by its owner. Raises
    PersonNotActiveError for a closed account.
    """
    address = email.strip().lower()
    person = _known(address)
    if person is not None:
        if not person.is_active:
            raise PersonNotActiveError
        return person
    person = User.objects.create_user(address, password, name=name, language=language)
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    record(AccountEvent.ADMITTED, subject=person, actor_id=actor_id)
    return person


def _known(address: str) -> User | None:
    """Whose address this is: the main one of an account, or another one that was confirmed."""
    main: User | None = User.objects.with_email(address).locked().first()
    if main is not None:
        return main
    other = EmailAddress.objects.filter(email__iexact=address, verified=True).first()
    return User.objects.locked().get(pk=other.user_id) if other else None
