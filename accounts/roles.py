"""Who may do what: every role of the portal with a plain description and its permissions.

This file is meant to be read by people who do not program. A permission that is not listed
beside a role is not given. A person may hold several roles, each in a named agency.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")
    DUTY = "duty", _("Duty officer")
    OFFICER = "officer", _("Officer")
    LEAD = "lead", _("Lead officer")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    EDITOR = "editor", _("Editor")
    APPROVER = "approver", _("Approver")


ENTERPRISE_ROLES = (Role.OWNER, Role.MEMBER)
STAFF_ROLES = (
    Role.DUTY,
    Role.OFFICER,
    Role.LEAD,
    Role.MANAGER,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
    Role.EDITOR,
    Role.APPROVER,
)

ENTERPRISE_ROLE_CHOICES = [(role.value, role.label) for role in ENTERPRISE_ROLES]
STAFF_ROLE_CHOICES = [(role.value, role.label) for role in STAFF_ROLES]


class Permission(StrEnum):
    """What a member of staff may be allowed to do."""

    DESK_USE = "desk.use"
    CASE_TRIAGE = "case.triage"
    CASE_READ_ALL = "case.read_all"
    CASE_READ_AGENCY = "case.read_agency"
    CASE_WORK = "case.work"
    CASE_LEAD = "case.lead"
    CASE_REASSIGN = "case.reassign"
    CASE_OPEN_FOR_CALLER = "case.open_for_caller"
    LOAD_READ = "load.read"
    TEMPLATES_EDIT = "templates.edit"
    CATALOGUE_EDIT = "catalogue.edit"
    CALENDAR_EDIT = "calendar.edit"
    STAFF_ADMINISTER = "staff.administer"
    ENTERPRISE_REVIEW = "enterprise.review"
    DELIVERY_ADMINISTER = "delivery.administer"
    AUDIT_READ = "audit.read"
    CASE_REFER = "case.refer"
    KNOWLEDGE_EDIT = "knowledge.edit"
    KNOWLEDGE_APPROVE = "knowledge.approve"
    NETWORK_EDIT = "network.edit"
    NETWORK_REVIEW = "network.review"
    ROUTING_EDIT = "routing.edit"


@dataclass(frozen=True)
class PermissionCard:
    text_zh: str
    text_en: str


PERMISSIONS: dict[Permission, PermissionCard] = {
    Permission.DESK_USE: PermissionCard("進入承辦工作臺", "Open the desk"),
    Permission.CASE_TRIAGE: PermissionCard(
        "分派案件：拆成需求並交給機關", "Triage: split a case into needs and offer them"
    ),
    Permission.CASE_READ_ALL: PermissionCard("閱覽所有案件", "Read every case"),
    Permission.CASE_READ_AGENCY: PermissionCard(
        "閱覽本機關的案件", "Read the cases of one's own agency"
    ),
    Permission.CASE_WORK: PermissionCard(
        "承辦本機關的案件與需求", "Work on the cases and needs of one's own agency"
    ),
    Permission.CASE_LEAD: PermissionCard(
        "彙整並送出案件的唯一回覆", "Compose and send the one answer to a case"
    ),
    Permission.CASE_REASSIGN: PermissionCard(
        "把案件改派給其他承辦人", "Reassign a case to another officer"
    ),
    Permission.CASE_OPEN_FOR_CALLER: PermissionCard(
        "替來電或臨櫃的業者開案", "Open a case for a caller or visitor"
    ),
    Permission.LOAD_READ: PermissionCard(
        "查看本機關同仁的案件量與逾期情形", "See the load and overdue work of one's own agency"
    ),
    Permission.TEMPLATES_EDIT: PermissionCard("編輯回覆範本", "Edit reply templates"),
    Permission.CATALOGUE_EDIT: PermissionCard(
        "編輯十一個輔導體系的介紹", "Edit the catalogue of the eleven systems"
    ),
    Permission.CALENDAR_EDIT: PermissionCard("編輯上班日曆", "Edit the working-day calendar"),
    Permission.STAFF_ADMINISTER: PermissionCard(
        "新增與結束同仁的角色", "Give and end staff roles"
    ),
    Permission.ENTERPRISE_REVIEW: PermissionCard(
        "審查加入企業的申請", "Review requests to join an enterprise"
    ),
    Permission.DELIVERY_ADMINISTER: PermissionCard(
        "查看並重送寄送失敗的通知", "See failed notifications and send them again"
    ),
    Permission.AUDIT_READ: PermissionCard("閱覽稽核紀錄", "Read the audit record"),
    Permission.CASE_REFER: PermissionCard(
        "把案件轉介給服務單位或榮譽指導員", "Refer a case to a service organisation or a volunteer"
    ),
    Permission.KNOWLEDGE_EDIT: PermissionCard(
        "撰寫問答與公告，送請核定", "Write Q&A and announcements and send them for approval"
    ),
    Permission.KNOWLEDGE_APPROVE: PermissionCard(
        "核定別人寫的問答與公告", "Approve Q&A and announcements that somebody else wrote"
    ),
    Permission.NETWORK_EDIT: PermissionCard(
        "維護服務據點名錄", "Look after the directory of the service network"
    ),
    Permission.NETWORK_REVIEW: PermissionCard(
        "審查榮譽指導員的申請", "Review applications of honorary guidance personnel"
    ),
    Permission.ROUTING_EDIT: PermissionCard(
        "編輯與試行分派規則", "Edit and rehearse the rules that route cases"
    ),
}


@dataclass(frozen=True)
class RoleCard:
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    permissions: frozenset[Permission]


_OFFICER = frozenset(
    {
        Permission.DESK_USE,
        Permission.CASE_WORK,
        Permission.CASE_READ_AGENCY,
        Permission.CASE_OPEN_FOR_CALLER,
        Permission.CASE_REFER,
    }
)

ROLES: dict[Role, RoleCard] = {
    Role.OWNER: RoleCard(
        "企業負責帳號",
        "Owner",
        "企業的負責帳號：提出與查看本企業的案件，邀請、審查與移除成員，修改企業資料。",
        "Runs the enterprise's account: asks for help and follows its cases, invites, reviews "
        "and removes members, keeps the enterprise's details right.",
        frozenset(),
    ),
    Role.MEMBER: RoleCard(
        "企業成員",
        "Member",
        "企業的成員：提出與查看本企業的案件。",
        "Works for the enterprise: asks for help and follows its cases.",
        frozenset(),
    ),
    Role.DUTY: RoleCard(
        "值班人員",
        "Duty officer",
        "看新進案件，拆成需求並交給機關，替來電業者開案，必要時改派。",
        "Sees every new case, splits it into needs, offers them to agencies, opens cases for "
        "callers and reassigns where needed.",
        frozenset(
            {
                Permission.DESK_USE,
                Permission.CASE_TRIAGE,
                Permission.CASE_READ_ALL,
                Permission.CASE_OPEN_FOR_CALLER,
                Permission.CASE_REASSIGN,
                Permission.CASE_REFER,
            }
        ),
    ),
    Role.OFFICER: RoleCard(
        "承辦人員",
        "Officer",
        "承辦本機關的需求：接受或退回、請業者補件、回覆；看得到本機關的案件。",
        "Works on the needs of one agency: accepts or declines, asks for papers, answers. "
        "Reads the cases of that agency.",
        _OFFICER,
    ),
    Role.LEAD: RoleCard(
        "主辦人員",
        "Lead officer",
        "做承辦人員的事，並彙整各機關意見，送出案件的唯一回覆；也可把辦妥的案件寫成問答。",
        "Does what an officer does, composes and sends the one answer to a case, and turns "
        "solved cases into Q&A.",
        _OFFICER
        | {
            Permission.CASE_LEAD,
            Permission.CASE_REASSIGN,
            Permission.TEMPLATES_EDIT,
            Permission.KNOWLEDGE_EDIT,
        },
    ),
    Role.MANAGER: RoleCard(
        "主管",
        "Manager",
        "查看本機關的案件、同仁案件量與逾期情形，可改派，並審查榮譽指導員的申請；不代為回覆。",
        "Reads the agency's cases, sees its load and what is overdue, reassigns, and reviews "
        "applications of honorary guidance personnel. Does not answer cases.",
        frozenset(
            {
                Permission.DESK_USE,
                Permission.CASE_READ_AGENCY,
                Permission.CASE_REASSIGN,
                Permission.LOAD_READ,
                Permission.TEMPLATES_EDIT,
                Permission.NETWORK_REVIEW,
            }
        ),
    ),
    Role.ADMINISTRATOR: RoleCard(
        "系統管理者",
        "Administrator",
        "管理同仁角色、輔導體系介紹、問答與公告、服務網、分派規則、上班日曆、範本與寄送失敗的通知；看不到案件內容。",
        "Looks after staff roles, the catalogue, Q&A and announcements, the service network, "
        "routing rules, the calendar, templates and failed notifications. Does not read cases.",
        frozenset(
            {
                Permission.CATALOGUE_EDIT,
                Permission.CALENDAR_EDIT,
                Permission.STAFF_ADMINISTER,
                Permission.ENTERPRISE_REVIEW,
                Permission.DELIVERY_ADMINISTER,
                Permission.TEMPLATES_EDIT,
                Permission.KNOWLEDGE_EDIT,
                Permission.KNOWLEDGE_APPROVE,
                Permission.NETWORK_EDIT,
                Permission.NETWORK_REVIEW,
                Permission.ROUTING_EDIT,
            }
        ),
    ),
    Role.AUDITOR: RoleCard(
        "稽核人員",
        "Auditor",
        "可閱覽所有案件與稽核紀錄，不能變更任何資料。",
        "Reads every case and the audit record. Changes nothing anywhere.",
        frozenset({Permission.DESK_USE, Permission.CASE_READ_ALL, Permission.AUDIT_READ}),
    ),
    Role.EDITOR: RoleCard(
        "編輯人員",
        "Editor",
        "撰寫問答與公告，送請核定；看不到案件內容。",
        "Writes Q&A and announcements and sends them for approval. Does not read cases.",
        frozenset({Permission.KNOWLEDGE_EDIT}),
    ),
    Role.APPROVER: RoleCard(
        "核定人員",
        "Approver",
        "核定同機關其他人寫的問答與公告；自己寫的由別人核定。",
        "Approves the Q&A and announcements of the agency that somebody else wrote; somebody "
        "else approves one's own.",
        frozenset({Permission.KNOWLEDGE_EDIT, Permission.KNOWLEDGE_APPROVE}),
    ),
}


def permissions_of(role: str) -> frozenset[Permission]:
    """The permissions a role gives; an unknown role gives none."""
    return ROLES[Role(role)].permissions if role in Role.values else frozenset()


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that give a permission."""
    return frozenset(role for role, card in ROLES.items() if permission in card.permissions)
