"""Keeping the texts officers reuse: adding one, changing it, retiring it, using it again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from assistance.events import TemplateEvent
from assistance.models import ReplyTemplate
from assistance.services.errors import AgencyNotInForceError
from foundation.errors import DomainError
from foundation.idempotency import once
from ledger.recording import record

MOST_IN_USE = 100


class TooManyTemplatesError(DomainError):
    def __init__(self) -> None:
        words = _(
            "You can keep %(n)d templates in use. Retire one that is no longer needed first."
        )
        super().__init__(words % {"n": MOST_IN_USE})


class TemplateRetiredError(DomainError):
    message = _("This template is retired. Put it back in use before you change it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateText:
    """Title and text in both languages."""

    title_zh: str
    title_en: str
    body_zh: str
    body_en: str


@transaction.atomic
def add(
    *, agency_id: int | None, by_id: int, text: TemplateText, key: UUID
) -> tuple[ReplyTemplate, bool]:
    """Add a template for one agency, or for all where none is named; the same key adds one.

    Returns it and whether this call made it. Raises AgencyNotInForceError and
    TooManyTemplatesError.
    """

    def do() -> ReplyTemplate:
        _check_room(agency_id)
        made = ReplyTemplate.objects.create(agency_id=agency_id, **asdict(text))
        _record(TemplateEvent.ADDED, made, by_id)
        return made

    pk, is_new = once(key=key, act="template.add", by=f"user:{by_id}", do=do)
    return ReplyTemplate.objects.get(pk=pk), is_new


@transaction.atomic
def change(*, template_id: int, by_id: int, text: TemplateText) -> ReplyTemplate:
    """Change what a template says from now on; what was sent stays. Raises TemplateRetiredError."""
    template = ReplyTemplate.objects.locked().get(pk=template_id)
    if not template.is_active:
        raise TemplateRetiredError
    words = asdict(text)
    changed = sorted(name for name, said in words.items() if getattr(template, name) != said)
    if not changed:
        return template
    for name in changed:
        setattr(template, name, words[name])
    template.save(update_fields=changed)
    _record(TemplateEvent.CHANGED, template, by_id, changed=changed)
    return template


@transaction.atomic
def retire(*, template_id: int, by_id: int) -> ReplyTemplate:
    """Take a template out of use; it is kept and can come back. Retiring twice changes nothing."""
    return _switch(template_id, by_id, is_active=False, event=TemplateEvent.RETIRED)


@transaction.atomic
def restore(*, template_id: int, by_id: int) -> ReplyTemplate:
    """Put a retired template back in use. Raises TooManyTemplatesError."""
    return _switch(template_id, by_id, is_active=True, event=TemplateEvent.RESTORED)


def _switch(
    template_id: int, by_id: int, *, is_active: bool, event: TemplateEvent
) -> ReplyTemplate:
    template = ReplyTemplate.objects.locked().get(pk=template_id)
    if template.is_active == is_active:
        return template
    if is_active:
        _check_room(template.agency_id)
    template.is_active = is_active
    template.save(update_fields=["is_active"])
    _record(event, template, by_id)
    return template


def _check_room(agency_id: int | None) -> None:
    """The agency exists today and does not keep too many; locked, so that two do not slip in."""
    if agency_id is not None:
        today = timezone.localdate()
        agencies = Agency.objects.on(today).select_for_update(no_key=True)
        if agencies.filter(pk=agency_id).first() is None:
            raise AgencyNotInForceError
    place = Q(agency=None) if agency_id is None else Q(agency_id=agency_id)
    if ReplyTemplate.objects.in_use().filter(place).count() >= MOST_IN_USE:
        raise TooManyTemplatesError


def _record(event: TemplateEvent, template: ReplyTemplate, by_id: int, **facts: list[str]) -> None:
    named = {"agency": template.agency_id, **facts}
    record(event, subject=template, actor_id=by_id, facts=named)
