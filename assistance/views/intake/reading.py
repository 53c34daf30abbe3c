"""What a draft says: its forms bound again, how far it is, and what it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Branch, Enterprise, EnterpriseMembership
from accounts.models.branch import BranchKind
from assistance.asking import (
    MAIN_OFFICE,
    OFF_THE_ROUTE,
    STEPS,
    Asker,
    Asking,
    Group,
    chosen_enterprise,
    first_gap,
    following,
    preceding,
    route,
    subject_of,
)
from assistance.forms.intake import FORMS, StepForm
from assistance.models import Draft, SystemEdition
from assistance.services import access_codes
from assistance.states import CaseKind
from foundation.languages import is_english, pick
from foundation.prepared import Prepared
from knowledge.models import Question


@Prepared
def _enterprises(user_id: int) -> QuerySet[Enterprise]:
    own = EnterpriseMembership.objects.active_for(user_id)
    places = Branch.objects.open().filter(enterprise_id=OuterRef("pk"))
    mine = Enterprise.objects.joined_by(own).annotate(has_branches=Exists(places))
    return mine.order_by("name_zh", "pk")


@Prepared
def _open_branches(user_id: int) -> QuerySet[Branch]:
    own = EnterpriseMembership.objects.active_for(user_id)
    return Branch.objects.joined_by(own).open().order_by("name", "pk")


@Prepared
def _headings(today: date) -> Any:
    names = "system__code", "heading_zh", "heading_en"
    return SystemEdition.objects.on(today).in_order().values_list(*names)


@dataclass
class Reading:
    """A draft as one person reads it, in a fixed number of queries."""

    request: HttpRequest
    draft: Draft | None
    _forms: dict[str, StepForm] = field(default_factory=dict)

    @cached_property
    def answers(self) -> dict[str, Any]:
        return dict(self.draft.answers) if self.draft else {}

    @cached_property
    def enterprises(self) -> dict[int, Enterprise]:
        user = self.request.user
        return {one.pk: one for one in _enterprises(user.pk)} if user.is_authenticated else {}

    @cached_property
    def branches(self) -> dict[int, Branch]:
        if not any(vars(one)["has_branches"] for one in self.enterprises.values()):
            return {}
        return {one.pk: one for one in _open_branches(self.request.user.pk)}

    @cached_property
    def asker(self) -> Asker:
        branches: dict[int, dict[int, str]] = {}
        for one in self.branches.values():
            branches.setdefault(one.enterprise_id, {})[one.pk] = one.name
        return Asker(
            is_guest=not self.request.user.is_authenticated,
            enterprises={pk: pick(one, "name") for pk, one in self.enterprises.items()},
            branches=branches,
        )

    @cached_property
    def editions(self) -> list[SystemEdition]:
        return list(SystemEdition.objects.current_editions())

    @cached_property
    def route(self) -> list[str]:
        return route(self.answers, self.asker)

    @property
    def enterprise_id(self) -> int | None:
        return chosen_enterprise(self.answers, self.asker)

    def form(self, step: str, data: Mapping[str, Any] | None = None, **more: Any) -> StepForm:
        """The form of a step, bound to `data` where it is given."""
        return FORMS[step](
            data,
            asker=self.asker,
            enterprise_id=self.enterprise_id,
            systems=self.system_choices if step == "system" else None,
            **more,
        )

    @cached_property
    def system_choices(self) -> list[tuple[str, str]]:
        """Every system by its heading. An answer is checked without the agencies a page shows."""
        if self.request.method != "POST" or "editions" in vars(self):
            return [(one.system.code, pick(one, "heading")) for one in self.editions]
        in_force = _headings(timezone.localdate())
        return [(code, en if is_english() else zh) for code, zh, en in in_force]

    def kept(self, step: str) -> StepForm:
        """The form of a step bound to what the draft holds."""
        if step not in self._forms:
            self._forms[step] = self.form(step, self.answers.get(step, {}))
        return self._forms[step]

    def is_complete(self, step: str) -> bool:
        if step == "confirm":
            return self.is_confirmed
        return step in self.answers and self.kept(step).is_valid()

    @cached_property
    def is_confirmed(self) -> bool:
        email = self.email
        return bool(email and self.draft and access_codes.is_confirmed(self.draft.pk, email))

    @property
    def email(self) -> str:
        if "contact" not in self.answers or not self.kept("contact").is_valid():
            return ""
        return str(self.kept("contact").cleaned_data["email"])

    @property
    def title(self) -> str:
        """How the request will be called: her own title, or her first sentence."""
        own = str(self.answers.get("subject", {}).get("subject", ""))
        return own or subject_of(str(self.answers.get("problem", {}).get("description", "")))

    @cached_property
    def gap(self) -> str | None:
        """The first step without an answer."""
        complete = [step for step in self.route if self.is_complete(step)]
        return first_gap(self.route, complete)

    def next_after(self, step: str) -> str:
        """The address after a step: the next question, or the last page."""
        return step_url(following(self.route, step) or "check")

    def back_from(self, step: str) -> str:
        return step_url(preceding(self.route, step) or "start")

    def stepper(self, step: str) -> dict[str, Any]:
        """The five groups with links to those behind us, and where we are."""
        here = STEPS.get(step, Group.CONTACT)
        groups = list(Group)
        first = {group: self._first_of(group) for group in groups}
        return {
            "steps": [(group.label, step_url(first[group])) for group in groups],
            "number": groups.index(here) + 1,
            "of": len(groups),
        }

    def _first_of(self, group: Group) -> str:
        return next(step for step in self.route if STEPS[step] == group)

    def asking(self) -> Asking:
        """All of it together; call it only where there is no gap."""
        said = {step: self.kept(step).cleaned_data for step in self._said()}
        contact, system = said["contact"], said["system"]
        title = said.get("subject", {}).get("subject", "")
        return Asking(
            description=said["problem"]["description"],
            subject=title,
            hoped_for=said["hopes"]["hoped_for"],
            system_codes=tuple(system["systems"]),
            is_unsure=system["unsure"],
            contact_name=contact["name"],
            contact_email=contact["email"],
            contact_phone=contact["phone"],
            contact_time=contact["time"],
            language=get_language() or "zh-hant",
            kind=str(self.answers.get("kind", {}).get("kind", CaseKind.REQUEST.value)),
            read_before_id=self._read_before(),
            **self._business(said),
        )

    def _read_before(self) -> int | None:
        """The answer she came from, where it is still published."""
        pk = self.answers.get("about", {}).get("question")
        is_there = pk is not None and Question.objects.public().filter(pk=pk).exists()
        return int(pk) if is_there else None

    def _said(self) -> list[str]:
        steps = [*self.route, *OFF_THE_ROUTE]
        return [step for step in steps if step != "confirm" and self.is_complete(step)]

    def _business(self, said: dict[str, dict[str, Any]]) -> dict[str, Any]:
        own = self.enterprises.get(self.enterprise_id or 0)
        if own is None:
            details = said["details"]
            return {
                "business_number": said["business"]["business_number"],
                "enterprise_name": details["name"],
                "county": details["county"],
                "industry": details["industry"],
            }
        branch = self._branch(said)
        return {
            "enterprise_id": own.pk,
            "branch_id": branch.pk if branch else None,
            "business_number": own.business_number,
            "enterprise_name": own.name_zh,
            "county": (branch.county if branch else "") or own.county,
            "industry": own.industry,
            "regular_staff": own.regular_staff,
            "has_factory": True if branch and branch.kind == BranchKind.FACTORY else None,
        }

    def _branch(self, said: dict[str, dict[str, Any]]) -> Branch | None:
        chosen = said.get("branch", {}).get("branch", MAIN_OFFICE)
        return self.branches.get(int(chosen)) if chosen != MAIN_OFFICE else None


def step_url(step: str) -> str:
    named = {"start": "request:start", "check": "request:check", "confirm": "request:confirm"}
    return reverse(named[step]) if step in named else reverse("request:step", args=[step])
