"""What may become of a case in the demonstration, by chance, through the services."""

import datetime as dt
from collections.abc import Iterator
from random import Random

from django.utils import timezone

from assistance.models import Case, Need, Question, QuestionState
from assistance.services import merging, messages, needs, resolution, triage
from assistance.services.sweeping import sweep_due
from assistance.states import (
    WORKING_NEED_STATES,
    CaseState,
    DeclineReason,
    NeedState,
    OfferState,
    RefusalReason,
)
from sme_portal.seeds.demo.acts import Telling, look_again
from sme_portal.seeds.demo.world import Life, World, later, soon

FATES = {"runs": 68, "slow": 18, "refused": 5, "withdrawn": 5, "twice": 4}
SCORES = {5: 45, 4: 30, 3: 15, 2: 10}
ROLLS = {"ask": 0.45, "decline": 0.1, "ignore": 0.05, "note": 0.3, "reopen": 0.08, "rate": 0.65}
DAYS_BETWEEN_UPDATES = 8


def days_pass(until: dt.datetime) -> Life:
    """Every early morning what is due by the calendar is done, as beat does."""
    while timezone.now() < until:
        sweep_due()
        yield timezone.now() + dt.timedelta(days=1)


def fate_of(chance: Random) -> str:
    return chance.choices(list(FATES), weights=list(FATES.values()))[0]


def life_of_case(world: World, telling: Telling, name: object, fate: str) -> Life:
    """From asking to whatever the fate is, as far as time allows."""
    chance = telling.chance
    kinds = (None, (), telling.story.systems[:1])
    case = telling.submit(name, chosen=chance.choices(kinds, weights=(45, 30, 25))[0])
    duty = chance.choice(telling.cast.duty)
    if fate == "refused":
        yield later(chance, 0.2, 1.5)
        telling.refuse(case, chance.choice(list(_refusals())), by_id=duty)
        return
    if fate == "twice":
        world.begin(_asks_twice(telling, case, name), later(chance, 0.6, 2))
    if fate == "withdrawn":
        world.begin(_withdraws(telling, case), later(chance, 0.5, 15))
    yield later(chance, 3.5, 6) if fate == "slow" else later(chance, 0.05, 1.2)
    if not _is(case, CaseState.SUBMITTED):
        return
    triage.claim(case_id=case.pk, officer_id=duty)
    telling.read(case.pk, duty, case.lead_agency_id)
    yield soon(chance)
    if not _is(case, CaseState.TRIAGE):
        return
    for need, code in zip(telling.split(case, by_id=duty), telling.story.systems, strict=True):
        world.begin(life_of_need(telling, need.pk, code), later(chance, 0.1, 1.5))
    yield from _led(telling, case, is_slow=fate == "slow")


def _refusals() -> Iterator[str]:
    yield from (RefusalReason.NOT_SME, RefusalReason.IN_COURT, RefusalReason.OUT_OF_SCOPE)


def _is(case: Case, *states: CaseState) -> bool:
    look_again(case)
    return case.state in states


def _led(telling: Telling, case: Case, *, is_slow: bool) -> Life:
    """The lead officer: a first word, updates, and the answer once every need has its own."""
    chance = telling.chance
    if not is_slow:
        yield later(chance, 0.3, 1.8)
        if _is(case, CaseState.PROGRESS, CaseState.TRIAGE):
            telling.welcome(case)
    spoken = timezone.now()
    while True:
        yield later(chance, 1.5, 3)
        look_again(case)
        if not case.is_open:
            return
        if _ready(case):
            break
        if chance.random() < 0.06:
            messages.send_from_sme(
                case_id=case.pk,
                author_id=telling.asker.user_id,
                body=telling.say("sme_message"),
            )
        quiet = timezone.now() - spoken > dt.timedelta(days=DAYS_BETWEEN_UPDATES)
        if quiet and case.state == CaseState.PROGRESS and not is_slow:
            telling.write(case, telling.say("update"))
            spoken = timezone.now()
    yield from _answered(telling, case)


def _ready(case: Case) -> bool:
    if case.state not in (CaseState.PROGRESS, CaseState.REOPENED):
        return False
    states = set(Need.objects.filter(case=case).values_list("state", flat=True))
    return NeedState.ANSWERED in states and states <= {NeedState.ANSWERED, NeedState.WITHDRAWN}


def _answered(telling: Telling, case: Case) -> Life:
    chance = telling.chance
    telling.send_answer(case)
    if chance.random() < ROLLS["reopen"]:
        yield later(chance, 1, 6)
        if not _is(case, CaseState.ANSWERED):
            return
        reason = telling.say("reopen")
        resolution.reopen(case_id=case.pk, by_id=telling.asker.user_id, reason=reason)
        yield from _again(telling, case)
    elif chance.random() < ROLLS["rate"]:
        yield later(chance, 0.3, 4)
        telling.rate(case, chance.choices(list(SCORES), weights=list(SCORES.values()))[0])


