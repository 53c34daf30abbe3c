"""Who hears of a case: its applicant's side, its officers, and deputies of those away."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Absence, EnterpriseMembership, StaffMembership
from accounts.roles import Permission, Role
from assistance.models import Case
from ledger.models import Entry
from notifications.registry import Recipient

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

YOUR_CASE = gettext_lazy("It is about your enterprise's case.")
YOU_ASKED = gettext_lazy("You asked for help at this portal.")
YOU_HAVE_IT = gettext_lazy("You have this case.")
YOU_HAD_IT = gettext_lazy("You had this case for a moment.")
YOU_WORK_ON_IT = gettext_lazy("You work on a part of this case.")
YOUR_AGENCY_IS_ASKED = gettext_lazy("Your agency is asked to take a part of it.")
YOU_ARE_ON_DUTY = gettext_lazy("You are a duty officer.")
IT_COMES_BACK_TO_YOU = gettext_lazy("You offered this part; it comes back to you.")


def case_of(entry: Entry) -> Case:
    """The case in whose stream an entry stands."""
    case_id = int(entry.stream.rsplit(":", 1)[1])
    return Case.objects.select_related("lead_agency").get(pk=case_id)


def applicant_side(entry: Entry, case: Case) -> list[Recipient]:
    """Everyone active in the enterprise, the one who asked, or the guest's address.

    The address of somebody who has left the enterprise is not written to in its stead.
    """
    if case.enterprise_id is not None:
        members = EnterpriseMembership.objects.active().filter(enterprise_id=case.enterprise_id)
        people = list(members.order_by("pk").values_list("user_id", flat=True))
    else:
        people = [case.applicant_id] if case.applicant_id else []
    if not people:
        if (
            not Case.objects.followed_by_code()
            .filter(pk=case.pk)
            .exclude(contact_email="")
            .exists()
        ):
            return []
        return [Recipient(email=case.contact_email, language=case.language, reason=YOU_ASKED)]
    return _told(people, entry, YOUR_CASE if case.enterprise_id else YOU_ASKED)


def officer(entry: Entry, case: Case, reason: "str | StrPromise" = YOU_HAVE_IT) -> list[Recipient]:
    """The officer who has the case; the duty officers while nobody has."""
    return person_or_duty(entry, case.lead_officer_id, reason)


def person_or_duty(
    entry: Entry, person_id: int | None, reason: "str | StrPromise"
) -> list[Recipient]:
    """One person; the duty officers where nobody is named, or the named one left service.

    Who is away hears of it with the deputy; where nobody stands in, with the duty officers.
    """
    if person_id is None or not in_service([person_id]):
        return duty_officers(entry)
    told = persons(entry, [person_id], reason)
    is_alone = all(one.user_id == person_id for one in told)
    if is_alone and Absence.objects.covering(timezone.localdate()).filter(user_id=person_id):
        told += [one for one in duty_officers(entry) if one.user_id != person_id]
    return told


def duty_officers(entry: Entry) -> list[Recipient]:
    posts = StaffMembership.objects.in_force().giving(Permission.CASE_TRIAGE)
    people = posts.order_by("user_id").values_list("user_id", flat=True).distinct()
    return persons(entry, people, YOU_ARE_ON_DUTY)


def staff_of(entry: Entry, agency_id: int, reason: "str | StrPromise") -> list[Recipient]:
    """The officers and leads of an agency."""
    posts = StaffMembership.objects.in_force().filter(
        agency_id=agency_id, role__in=[Role.OFFICER, Role.LEAD]
    )
    people = posts.order_by("user_id").values_list("user_id", flat=True).distinct()
    return persons(entry, people, reason)


def persons(
    entry: Entry, people: Iterable[int | None], reason: "str | StrPromise"
) -> list[Recipient]:
    """Those of these people still in service, with the deputy beside each who is away today."""
    named = [person for person in people if person is not None]
    today = timezone.localdate()
    away = Absence.objects.covering(today).filter(user_id__in=named)
    absent = away.values_list("user_id", flat=True)
    deputies = [Absence.objects.deputy_for(person, today) for person in absent]
    told = [*named, *(pk for pk in deputies if pk is not None)]
    serving = in_service(told)
    return _told([pk for pk in told if pk in serving], entry, reason)


def in_service(people: Iterable[int]) -> set[int]:
    """Who of these works on the desk today: whoever left hears nothing more of a case."""
    posts = StaffMembership.objects.in_force().giving(Permission.DESK_USE)
    return set(posts.filter(user_id__in=list(people)).values_list("user_id", flat=True))


def _told(people: Iterable[int], entry: Entry, reason: "str | StrPromise") -> list[Recipient]:
    """Nobody hears of her own act, and nobody twice."""
    return [
        Recipient(user_id=person, reason=reason)
        for person in dict.fromkeys(people)
        if person != entry.actor_id
    ]
