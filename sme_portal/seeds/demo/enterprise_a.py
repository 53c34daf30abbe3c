"""Enterprise A's own cases: one in each state worth showing, told backwards from today."""

import datetime as dt
from collections.abc import Callable
from random import Random

from django.utils import timezone

from assistance.models import Case, Need
from assistance.services import merging, messages, needs, resolution, triage
from assistance.states import DeclineReason
from foundation.working_days import add_working_days
from sme_portal.seeds.demo.acts import Ground, Telling
from sme_portal.seeds.demo.people import Cast
from sme_portal.seeds.demo.stories import story_about
from sme_portal.seeds.demo.world import Life, World, office

Script = Callable[["Days", Telling], Life]


class Days:
    """Moments counted back from the present, in working days."""

    def __init__(self, present: dt.datetime) -> None:
        self._present = present
        self._today = timezone.localdate(present)

    def __call__(self, days: int, minute: int) -> dt.datetime:
        return min(office(add_working_days(self._today, -days), minute), self._present)


def split(telling: Telling, case: Case) -> list[Need]:
    """A duty officer takes the case and splits it; the demo's lead officer leads it."""
    cast = telling.cast
    triage.claim(case_id=case.pk, officer_id=cast.id_of("duty"))
    telling.read(case.pk, cast.id_of("duty"), case.lead_agency_id)
    parts = telling.split(case, by_id=cast.id_of("duty"))
    lead = cast.id_of("lead")
    smesa = cast.agencies["smesa"].pk
    triage.change_lead(case_id=case.pk, agency_id=smesa, officer_id=lead, by_id=cast.id_of("duty"))
    return parts


def take(telling: Telling, need: Need) -> Need:
    """The demo's own officer of the agency takes a need and begins."""
    code = {agency.pk: code for code, agency in telling.cast.agencies.items()}[need.agency_id or 0]
    officer = telling.cast.id_of(f"officer.{code}")
    telling.accept(need, officer)
    needs.start(need_id=need.pk, by_id=officer)
    return Need.objects.select_related("case").get(pk=need.pk)


def waiting_for_her(days: Days, telling: Telling) -> Life:
    case = telling.submit("a waiting")
    yield days(6, 60)
    first, *others = split(telling, case)
    yield days(5, 30)
    first = take(telling, first)
    for need in others:
        take(telling, need)
    case.refresh_from_db()
    telling.welcome(case)
    yield days(2, 75)
    telling.ask(first, telling.story.systems[0], papers=2)


def in_progress(days: Days, telling: Telling) -> Life:
    """One need is worked on; the other is offered and nobody has answered yet."""
    case = telling.submit("a progress")
    yield days(4, 45)
    first, *_others = split(telling, case)
    yield days(3, 200)
    take(telling, first)
    case.refresh_from_db()
    telling.welcome(case)
    yield days(1, 30)
    for need in Need.objects.filter(case=case).exclude(pk=first.pk):
        if need.state == "lapsed":
            agency = telling.ground.agency_ids[telling.story.systems[1]][0]
            needs.offer(need_id=need.pk, agency_id=agency, by_id=need.returns_to_id)
    yield days(1, 120)
    messages.send_from_sme(
        case_id=case.pk, author_id=telling.asker.user_id, body=telling.say("sme_message")
    )


def _answered(days: Days, telling: Telling, case: Case, since: int, until: int) -> Life:
    yield days(since, 90)
    parts = split(telling, case)
    yield days(since - 1, 100)
    for need in parts:
        take(telling, need)
    case.refresh_from_db()
    telling.welcome(case)
    yield days(until + 1, 60)
    for need, code in zip(parts, telling.story.systems, strict=True):
        need.refresh_from_db()
        telling.answer_need(need, code)
    yield days(until, 150)
    telling.send_answer(case)


def answered(days: Days, telling: Telling) -> Life:
    yield from _answered(days, telling, telling.submit("a answered"), 16, 3)


