"""What this app announces. Names are stable: they are stored in the ledger."""

from enum import StrEnum


class CaseEvent(StrEnum):
    SUBMITTED = "assistance.case.submitted"
    CLAIMED_INTO_ACCOUNT = "assistance.case.claimed_into_account"
    ENTERPRISE_STATED = "assistance.case.enterprise_stated"
    NUMBER_CORRECTED = "assistance.case.number_corrected"
    ENTERPRISE_CONFIRMED = "assistance.case.enterprise_confirmed"
    ENTERPRISE_DENIED = "assistance.case.enterprise_denied"
    CLAIMED = "assistance.case.claimed"
    ASSIGNED = "assistance.case.assigned"
    ASSIGNMENT_UNDONE = "assistance.case.assignment_undone"
    SPLIT = "assistance.case.split"
    LEAD_CHANGED = "assistance.case.lead_changed"
    RETURNED_TO_TRIAGE = "assistance.case.returned_to_triage"
    DECLINED = "assistance.case.declined"
    MERGED = "assistance.case.merged"
    QUESTION_ASKED = "assistance.case.question_asked"
    QUESTION_ANSWERED = "assistance.case.question_answered"
    QUESTION_CANCELLED = "assistance.case.question_cancelled"
    QUESTION_REMINDED = "assistance.case.question_reminded"
    MESSAGE_FROM_SME = "assistance.case.message_from_sme"
    MESSAGE_FROM_AGENCY = "assistance.case.message_from_agency"
    NOTE_ADDED = "assistance.case.note_added"
    FILE_ADDED = "assistance.case.file_added"
    FILE_REMOVED = "assistance.case.file_removed"
    ANSWERED = "assistance.case.answered"
    RATED = "assistance.case.rated"
    CLOSED = "assistance.case.closed"
    REOPENED = "assistance.case.reopened"
    WITHDRAWN = "assistance.case.withdrawn"
    OVERDUE = "assistance.case.overdue"
    CONSENT_WITHDRAWN = "assistance.case.consent_withdrawn"
    FOUND_DISTINCT = "assistance.case.found_distinct"
    QA_DRAFTED = "assistance.case.qa_drafted"
    LAW_CHANGED = "assistance.case.law_changed"
    COORDINATION_SOUGHT = "assistance.case.coordination_sought"
    MANDATE_ENDED = "assistance.case.mandate_ended"


class NeedEvent(StrEnum):
    OFFERED = "assistance.need.offered"
    ACCEPTED = "assistance.need.accepted"
    DECLINED = "assistance.need.declined"
    LAPSED = "assistance.need.lapsed"
    STARTED = "assistance.need.started"
    TRANSFERRED = "assistance.need.transferred"
    ANSWERED = "assistance.need.answered"
    WITHDRAWN = "assistance.need.withdrawn"
    REOPENED = "assistance.need.reopened"
    HANDED_OVER = "assistance.need.handed_over"
    COORDINATION_ASKED = "assistance.need.coordination_asked"


class ReferralEvent(StrEnum):
    CONSENT_ASKED = "assistance.referral.consent_asked"
    CONSENT_REFUSED = "assistance.referral.consent_refused"
    SENT = "assistance.referral.sent"
    ACCEPTED = "assistance.referral.accepted"
    DECLINED = "assistance.referral.declined"
    LAPSED = "assistance.referral.lapsed"
    NOT_ANSWERED_BY_SME = "assistance.referral.not_answered_by_sme"
    NOBODY_TOOK_IT = "assistance.referral.nobody_took_it"
    TAKEN_UP = "assistance.referral.taken_up"
    RECALLED = "assistance.referral.recalled"
    STOPPED_BY_SME = "assistance.referral.stopped_by_sme"
    REPORTED = "assistance.referral.reported"
    COMPLETED = "assistance.referral.completed"
    LINK_SENT = "assistance.referral.link_sent"


class MandateEvent(StrEnum):
    ASKED = "assistance.mandate.asked"
    ASKED_AGAIN = "assistance.mandate.asked_again"
    CONFIRMED = "assistance.mandate.confirmed"
    REFUSED = "assistance.mandate.refused"
    WITHDRAWN = "assistance.mandate.withdrawn"
    LAID_DOWN = "assistance.mandate.laid_down"
    LAPSED = "assistance.mandate.lapsed"
    EXPIRED = "assistance.mandate.expired"
    REMINDED = "assistance.mandate.reminded"


class CatalogueEvent(StrEnum):
    EDITION_PUBLISHED = "assistance.catalogue.edition_published"
    EDITION_WITHDRAWN = "assistance.catalogue.edition_withdrawn"
    AGENCIES_ASSIGNED = "assistance.catalogue.agencies_assigned"
    DAY_NAMED = "assistance.calendar.day_named"
    DAY_UNNAMED = "assistance.calendar.day_unnamed"
    CALENDAR_IMPORTED = "assistance.calendar.imported"


class DeskEvent(StrEnum):
    FILTER_SAVED = "assistance.desk.filter_saved"
    FILTER_RENAMED = "assistance.desk.filter_renamed"
    FILTER_REMOVED = "assistance.desk.filter_removed"
    LIST_EXPORTED = "assistance.desk.list_exported"
    RECORDS_EXPORTED = "assistance.desk.records_exported"


class TemplateEvent(StrEnum):
    ADDED = "assistance.template.added"
    CHANGED = "assistance.template.changed"
    RETIRED = "assistance.template.retired"
    RESTORED = "assistance.template.restored"


class RoutingEvent(StrEnum):
    DRAFTED = "assistance.routing.drafted"
    DISCARDED = "assistance.routing.discarded"
    TURNED_ON = "assistance.routing.turned_on"
    ENDED = "assistance.routing.ended"
