"""The acts of which lives are made: each calls the services as the pages do."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.utils import timezone
from django.utils.translation import override

from assistance.asking import Asking
from assistance.deadlines import QUESTION_DAYS
from assistance.models import Case, Need, Question, RoutingOutcome, SystemAgency, SystemEdition
from assistance.models.consent import ConsentPurpose
from assistance.services import intake, messages, needs, placing, readings, resolution, triage
from assistance.services.messages import AskedItem
from assistance.services.triage import NeedPlan
from assistance.states import Side, Source
from foundation.working_days import add_working_days
from sme_portal.seeds.demo.people import Asker, Cast, key
from sme_portal.seeds.demo.stories import Story, say

PHONE = "0900-000-{:03d}"
# What a story asks of a case it made itself; the rest of the case is not read again each time.
WHAT_MOVES = ("state", "lead_officer_id", "lead_agency_id")


def look_again(case: Case) -> None:
    """Read anew how a case stands and who leads it."""
    case.refresh_from_db(fields=WHAT_MOVES)


@dataclass(frozen=True)
class Ground:
    """What the catalogue says today, read once: ids, agencies in order, papers."""

    system_ids: dict[str, int]
    agency_ids: dict[str, list[int]]
    agency_names: dict[int, tuple[str, str]]
    papers: dict[str, list[dict[str, str]]]


def survey(cast: Cast) -> Ground:
    """Read the catalogue in force."""
    terms = SystemAgency.objects.current().order_by("system__number", "position")
    agencies: dict[str, list[int]] = {}
    for code, agency_id in terms.values_list("system__code", "agency_id"):
        agencies.setdefault(code, []).append(agency_id)
    editions = SystemEdition.objects.current().select_related("system")
    return Ground(
        system_ids={edition.system.code: edition.system_id for edition in editions},
        agency_ids=agencies,
        agency_names={a.pk: (a.name_zh, a.name_en) for a in cast.agencies.values()},
        papers={edition.system.code: edition.documents for edition in editions},
    )


@dataclass
class Telling:
    """One story as one person tells it, and the chance that shapes what becomes of it."""

    cast: Cast
    ground: Ground
    story: Story
    asker: Asker
    chance: Random

    @property
    def language(self) -> str:
        return self.story.language

    def say(self, *path: object) -> str:
        return say(self.chance, self.language, *path)

    def submit(self, name: object, *, chosen: Sequence[str] | None = None) -> Case:
        """Ask: as herself, as a guest, or by telephone through a duty officer."""
        by_phone = self.asker.user_id is None and self.chance.random() < 0.5
        firm = self.asker.enterprise
        asking = Asking(
            description=self.story.description,
            subject=self.story.subject,
            hoped_for=self.story.hoped_for,
            contact_name=self.asker.name,
            contact_email=self.asker.email,
            contact_phone=PHONE.format(self.chance.randrange(1000)),
            system_codes=tuple(self.story.systems if chosen is None else chosen),
            is_unsure=chosen is not None and not chosen,
            enterprise_id=firm.pk if firm else None,
            branch_id=self.asker.branch_id,
            enterprise_name=firm.name_zh if firm else "",
            business_number=firm.business_number if firm else "",
            industry=firm.industry if firm else self.story.industry,
            county=firm.county if firm else "",
            district=firm.district if firm else "",
            regular_staff=firm.regular_staff if firm else None,
            language=self.language,
            source=Source.PHONE if by_phone else Source.WEB,
            consents=(ConsentPurpose.HANDLE, ConsentPurpose.SHARE_WITH_AGENCIES),
        )
        case = intake.submit(
            key=key("case", name),
            by="seed_demo",
            asking=asking,
            applicant_id=self.asker.user_id,
            opened_by_id=self.chance.choice(self.cast.duty) if by_phone else None,
        )
        placing.place_case(case_id=case.pk)
        return case

    def split(self, case: Case, *, by_id: int, lead_id: int | None = None) -> list[Need]:
        """Split by the systems of the story, to whom the rules propose; the first agency leads."""
        units = RoutingOutcome.objects.values_list("units", flat=True).get(case=case.pk)
        proposed = {unit["system"]: unit["agency_id"] for unit in units}
        plans = [
            NeedPlan(
                self.ground.system_ids[code],
                proposed.get(code) or self.ground.agency_ids[code][0],
            )
            for code in self.story.systems
        ]
        first = plans[0].agency_id or 0
        lead = lead_id or self.chance.choice(self.cast.lead_of(first))
        return triage.split(
            case_id=case.pk, by_id=by_id, plans=plans, lead_agency_id=first, lead_officer_id=lead
        )

    def welcome(self, case: Case) -> None:
        """The lead officer speaks first, and names who works on it."""
        names = [
            self.ground.agency_names[need.agency_id][self.language == "en"]
            for need in case.needs.order_by("pk")
            if need.agency_id
        ]
        joined = (", " if self.language == "en" else "、").join(dict.fromkeys(names))
        self.write(case, self.say("welcome").format(agencies=joined))

    def write(self, case: Case, body: str) -> None:
        """The lead officer writes to the SME."""
        if case.lead_officer_id is None:
            return
        self.read(case.pk, case.lead_officer_id, case.lead_agency_id)
        messages.send_from_agency(
            case_id=case.pk,
            need_id=None,
            by_id=case.lead_officer_id,
            agency_id=case.lead_agency_id,
            body=body,
        )

    def read(self, case_id: int, reader_id: int, agency_id: int | None) -> None:
        """A member of staff opens a case: for the agency of the post, else for the one given."""
        agencies = [a for a, people in self.cast.workers.items() if reader_id in people]
        agency_id = agencies[0] if agencies else agency_id
        readings.note_reading(case_id=case_id, reader_id=reader_id, agency_id=agency_id)
        messages.mark_read(case_id=case_id, side=Side.AGENCY)

    def accept(self, need: Need, officer_id: int) -> None:
        self.read(need.case_id, officer_id, need.agency_id)
        needs.accept(need_id=need.pk, officer_id=officer_id)

    def ask(self, need: Need, code: str, *, papers: int, days: int = QUESTION_DAYS) -> Question:
        """The officer of a need asks for papers the system's catalogue page names."""
        wanted = self.ground.papers[code]
        chosen = self.chance.sample(wanted, k=min(papers, len(wanted)))
        language = "en" if self.language == "en" else "zh"
        return messages.ask_enterprise(
            case_id=need.case_id,
            need_id=need.pk,
            by_id=need.officer_id or 0,
            agency_id=need.agency_id or 0,
            body=self.say("systems", code, "ask"),
            items=[AskedItem(paper[language], paper["code"]) for paper in chosen],
            due_on=add_working_days(timezone.localdate(), days),
        )

    def reply(self, question: Question) -> None:
        messages.mark_read(case_id=question.case_id, side=Side.SME)
        messages.answer_question(
            question_id=question.pk, author_id=self.asker.user_id, body=self.say("sme_reply")
        )

    def answer_need(self, need: Need, code: str) -> None:
        text = self.say("systems", code, "answer")
        needs.answer(need_id=need.pk, by_id=need.officer_id or 0, text=text)

    def send_answer(self, case: Case) -> None:
        """The lead officer composes what the needs gave into the one answer."""
        with override(self.language):
            opening = self.say("opening").format(name=self.asker.name)
        resolution.send_answer(
            case_id=case.pk,
            by_id=case.lead_officer_id or 0,
            opening=opening,
            closing=self.say("closing"),
        )

    def rate(self, case: Case, score: int) -> None:
        messages.mark_read(case_id=case.pk, side=Side.SME)
        resolution.rate(
            case_id=case.pk,
            rated_by_id=self.asker.user_id,
            score=score,
            text=self.say("rating", score),
        )

    def refuse(self, case: Case, reason: str, *, by_id: int) -> None:
        where = "where_en" if self.language == "en" else "where_zh"
        triage.decline(
            case_id=case.pk,
            by_id=by_id,
            reason=reason,
            text=self.say("refusal", reason),
            where_instead=self.say("refusal", reason, where),
        )
