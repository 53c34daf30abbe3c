from assistance.models.access_code import AccessCode, CodePurpose
from assistance.models.answer import Answer, AnswerPart, Rating
from assistance.models.attachment import Attachment, ScanState
from assistance.models.case import Case
from assistance.models.clock_span import ClockSpan
from assistance.models.consent import Consent, ConsentPurpose
from assistance.models.draft import DRAFT_DAYS, Draft
from assistance.models.escalation import Escalation, EscalationStep
from assistance.models.guidance_system import GuidanceSystem, NeedGroup
from assistance.models.known_answer import KnownAnswer, KnownAs
from assistance.models.mandate import Mandate
from assistance.models.mandate_link import MandateLink, MandatePurpose
from assistance.models.mandated_request import MandatedRequest, RequestState
from assistance.models.message import CaseMessage, MessageKind
from assistance.models.need import Need
from assistance.models.offer import Offer
from assistance.models.question import Question, QuestionItem, QuestionState
from assistance.models.reading import CaseReading
from assistance.models.referral import (
    WAYS_OF_CONTACT,
    ConsentChannel,
    Referral,
    SharedField,
    receiver_users,
)
from assistance.models.referral_link import LinkPurpose, ReferralLink
from assistance.models.referral_note import MOST_MINUTES, ReferralNote
from assistance.models.reply_template import ReplyTemplate
from assistance.models.routing_outcome import RoutingOutcome
from assistance.models.routing_rule import RoutingRule, RuleVersion
from assistance.models.saved_filter import SavedFilter
from assistance.models.stated_enterprise import StatedEnterprise, Statement
from assistance.models.system_agency import SystemAgency
from assistance.models.system_edition import SystemEdition
from assistance.models.unmet_search import UnmetReason, UnmetSearch

__all__ = [
    "DRAFT_DAYS",
    "MOST_MINUTES",
    "WAYS_OF_CONTACT",
    "AccessCode",
    "Answer",
    "AnswerPart",
    "Attachment",
    "Case",
    "CaseMessage",
    "CaseReading",
    "ClockSpan",
    "CodePurpose",
    "Consent",
    "ConsentChannel",
    "ConsentPurpose",
    "Draft",
    "Escalation",
    "EscalationStep",
    "GuidanceSystem",
    "KnownAnswer",
    "KnownAs",
    "LinkPurpose",
    "Mandate",
    "MandateLink",
    "MandatePurpose",
    "MandatedRequest",
    "MessageKind",
    "Need",
    "NeedGroup",
    "Offer",
    "Question",
    "QuestionItem",
    "QuestionState",
    "Rating",
    "Referral",
    "ReferralLink",
    "ReferralNote",
    "ReplyTemplate",
    "RequestState",
    "RoutingOutcome",
    "RoutingRule",
    "RuleVersion",
    "SavedFilter",
    "ScanState",
    "SharedField",
    "StatedEnterprise",
    "Statement",
    "SystemAgency",
    "SystemEdition",
    "UnmetReason",
    "UnmetSearch",
    "receiver_users",
]
