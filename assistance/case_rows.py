"""The rows a page of a case is made of, each one kept query (see `foundation.prepared`).

Whether the reader may see the case at all is settled before: by `case_on_desk` and `case_asked_by`
here, or by a guest's grant.
"""

from django.db.models import Model, OuterRef, QuerySet, Subquery

from assistance.models import (
    Answer,
    Attachment,
    Case,
    CaseMessage,
    ClockSpan,
    Need,
    Question,
    QuestionState,
    Referral,
)
from assistance.models.consent import shared_until_then
from assistance.models.reading import last_reading
from assistance.models.sight import Sight
from foundation.prepared import Prepared

Ids = list[int]


def _with(model: type[Model], *others: str) -> tuple[str, ...]:
    """All columns of a row but what is only searched, and of what it belongs to only these."""
    return (*(one.name for one in model._meta.concrete_fields if one.name != "search"), *others)


def _names(of: str) -> tuple[str, str]:
    return f"{of}__name_zh", f"{of}__name_en"


@Prepared
def case_asked_by(user: int, enterprises: Ids, reference: str) -> QuerySet[Case]:
    mine = Case.objects.asked_by(Sight(user, enterprises)).filter(reference=reference)
    return mine.select_related("lead_agency", "lead_officer", "merged_into").only(
        *_with(Case, *_names("lead_agency"), "lead_agency__hotline", "lead_officer__name"),
        "merged_into__reference",
        "merged_into__enterprise",
        "merged_into__contact_email",
        "merged_into__applicant",
    )


def _case_on_desk(
    agencies: Ids, reference: str, reader: int, *, reads_all: bool
) -> QuerySet[Case]:
    """The case with `read_at`: when this reader last opened it."""
    every = Case.objects.all() if reads_all else Case.objects.of_agencies(agencies)
    every = every.annotate(read_at=Subquery(last_reading(reader, OuterRef("pk"))))
    whole = every.filter(reference=reference).select_related(
        "lead_agency", "lead_officer", "enterprise", "routing_outcome", "stated_enterprise"
    )
    return whole.only(
        *_with(Case, *_names("lead_agency"), "lead_officer__name", *_names("enterprise")),
        "enterprise__registration_kind",
        "enterprise__paid_in_capital",
        "enterprise__regular_staff",
        "routing_outcome__suggested",
        "routing_outcome__units",
        "stated_enterprise__statement",
    )


case_on_desk = Prepared(_case_on_desk, may_spare=True)


def _seen(agencies: Ids, case: int, *, reads_all: bool) -> QuerySet[Case]:
    every = Case.objects.all() if reads_all else Case.objects.of_agencies(agencies)
    return every.filter(pk=case).only("reference", "subject")


# Another case, where it is on the desk as well.
seen = Prepared(_seen, may_spare=True)


@Prepared
def needs_of(case: int) -> QuerySet[Need]:
    whole = Need.objects.filter(case_id=case).select_related("agency")
    return whole.only(*_with(Need, *_names("agency")))


def _needs_read_by(
    case: int, user: int, enterprises: Ids, agencies: Ids, *, reads_all: bool
) -> QuerySet[Need]:
    readable = Need.objects.seen_by(Sight(user, enterprises, agencies, reads_all))
    whole = Need.objects.filter(case_id=case).with_readable(readable)
    named = whole.select_related("agency", "officer")
    return named.only(*_with(Need, *_names("agency"), "officer__name"))


needs_read_by = Prepared(_needs_read_by, may_spare=True)


@Prepared
def messages_for_sme(case: int) -> QuerySet[CaseMessage]:
    said = CaseMessage.objects.for_sme().filter(case_id=case)
    named = said.select_related("author", "agency")
    return named.only(*_with(CaseMessage, *_names("agency"), "author__name"))


def _messages_read_by(
    case: int, user: int, enterprises: Ids, agencies: Ids, *, reads_all: bool
) -> QuerySet[CaseMessage]:
    said = CaseMessage.objects.seen_by(Sight(user, enterprises, agencies, reads_all))
    named = said.filter(case_id=case).select_related("agency")
    return named.only(*_with(CaseMessage, *_names("agency")))


messages_read_by = Prepared(_messages_read_by, may_spare=True)


@Prepared
def files_for_sme(case: int) -> QuerySet[Attachment]:
    rows = Attachment.objects.for_sme().filter(case_id=case, removed_at=None)
    return rows.select_related("question_item__question")


@Prepared
def files_beside(case: int, messages: Ids) -> QuerySet[Attachment]:
    return Attachment.objects.beside(case, messages)


@Prepared
def open_questions(case: int) -> QuerySet[Question]:
    open_ones = Question.objects.filter(case_id=case, state=QuestionState.OPEN)
    return open_ones.select_related("message__agency").prefetch_related("items")


@Prepared
def sent_answers(case: int) -> QuerySet[Answer]:
    sent = Answer.objects.filter(case_id=case, sent_at__isnull=False)
    whole = sent.annotate(was_shared=shared_until_then("sent_at"))
    whole = whole.select_related("agency", "composed_by", "rating")
    return whole.prefetch_related("parts__agency", "parts__need").order_by("-round")


@Prepared
def whole_spans(case: int) -> QuerySet[ClockSpan]:
    """The spans of the case as a whole, not those of its needs."""
    return ClockSpan.objects.filter(case_id=case, need=None)


@Prepared
def referrals_of(case: int) -> QuerySet[Referral]:
    """The referrals of a case, newest first; `has_account` tells whether a link is of no use."""
    return Referral.objects.with_names().filter(case_id=case).with_accounts().order_by("-pk")
