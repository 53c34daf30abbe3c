"""A text officers reuse, in both languages; of one agency, or of all."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.permissions import standing
from foundation.models import LineField, ProseField


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not user.is_authenticated:
            return self.none()
        agencies = standing(user).agency_ids
        if not agencies:
            return self.none()
        return self.filter(Q(agency__isnull=True) | Q(agency_id__in=agencies))

    def in_use(self) -> Self:
        return self.filter(is_active=True)

    def in_order(self) -> Self:
        """Those all agencies share first, then each agency's own, by title."""
        return self.order_by(models.F("agency_id").asc(nulls_first=True), "title_zh", "pk")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class ReplyTemplate(models.Model):
    agency = models.ForeignKey(
        "accounts.Agency", models.CASCADE, null=True, blank=True, related_name="reply_templates"
    )
    code = models.SlugField(max_length=40, blank=True)
    title_zh = LineField(max_length=80)
    title_en = LineField(max_length=80)
    body_zh = ProseField(max_length=4000)
    body_en = ProseField(max_length=4000)
    is_active = models.BooleanField(default=True)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["title_zh"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="reply_template_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.title_zh