def closed(days: Days, telling: Telling) -> Life:
    case = telling.submit("a closed")
    yield from _answered(days, telling, case, 50, 30)
    yield days(29, 30)
    telling.rate(case, 5)


def reopened(days: Days, telling: Telling) -> Life:
    case = telling.submit("a reopened")
    yield from _answered(days, telling, case, 20, 6)
    yield days(2, 300)
    reason = telling.say("reopen")
    resolution.reopen(case_id=case.pk, by_id=telling.asker.user_id, reason=reason)


def just_sent(days: Days, telling: Telling) -> Life:
    telling.submit("a sent", chosen=())
    yield from ()


def being_assigned(days: Days, telling: Telling) -> Life:
    case = telling.submit("a triage")
    yield days(1, 400)
    triage.claim(case_id=case.pk, officer_id=telling.cast.id_of("duty"))


def overdue(days: Days, telling: Telling) -> Life:
    """The agency declined, nobody spoke to her, and the date has passed."""
    case = telling.submit("a overdue")
    yield days(14, 20)
    first, *_others = split(telling, case)
    yield days(13, 20)
    officer = telling.cast.workers[first.agency_id or 0][0]
    text = telling.say("offer_declined", "no_capacity")
    needs.decline(need_id=first.pk, by_id=officer, reason=DeclineReason.NO_CAPACITY, text=text)


def declined(days: Days, telling: Telling) -> Life:
    case = telling.submit("a declined")
    yield days(24, 200)
    telling.refuse(case, "in_court", by_id=telling.cast.id_of("duty"))


def withdrawn(days: Days, telling: Telling) -> Life:
    case = telling.submit("a withdrawn")
    yield days(32, 30)
    split(telling, case)
    yield days(31, 200)
    reason = telling.say("withdraw")
    resolution.withdraw(case_id=case.pk, by_id=telling.asker.user_id, reason=reason)


def merged(days: Days, telling: Telling) -> Life:
    """She asks again for what is in progress; both go on as one."""
    case = telling.submit("a merged")
    first = Case.objects.filter(
        enterprise=telling.asker.enterprise, subject=telling.story.subject
    ).exclude(pk=case.pk)[0]
    yield days(2, 100)
    duty = telling.cast.id_of("duty")
    reason = telling.say("note_of_merge")
    merging.merge(case_id=case.pk, into_id=first.pk, by_id=duty, reason=reason)


# Script, subject, and how many working days ago she asked, at which minute after nine.
SCRIPTS: tuple[tuple[Script, str, int, int], ...] = (
    (waiting_for_her, "鄰居檢舉異味，環保局開單", 7, 200),
    (in_progress, "夜市做了三十年，想做自己的品牌", 5, 120),
    (just_sent, "想做豆干真空包裝，保存期限拉不長", 1, 470),
    (answered, "接了很多單，年底算帳卻虧錢", 17, 60),
    (closed, "颱風淹水，冷凍庫全壞了", 51, 15),
    (being_assigned, "廢塑膠邊料沒有人要收", 2, 240),
    (reopened, "庫存還在用紙本，想換成系統", 21, 330),
    (overdue, "想把肉乾賣到新加坡，認證看不懂", 15, 90),
    (merged, "夜市做了三十年，想做自己的品牌", 3, 440),
    (declined, "合作夥伴不照約定出貨", 25, 10),
    (withdrawn, "師傅要退休，想把焊接改成自動化", 33, 75),
)


def begin(world: World, cast: Cast, ground: Ground, present: dt.datetime, most: int) -> int:
    """Let Enterprise A's lives begin; return how many."""
    days = Days(present)
    for script, subject, ago, minute in SCRIPTS[:most]:
        chance = Random(script.__name__)  # noqa: S311 - chance of a story, not a secret
        telling = Telling(cast, ground, story_about(subject), cast.askers[0], chance)
        world.begin(script(days, telling), days(ago, minute))
    return len(SCRIPTS[:most])
