"""A quarter of the portal's life, lived through the services with the clock set back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from django.db import transaction
from django.utils import timezone

from assistance.models import Case
from foundation.idempotency import once
from foundation.working_days import next_working_day
from knowledge.services.announcement_publishing import look_due
from ledger.models import Delivery, Entry
from ledger.nudging import be_quiet_for
from ledger.services.history import settle_untold
from notifications.services.announcing import announce
from notifications.services.history import hold_back_all
from sme_portal.seeds.demo import (
    answers,
    directory,
    enterprise_a,
    lives,
    mandates,
    news,
    people,
    referred,
    rules,
    volunteers,
)
from sme_portal.seeds.demo.acts import Ground, Telling, survey
from sme_portal.seeds.demo.clock import moved_clock
from sme_portal.seeds.demo.people import Asker, Cast
from sme_portal.seeds.demo.stories import Story, stories
from sme_portal.seeds.demo.world import World, office

QUARTER = dt.timedelta(days=91)
HIRED_BEFORE = dt.timedelta(days=120)
TOLD_SINCE = dt.timedelta(days=3)
MOST_TOLD = 120
LONGEST = 900
SWEEPS_AT_MINUTE = -170
GUESTS = 0.15
# Of so many cases that are not Enterprise A's at most one is referred.
REFERRED_OF_OTHERS = 4


@dataclass(frozen=True)
class Outcome:
    """What the seeding did: nothing where the demonstration was there already."""

    is_new: bool
    cases: int
    broken: int = 0
    passwords: int = 0


def seed(*, cases: int, seed: int, password: str) -> Outcome:
    """Make the demonstration once, and its accounts' password whatever it is today."""
    broken: list[int] = []

    def do() -> Case:
        broken.append(_live(cases, seed))
        return Case.objects.order_by("pk")[0]

    be_quiet_for(LONGEST)
    with transaction.atomic():
        _pk, is_new = once(key=people.key("demo"), act="sme_portal.seed_demo", by="demo", do=do)
        passwords = people.give_passwords(password)
    be_quiet_for(0)
    return Outcome(is_new, Case.objects.count(), sum(broken), passwords)


def _live(cases: int, seed: int) -> int:
    present = timezone.now()
    begins = present - QUARTER
    with moved_clock() as set_clock:
        set_clock(present - HIRED_BEFORE)
        cast = people.gather()
        answers.publish()
        rules.keep(cast)
        directory.seed_directory(present)
        volunteers.seed_volunteers(present)
        ground = survey(cast)
        world = World(set_clock)
        scripted = enterprise_a.begin(world, cast, ground, present, cases)
        some = (cases - scripted) // REFERRED_OF_OTHERS
        scripted += referred.begin(world, cast, ground, present, some)
        scripted += mandates.begin(world, present, cases - scripted - 1)
        _begin_the_others(world, cast, ground, cases - scripted, seed, present)
        world.begin(lives.days_pass(present), office(timezone.localdate(begins), SWEEPS_AT_MINUTE))
        news.begin(world, cast, present)
        world.run(until=present)
        set_clock(present)
        look_due()
        people.send_somebody_away(cast)
        _tell_the_latest(present, set_clock)
    return world.broken


def _begin_the_others(
    world: World, cast: Cast, ground: Ground, most: int, seed: int, present: dt.datetime
) -> None:
    """So many cases by chance, spread over the quarter; one who asks twice makes two."""
    chance = Random(seed)  # noqa: S311 - chance of a story, not a secret
    left, number = most, 0
    heard: set[tuple[str, str]] = set()
    while left > 0:
        number += 1
        fate = lives.fate_of(chance) if left > 1 else "runs"
        left -= 2 if fate == "twice" else 1
        own = Random(chance.randrange(2**32))  # noqa: S311
        story = stories()[number % len(stories())]
        asker = _asker(cast, story, own, heard)
        telling = Telling(cast, ground, story, asker, own)
        world.begin(lives.life_of_case(world, telling, number, fate), _asked_at(own, present))


def _asked_at(chance: Random, present: dt.datetime) -> dt.datetime:
    """Some day of the quarter; people write mostly by day, and more on working days."""
    ago = chance.uniform(0.02, QUARTER.days)
    day = timezone.localdate(present - dt.timedelta(days=ago))
    if chance.random() < 0.8:
        day = min(next_working_day(day), timezone.localdate(present))
    return min(office(day, chance.triangular(-60, 780, 200)), present)


def _asker(cast: Cast, story: Story, chance: Random, heard: set[tuple[str, str]]) -> Asker:
    """Somebody of the industry who has not asked about this yet; sometimes a guest."""
    if chance.random() < GUESTS:
        n = chance.randrange(1, 1000)
        return Asker(chance.choice(("游來賓", "丁路過", "白試問")), f"guest{n:03d}@demo.example")
    others = [a for a in cast.askers[1:] if (a.email, story.systems[0]) not in heard]
    fitting = [a for a in others if a.enterprise and a.enterprise.industry == story.industry]
    asker = chance.choice(fitting or others or cast.askers[1:])
    heard.add((asker.email, story.systems[0]))
    return asker


def _tell_the_latest(present: dt.datetime, set_clock: Callable[[dt.datetime], None]) -> None:
    """What happened in the last days is in the inboxes; e-mails about the past are never sent."""
    owed = set(Delivery.objects.pending().values_list("entry_id", flat=True))
    latest = Entry.objects.filter(pk__in=owed, at__gte=present - TOLD_SINCE).order_by("-pk")
    for entry in reversed(latest[:MOST_TOLD]):
        set_clock(entry.at)
        announce(entry=entry)
    set_clock(present)
    hold_back_all()
    settle_untold()
