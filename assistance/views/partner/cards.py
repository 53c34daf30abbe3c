"""A referral as its receiver reads it: before acceptance nothing that tells who the SME is."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.reference import industry_name
from accounts.reference.districts import place_words
from assistance.clock_reading import read_date
from assistance.models import Case, Referral, SharedField
from assistance.states import ReferralState
from assistance.timeline.names import system_name
from assistance.views.referral_looks import LOOKS

# What a card shows of the case behind it, and nothing else is fetched for a list of cards.
OF_CASE = (
    "case__county",
    "case__district",
    "case__industry",
    "case__enterprise__regular_staff",
)


def card(referral: Referral) -> dict[str, Any]:
    """Place, trade, size, topic, what is asked and by when."""
    case = referral.case
    waits = referral.state == ReferralState.SENT
    staff = case.enterprise.regular_staff if case.enterprise else None
    return {
        "referral": referral,
        "look": LOOKS[referral.state],
        "label": _("Your turn") if waits else referral.get_state_display(),
        "system": system_name(referral.system_id),
        "place": place_words(case.county, case.district),
        "trade": industry_name(case.industry) if case.industry else "",
        "staff": staff,
        "clock": read_date(referral.answer_by or referral.wanted_by),
    }


def shown(referral: Referral) -> list[tuple[str, str, str]]:
    """(code, label, value) of exactly what she agreed to show, while the referral is taken."""
    if not referral.is_taken:
        return []
    values = _values(referral.case)
    return [
        (name, SharedField(name).words, values[name])
        for name in referral.fields_given
        if values[name]
    ]


def _values(case: Case) -> dict[str, str]:
    return {
        SharedField.ENTERPRISE_NAME: case.enterprise_name,
        SharedField.BUSINESS_NUMBER: case.business_number,
        SharedField.CONTACT_NAME: case.contact_name,
        SharedField.CONTACT_PHONE: case.contact_phone,
        SharedField.CONTACT_EMAIL: case.contact_email,
        SharedField.DESCRIPTION: case.description,
    }
