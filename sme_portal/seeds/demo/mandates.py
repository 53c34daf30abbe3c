"""Who acts for whom in the demonstration: one mandate used already, and one that waits for her."""

import datetime as dt

from accounts.models import EnterpriseMembership, User
from assistance.models import Mandate
from assistance.services import mandate_answers, mandates, placing
from assistance.services.mandate_answers import Terms
from assistance.services.mandates import Said, Stated
from assistance.states import Capacity, MandateGiven
from foundation.working_days import add_working_days
from sme_portal.seeds.demo.people import address, key
from sme_portal.seeds.demo.world import Life, World

_CONFIRMED, _WAITING = "owner.a", "owner.b"
_REQUEST = "想申請更換冷藏設備的補助，文件已由商會協助備妥，請說明下一步。"
_ANOTHER = "外銷訂單增加，想了解營運周轉金的貸款條件。"


def begin(world: World, present: dt.datetime, most: int) -> int:
    """Let the partner act for enterprise A, who confirms, and ask enterprise B.

    Returns how many cases come of it: none where there is room for none.
    """
    if most < 1:
        return 0
    world.begin(_life(present), _days_before(present, 4))
    return 1


def _life(present: dt.datetime) -> Life:
    made = _asked(_CONFIRMED, _REQUEST, present)
    yield _days_before(present, 2)
    _confirm(made)
    yield _days_before(present, 1)
    _asked(_WAITING, _ANOTHER, present)


def _days_before(present: dt.datetime, days: int) -> dt.datetime:
    """The same time of day, so many working days ago."""
    return present - (present.date() - add_working_days(present.date(), -days))


def _asked(owner: str, words: str, present: dt.datetime) -> Mandate:
    filer = User.objects.get(email=address("partner"))
    made = mandates.prepare(
        key=key("mandate", owner), filer_id=filer.pk, stated=_stated(owner, present), systems=()
    )
    said: Said = dict.fromkeys(("subject", "hoped_for", "county", "district", "industry"), "")
    said |= {"description": words, "systems": ["financing"]}
    return mandates.ask(mandate_id=made.pk, filer_id=filer.pk, said=said)


def _stated(owner: str, present: dt.datetime) -> Stated:
    member = EnterpriseMembership.objects.select_related("user", "enterprise")
    hers = member.get(user__email=address(owner), ended_at__isnull=True)
    return Stated(
        capacity=Capacity.CHAMBER,
        firm="示範臺南市商業會",
        enterprise_name=hers.enterprise.name_zh,
        business_number=hers.enterprise.business_number,
        principal_name=hers.user.name,
        principal_email=hers.user.email,
        principal_phone="0900-000-115",
        language="zh-hant",
        given_on=_days_before(present, 14).date(),
        given_how=MandateGiven.PAPER,
        may_read=True,
        may_write=False,
        is_standing=True,
        valid_to=present.date() + dt.timedelta(days=300),
    )


def _confirm(made: Mandate) -> None:
    owner = User.objects.get(email=address(_CONFIRMED))
    terms = Terms(
        may_read=made.may_read,
        may_write=made.may_write,
        is_standing=made.is_standing,
        valid_to=made.valid_to,
        contact_name=owner.name,
        contact_phone=made.principal_phone,
    )
    _made, case = mandate_answers.confirm(mandate_id=made.pk, by_id=owner.pk, terms=terms)
    if case is not None:
        placing.place_case(case_id=case.pk)