def _again(telling: Telling, case: Case) -> Life:
    """A reopened case: one need goes back to its officer, then a second answer."""
    chance = telling.chance
    yield later(chance, 0.5, 1.5)
    need = Need.objects.filter(case=case, state=NeedState.ANSWERED).order_by("pk")[0]
    resolution.reopen_need(need_id=need.pk, by_id=case.lead_officer_id or 0)
    yield later(chance, 2, 5)
    telling.answer_need(need, telling.story.systems[0])
    yield later(chance, 0.3, 1)
    if _is(case, CaseState.REOPENED, CaseState.PROGRESS):
        telling.send_answer(case)


def life_of_need(telling: Telling, need_id: int, code: str) -> Life:
    """Offered until somebody takes it, then worked on until it is answered."""
    chance = telling.chance
    yield from _offered(telling, need_id, code)
    need = _need(need_id)
    if need.state != NeedState.OFFERED:
        return
    telling.accept(need, chance.choice(telling.cast.workers[need.agency_id or 0]))
    yield later(chance, 0.1, 1)
    need = _need(need_id)
    if need.state != NeedState.ACCEPTED or need.officer_id is None:
        return
    needs.start(need_id=need_id, by_id=need.officer_id)
    if chance.random() < ROLLS["note"]:
        messages.note(
            case_id=need.case_id,
            need_id=need_id,
            by_id=need.officer_id,
            agency_id=need.agency_id or 0,
            body=telling.say("note"),
        )
    if chance.random() < ROLLS["ask"]:
        yield later(chance, 0.5, 3)
        yield from _asked(telling, need_id, code)
    yield later(chance, 3, 16)
    while _state(need_id) == NeedState.WAITING:
        yield later(chance, 1, 2)
    if (need := _need(need_id)).state in WORKING_NEED_STATES:
        telling.answer_need(need, code)


def _need(need_id: int) -> Need:
    return Need.objects.get(pk=need_id)


def _state(need_id: int) -> str:
    return Need.objects.values_list("state", flat=True).get(pk=need_id)


def _offered(telling: Telling, need_id: int, code: str) -> Life:
    """A first offer may be declined, or stay unanswered until it lapses; then comes another."""
    chance = telling.chance
    need = _need(need_id)
    agencies = telling.ground.agency_ids[code]
    roll = chance.random()
    if need.state != NeedState.OFFERED:
        return
    if roll < ROLLS["decline"] and len(agencies) > 1:
        reason = chance.choice((DeclineReason.NOT_OURS, DeclineReason.NO_CAPACITY))
        worker = chance.choice(telling.cast.workers[need.agency_id or 0])
        text = telling.say("offer_declined", reason.value)
        needs.decline(need_id=need_id, by_id=worker, reason=reason, text=text)
    elif roll > 1 - ROLLS["ignore"]:
        while _state(need_id) == NeedState.OFFERED:
            yield later(chance, 1, 1.2)
    else:
        return
    yield later(chance, 0.2, 1.5)
    need = _need(need_id)
    if need.state in {NeedState.DECLINED, NeedState.LAPSED}:
        asked = need.offers.filter(state=OfferState.DECLINED).values_list("agency_id", flat=True)
        following = next((a for a in agencies if a not in set(asked)), agencies[0])
        needs.offer(need_id=need_id, agency_id=following, by_id=need.returns_to_id)
        yield later(chance, 0.2, 1.2)


def _asked(telling: Telling, need_id: int, code: str) -> Life:
    chance = telling.chance
    need = _need(need_id)
    is_split = Case.objects.filter(pk=need.case_id).exclude(state=CaseState.TRIAGE).exists()
    if need.state != NeedState.PROGRESS or not is_split:
        return
    question = telling.ask(need, code, papers=chance.randint(1, 3))
    slow = chance.random() < 0.2
    yield later(chance, 8, 14) if slow else later(chance, 0.4, 4)
    if Question.objects.filter(pk=question.pk, state=QuestionState.OPEN).exists():
        telling.reply(question)


def _withdraws(telling: Telling, case: Case) -> Life:
    look_again(case)
    if case.is_open:
        resolution.withdraw(
            case_id=case.pk, by_id=telling.asker.user_id, reason=telling.say("withdraw")
        )
    yield from ()


def _asks_twice(telling: Telling, first: Case, name: object) -> Life:
    """The same person asks for the same again; a duty officer merges the two."""
    second = telling.submit(f"{name} again")
    yield later(telling.chance, 0.3, 2)
    duty = telling.chance.choice(telling.cast.duty)
    triage.claim(case_id=second.pk, officer_id=duty)
    yield soon(telling.chance)
    look_again(first)
    if first.is_open:
        reason = telling.say("note_of_merge")
        merging.merge(case_id=second.pk, into_id=first.pk, by_id=duty, reason=reason)
