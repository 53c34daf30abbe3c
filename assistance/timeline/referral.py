"""What happened to a referral, in a sentence for the SME and one for staff."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.events import ReferralEvent as E
from assistance.states import ReferralDecline, ReferralOutcome
from assistance.timeline.names import organisation_name, system_name
from ledger.models import Entry
from ledger.timeline import Words, sentence
from network.matching import Kind


def receiver_words(kind: str, pk: int | None) -> str:
    """An organisation by its name; of a volunteer only that it is one."""
    if kind == Kind.VOLUNTEER:
        return _("a volunteer adviser")
    return organisation_name(pk)


def referral_names(entry: Entry) -> dict[str, Any]:
    """What sentences about a referral may name."""
    facts = entry.facts
    return {
        "system": system_name(facts.get("system")),
        "receiver": receiver_words(facts.get("kind", ""), facts.get("receiver")),
    }


def _say(words: str | Promise) -> Words:
    return lambda entry: str(words) % referral_names(entry)


def _with(words: str | Promise, more: Callable[[Entry], dict[str, Any]]) -> Words:
    return lambda entry: str(words) % (referral_names(entry) | more(entry))


def _reason(entry: Entry) -> dict[str, Any]:
    return {"reason": ReferralDecline(entry.facts["reason"]).label}


def _outcome(entry: Entry) -> dict[str, Any]:
    return {"outcome": ReferralOutcome(entry.facts["outcome"]).label}


def _recalled(entry: Entry) -> str:
    if entry.facts.get("was_known"):
        return _("%(system)s: %(receiver)s is no longer asked to help you") % referral_names(entry)
    return _("%(system)s: we no longer ask you about %(receiver)s") % referral_names(entry)


_LOOKING = gettext_lazy("%(system)s: %(receiver)s cannot help; we look for somebody else")

sentence(
    E.CONSENT_ASKED,
    public=_say(gettext_lazy("%(system)s: we asked you whether %(receiver)s may help you")),
    staff=_say(gettext_lazy("%(system)s: the SME was asked to agree to %(receiver)s")),
)
sentence(
    E.CONSENT_REFUSED,
    public=_say(gettext_lazy("%(system)s: you did not want help from %(receiver)s")),
    staff=_say(gettext_lazy("%(system)s: the SME did not agree to %(receiver)s")),
)
sentence(
    E.SENT,
    public=_say(gettext_lazy("%(system)s: asked %(receiver)s to help you")),
    staff=_say(gettext_lazy("%(system)s: referred to %(receiver)s")),
)
sentence(
    E.ACCEPTED,
    public=_say(gettext_lazy("%(system)s: %(receiver)s will help you")),
    staff=_say(gettext_lazy("%(system)s: %(receiver)s accepted the referral")),
)
sentence(
    E.DECLINED,
    public=_say(_LOOKING),
    staff=_with(
        gettext_lazy("%(system)s: %(receiver)s declined the referral (%(reason)s)"), _reason
    ),
)
sentence(
    E.LAPSED,
    public=_say(
        gettext_lazy("%(system)s: %(receiver)s did not answer; we look for somebody else")
    ),
    staff=_say(gettext_lazy("%(system)s: %(receiver)s did not answer the referral in time")),
)
sentence(
    E.NOT_ANSWERED_BY_SME,
    public=_say(gettext_lazy("%(system)s: our question about %(receiver)s has run out")),
    staff=_say(gettext_lazy("%(system)s: the SME did not say whether she agrees; not referred")),
)
sentence(
    E.NOBODY_TOOK_IT,
    public=_say(
        gettext_lazy("%(system)s: three could not help; a duty officer now looks after it")
    ),
    staff=_say(gettext_lazy("%(system)s: three did not take it; a duty officer decides")),
)
sentence(
    E.TAKEN_UP,
    public=None,
    staff=_say(gettext_lazy("%(system)s: a duty officer sees to what nobody took")),
)
sentence(
    E.RECALLED,
    public=_recalled,
    staff=_say(gettext_lazy("%(system)s: the referral to %(receiver)s was recalled")),
)
sentence(
    E.STOPPED_BY_SME,
    public=_say(gettext_lazy("%(system)s: you ended the help from %(receiver)s")),
    staff=_say(gettext_lazy("%(system)s: the SME ended the referral to %(receiver)s")),
)
sentence(
    E.REPORTED,
    public=_say(gettext_lazy("%(system)s: %(receiver)s has worked on it")),
    staff=_say(gettext_lazy("%(system)s: %(receiver)s reported on the referral")),
)
sentence(
    E.COMPLETED,
    public=_say(gettext_lazy("%(system)s: %(receiver)s has finished helping you")),
    staff=_with(
        gettext_lazy("%(system)s: %(receiver)s completed the referral (%(outcome)s)"), _outcome
    ),
)
sentence(
    E.LINK_SENT,
    public=None,
    staff=_say(gettext_lazy("%(system)s: a new link was sent to %(receiver)s")),
)
