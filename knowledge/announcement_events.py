"""What happens to announcements and to who reads them by e-mail. Names are stored: never change one."""

from enum import StrEnum


class AnnouncementEvent(StrEnum):
    DRAFTED = "knowledge.announcement.drafted"
    CHANGED = "knowledge.announcement.changed"
    AMENDMENT_BEGUN = "knowledge.announcement.amendment_begun"
    DROPPED = "knowledge.announcement.dropped"
    SUBMITTED = "knowledge.announcement.submitted"
    SENT_BACK = "knowledge.announcement.sent_back"
    TAKEN_BACK = "knowledge.announcement.taken_back"
    APPROVED = "knowledge.announcement.approved"
    PUBLISHED = "knowledge.announcement.published"
    AMENDED = "knowledge.announcement.amended"
    ENDED = "knowledge.announcement.ended"
    WITHDRAWN = "knowledge.announcement.withdrawn"
    FILE_ADDED = "knowledge.announcement.file_added"
    FILE_REMOVED = "knowledge.announcement.file_removed"


class SubscriptionEvent(StrEnum):
    ASKED = "knowledge.subscription.asked"
    CONFIRMED = "knowledge.subscription.confirmed"
    CHANGED = "knowledge.subscription.changed"
    ENDED = "knowledge.subscription.ended"
