"""Cases referred to the service network: one in each state of a referral worth showing."""

import datetime as dt
from collections.abc import Callable, Generator
from random import Random

from django.utils import timezone

from assistance.models import Case, GuidanceSystem, Referral, SharedField
from assistance.services import referral, referral_answers, referral_search
from assistance.services.errors import CannotTakeItError
from assistance.services.referral import Request
from assistance.states import ReferralDecline, ReferralOutcome
from network.matching import Candidate, Kind
from network.models import OrganisationMembership, Volunteer
from sme_portal.seeds.demo.acts import Ground, Telling
from sme_portal.seeds.demo.enterprise_a import Days, split, take
from sme_portal.seeds.demo.people import Cast
from sme_portal.seeds.demo.stories import story_about
from sme_portal.seeds.demo.world import Life, World

Script = Callable[[Days, Telling], Life]
FIELDS = (
    SharedField.ENTERPRISE_NAME,
    SharedField.CONTACT_NAME,
    SharedField.CONTACT_PHONE,
    SharedField.DESCRIPTION,
)
WITHOUT_NAME = FIELDS[1:3]
Key = tuple[str, int]


def begin(world: World, cast: Cast, ground: Ground, present: dt.datetime, most: int) -> int:
    """Let so many of the referred cases begin; return how many."""
    days = Days(present)
    for script, subject, place, ago in SCRIPTS[:most]:
        chance = Random(script.__name__)  # noqa: S311 - chance of a story, not a secret
        telling = Telling(cast, ground, story_about(subject), cast.askers[place], chance)
        world.begin(script(days, telling), days(ago, 130))
    return len(SCRIPTS[:most])


def asks_the_volunteer(days: Days, telling: Telling) -> Life:
    """The volunteer has been asked and has not answered yet."""
    case = yield from _led(days, telling, "asked volunteer", 5)
    yield days(1, 210)
    _sent(telling, case, to=_volunteer(telling), by_phone=True)


def asks_her(days: Days, telling: Telling) -> Life:
    """She is asked whether the centre may help her."""
    case = yield from _led(days, telling, "asked her", 7)
    yield days(1, 95)
    _propose(telling, case, to=_centre(telling))


def asks_the_partner(days: Days, telling: Telling) -> Life:
    """The centre has been asked; she agreed on the page of her case, but not to every field."""
    case = yield from _led(days, telling, "asked partner", 6)
    yield days(2, 60)
    made = _propose(telling, case, to=_centre(telling))
    yield days(1, 20)
    referral.agree(referral_id=made.pk, by_id=telling.asker.user_id, fields=WITHOUT_NAME)


def is_helped(days: Days, telling: Telling) -> Life:
    """The volunteer has accepted and reported, and goes on."""
    case = yield from _led(days, telling, "helped", 12)
    yield days(9, 40)
    made = _sent(telling, case, to=_volunteer(telling))
    yield days(8, 250)
    _accepted(telling, made)
    yield days(5, 380)
    _report(telling, made, minutes=60)
    yield days(2, 400)
    _report(telling, made, minutes=90)


def was_helped(days: Days, telling: Telling) -> Life:
    """The centre has helped and said how it ended."""
    case = yield from _led(days, telling, "was helped", 18)
    yield days(15, 30)
    made = _sent(telling, case, to=_centre(telling))
    yield days(14, 75)
    _accepted(telling, made)
    yield days(9, 300)
    _report(telling, made, minutes=120)
    yield days(4, 200)
    referral_answers.complete(
        referral_id=made.pk,
        by_id=_answers_for(made),
        outcome=ReferralOutcome.SOLVED,
        text=telling.say("referral", "outcome"),
        minutes=30,
    )


def goes_to_the_next(days: Days, telling: Telling) -> Life:
    """The first one has no time; who is next takes it."""
    case = yield from _led(days, telling, "next best", 11)
    yield days(8, 50)
    first = _sent(telling, case)
    yield days(7, 190)
    _declined(telling, first, ReferralDecline.NO_TIME)
    yield days(6, 45)
    second = _sent(telling, case)
    yield days(5, 60)
    _accepted(telling, second)


def nobody_takes(days: Days, telling: Telling) -> Life:
    """Two decline and the third does not answer: a duty officer decides."""
    case = yield from _led(days, telling, "nobody", 15)
    for ago, reason in ((12, ReferralDecline.NO_TIME), (10, ReferralDecline.NOT_OUR_FIELD)):
        yield days(ago, 80)
        made = _sent(telling, case)
        yield days(ago - 1, 120)
        _declined(telling, made, reason)
    yield days(8, 30)
    _sent(telling, case)


