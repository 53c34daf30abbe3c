"""Who is told of what happens around volunteers, and what is silent on purpose."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import StaffMembership
from accounts.roles import Permission
from foundation.text import clean_prose
from ledger.models import Entry
from network.models import ServiceHours, VolunteerApplication, VolunteerTerm
from network.volunteer_events import CapacityEvent, VolunteerEvent
from notifications.notices import Notice, day_words
from notifications.registry import About, Concerns, Recipient, notification, silence

_ABOUT_YOU = gettext_lazy("You applied to be one of the honorary guidance personnel.")
_YOU_SERVE = gettext_lazy("You are one of the honorary guidance personnel.")
_YOU_REVIEW = gettext_lazy("You review applications of honorary guidance personnel.")


def _reviewers(but: Iterable[int | None]) -> Iterable[Recipient]:
    held = StaffMembership.objects.in_force().giving(Permission.NETWORK_REVIEW)
    people = held.filter(user__is_active=True).exclude(user_id__in=[pk for pk in but if pk])
    for user_id in sorted(set(people.values_list("user_id", flat=True))):
        yield Recipient(user_id=user_id, reason=_YOU_REVIEW)


class _ToApplicant(Notice):
    concerns = Concerns.APPLICANT
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        yield Recipient(user_id=entry.facts["user_id"], reason=_ABOUT_YOU)

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("volunteers:apply")


class _ToReviewers(Notice):
    concerns = Concerns.STAFF
    about = About.WORK

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("manage_volunteers:application", args=[entry.subject_id])


class _ToVolunteer(Notice):
    concerns = Concerns.EVERYONE

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        yield Recipient(user_id=entry.facts["user_id"], reason=_YOU_SERVE)

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("volunteers:me")


@notification
class ApplicationReceived(_ToApplicant):
    kind = "network.volunteer_application_received"
    event = VolunteerEvent.APPLIED
    label = gettext_lazy("We have received your application")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        return _("We have received your application as a volunteer"), [
            _("Two people review it, one after the other. We write to you after each review."),
        ]


@notification
class ApplicationToReview(_ToReviewers):
    kind = "network.volunteer_first_review"
    event = VolunteerEvent.APPLIED
    label = gettext_lazy("An application of a volunteer waits for the first review")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return _reviewers([entry.facts["user_id"]])

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        return _("An application of a volunteer waits for the first review"), [
            _("Look at the qualification and the training certificate."),
        ]


@notification
class FirstReviewPassed(_ToApplicant):
    kind = "network.volunteer_first_passed"
    event = VolunteerEvent.REVIEWED
    label = gettext_lazy("Your application passed the first review")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        return _("Your application passed the first review"), [
            _("Now a second person looks at it. You need not do anything."),
        ]


@notification
class ApplicationToAppoint(_ToReviewers):
    kind = "network.volunteer_second_review"
    event = VolunteerEvent.REVIEWED
    label = gettext_lazy("An application of a volunteer waits for the second review")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return _reviewers([entry.facts["user_id"], entry.actor_id])

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        return _("An application of a volunteer waits for the second review"), [
            _("Whoever did the first review cannot do the second."),
        ]


@notification
class Appointed(_ToApplicant):
    kind = "network.volunteer_appointed"
    event = VolunteerEvent.APPOINTED
    label = gettext_lazy("You are appointed")

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("volunteers:me")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        term = VolunteerTerm.objects.get(pk=entry.facts["term"])
        days = {"first": day_words(term.starts_on), "last": day_words(term.ends_on)}
        return _("You are appointed as honorary guidance personnel"), [
            _("Your term runs from %(first)s to %(last)s.") % days,
            _("Nothing about you is shown to the public until you agree to it on your page."),
            _("Cases are referred to you once your special training is on record."),
        ]


@notification
class NotAppointed(_ToApplicant):
    kind = "network.volunteer_refused"
    event = VolunteerEvent.REFUSED
    label = gettext_lazy("Your application was not accepted")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        application = VolunteerApplication.objects.get(pk=entry.subject_id)
        return _("Your application was not accepted"), [
            clean_prose(application.refusal_reason),
            _("You can apply again in the next round."),
        ]


@notification
class TermEndsSoon(_ToVolunteer):
    kind = "network.volunteer_term_ending"
    event = VolunteerEvent.TERM_ENDING
    label = gettext_lazy("Your term ends soon")

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("volunteers:apply")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        last = day_words(date.fromisoformat(entry.facts["ends_on"]))
        return _("Your term as a volunteer ends on %(day)s") % {"day": last}, [
            _("If you want to go on, apply for another term. What we know is filled in already."),
        ]


@notification
class TermEnded(_ToVolunteer):
    kind = "network.volunteer_term_ended"
    event = VolunteerEvent.TERM_ENDED
    label = gettext_lazy("Your term was ended early")
    may_switch_off = False

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        term = VolunteerTerm.objects.get(pk=entry.facts["term"])
        return _("Your term as a volunteer has ended"), [
            clean_prose(term.end_reason),
            _("Your service record stays on your page and can be printed there."),
        ]


@notification
class TrainingOnRecord(_ToVolunteer):
    kind = "network.volunteer_trained"
    event = VolunteerEvent.TRAINED
    label = gettext_lazy("A training of yours was put on record")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        return _("A training of yours was put on record"), [
            _("You find it on your page and in your service record."),
        ]


class _AboutHours(_ToVolunteer):
    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("volunteers:hours")

    def said(self, entry: Entry) -> str:
        minutes = entry.facts["minutes"]
        words = ngettext("%(day)s, %(n)d minute", "%(day)s, %(n)d minutes", minutes)
        return words % {"day": day_words(date.fromisoformat(entry.facts["day"])), "n": minutes}


@notification
class HoursConfirmed(_AboutHours):
    kind = "network.volunteer_hours_confirmed"
    event = VolunteerEvent.HOURS_CONFIRMED
    label = gettext_lazy("Your hours were confirmed")
    by_email = False

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        return _("Your hours were confirmed"), [self.said(entry)]


@notification
class HoursReturned(_AboutHours):
    kind = "network.volunteer_hours_returned"
    event = VolunteerEvent.HOURS_RETURNED
    label = gettext_lazy("Your hours were sent back")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        hours = ServiceHours.objects.get(pk=entry.subject_id)
        return _("Your hours were sent back"), [self.said(entry), clean_prose(hours.return_reason)]


silence(
    VolunteerEvent.WINDOW_SET,
    because="Who set the days of a round sees them; applicants read them on the page to apply.",
)
silence(
    VolunteerEvent.WITHDRAWN,
    because="The applicant took it back herself; it leaves the list of those who review.",
)
silence(VolunteerEvent.PROFILE_CHANGED, because="The volunteer did it herself.")
silence(VolunteerEvent.CONSENTS_CHANGED, because="The volunteer did it herself.")
silence(
    VolunteerEvent.CONFLICT_DECLARED,
    because="It only keeps cases away; whoever refers one sees the reason there.",
)
silence(VolunteerEvent.CONFLICT_ENDED, because="The volunteer did it herself.")
silence(
    VolunteerEvent.HOURS_ENTERED,
    because="Hours wait in a list with a count; a mail for each would be too many.",
)
silence(VolunteerEvent.HOURS_REMOVED, because="The volunteer did it herself.")
silence(
    VolunteerEvent.IMPORTED,
    because="Who imported reads the report; people are written to when cases reach them.",
)
silence(
    VolunteerEvent.LIST_EXPORTED,
    because="Taking a list out is a matter for the record, not for those who stand in it.",
)
silence(CapacityEvent.PLACES_SET, because="The holder did it; referrals ask for it anew.")
silence(CapacityEvent.LEAVE_PLANNED, because="The holder did it; referrals ask for it anew.")
silence(CapacityEvent.LEAVE_CANCELLED, because="The holder did it; referrals ask for it anew.")