def does_not_want_it(days: Days, telling: Telling) -> Life:
    """She does not want the help that was found."""
    case = yield from _led(days, telling, "not wanted", 9)
    yield days(4, 110)
    made = _propose(telling, case)
    yield days(3, 15)
    referral.refuse(referral_id=made.pk, by_id=telling.asker.user_id)


# Script, subject, place among the askers, and how many working days ago she asked.
SCRIPTS: tuple[tuple[Script, str, int, int], ...] = (
    (asks_her, "一直請不到人，員工做三個月就走", 0, 7),
    (asks_the_volunteer, "買新機臺要貸款，銀行要看三年財報", 12, 5),
    (asks_the_partner, "單一客戶占八成，訂單突然砍半", 12, 6),
    (is_helped, "貸款快到期，想申請展延", 12, 12),
    (was_helped, "美國關稅提高，報價全部要重算", 0, 18),
    (nobody_takes, "有一個軟體點子，想找育成中心", 4, 15),
    (goes_to_the_next, "不知道可以申請哪一種專案貸款", 1, 11),
    (does_not_want_it, "想找人入股，不懂股權怎麼談", 16, 9),
)


def _led(days: Days, telling: Telling, name: str, ago: int) -> Generator[dt.datetime, None, Case]:
    """A case that the demo's lead officer leads, with its first need under way."""
    case = telling.submit(f"referred {name}")
    yield days(ago - 1, 70)
    first, *_others = split(telling, case)
    yield days(ago - 2, 100)
    take(telling, first)
    case.refresh_from_db()
    telling.welcome(case)
    return case


def _system(telling: Telling) -> GuidanceSystem:
    return GuidanceSystem.objects.get(code=telling.story.systems[0])


def _propose(
    telling: Telling, case: Case, *, to: Key | None = None, by_phone: bool = False
) -> Referral:
    """The lead officer chooses whom the ranking names, or whoever stands first in it."""
    system = _system(telling)
    ranking = referral_search.look(case, system)
    one = next((hit.candidate for hit in ranking.fitting if to in {None, hit.candidate.key}), None)
    if one is None:
        raise CannotTakeItError
    return referral.propose(
        case_id=case.pk,
        system_id=system.pk,
        need_id=None,
        by_id=telling.cast.id_of("lead"),
        request=_request(telling, one, by_phone=by_phone),
    )


def _request(telling: Telling, one: Candidate, *, by_phone: bool) -> Request:
    return Request(
        kind=one.kind,
        receiver_id=one.pk,
        asked=telling.say("referral", "asked", telling.story.systems[0]),
        effort=telling.say("referral", "effort"),
        fields=FIELDS,
        consent_on=timezone.localdate() if by_phone else None,
    )


def _sent(
    telling: Telling, case: Case, *, to: Key | None = None, by_phone: bool = False
) -> Referral:
    made = _propose(telling, case, to=to, by_phone=by_phone)
    if not by_phone:
        referral.agree(referral_id=made.pk, by_id=telling.asker.user_id, fields=FIELDS)
    made.refresh_from_db()
    return made


def _accepted(telling: Telling, made: Referral) -> None:
    referral_answers.accept(referral_id=made.pk, by_id=_answers_for(made))


def _declined(telling: Telling, made: Referral, reason: ReferralDecline) -> None:
    referral_answers.decline(referral_id=made.pk, by_id=_answers_for(made), reason=reason)


def _report(telling: Telling, made: Referral, *, minutes: int) -> None:
    referral_answers.report(
        referral_id=made.pk,
        by_id=_answers_for(made),
        body=telling.say("referral", "report"),
        minutes=minutes,
        worked_on=timezone.localdate(),
    )


def _answers_for(made: Referral) -> int | None:
    """The account of the receiver; None where it answers by the link in its e-mail."""
    if made.volunteer is not None:
        return made.volunteer.user_id
    partners = OrganisationMembership.objects.in_force().filter(organisation=made.organisation_id)
    return partners.order_by("pk").values_list("user_id", flat=True).first()


def _volunteer(telling: Telling) -> Key:
    """The volunteer whom one can sign in as."""
    pk = Volunteer.objects.values_list("pk", flat=True).get(user=telling.cast.id_of("volunteer"))
    return Kind.VOLUNTEER.value, pk


def _centre(telling: Telling) -> Key:
    """The organisation of the partner whom one can sign in as."""
    partners = OrganisationMembership.objects.of(telling.cast.users["partner"])
    return Kind.ORGANISATION.value, partners.values_list("organisation_id", flat=True)[0]
