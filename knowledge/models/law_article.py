"""An article of law that answers rest on, with our own summary in one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import is_english, pick
from foundation.models import LineField
from foundation.roc import in_characters

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


_NUMBER = re.compile("[1-9][0-9]{0,2}")


class LawArticleQuerySet(models.QuerySet["LawArticle"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Law is public: everyone sees every article."""
        return self

    def in_order(self) -> Self:
        return self.order_by("law_zh", "number", "article", "pk")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class LawArticle(models.Model):
    """`article` is empty where a whole law is meant; `number` sorts articles."""

    law_code = models.SlugField(max_length=20, db_index=False)
    law_zh = LineField(max_length=80)
    law_en = LineField(max_length=160)
    article = LineField(max_length=20, blank=True, default="")
    number = models.PositiveSmallIntegerField(default=0)
    summary_zh = LineField(max_length=200, blank=True, default="")
    summary_en = LineField(max_length=300, blank=True, default="")
    url = models.URLField(max_length=200, blank=True, default="")
    # The day the change took effect, and the day somebody here marked it.
    changed_on = models.DateField(null=True, blank=True)
    change_noted_on = models.DateField(null=True, blank=True)
    change_zh = LineField(max_length=200, blank=True, default="")
    change_en = LineField(max_length=300, blank=True, default="")

    objects = LawArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article of law")
        verbose_name_plural = _("articles of law")
        constraints = [
            models.UniqueConstraint(
                fields=["law_code", "article"], name="one_row_per_article_of_law"
            ),
            models.CheckConstraint(
                condition=models.Q(changed_on__isnull=False)
                | models.Q(change_zh="", change_en=""),
                name="law_change_is_described_only_when_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(changed_on__isnull=True, change_noted_on__isnull=True)
                | models.Q(changed_on__isnull=False, change_noted_on__isnull=False),
                name="law_change_has_both_days_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law_code} {self.article}".strip()

    @property
    def title(self) -> str:
        """政府採購法第 30 條 / Government Procurement Act, Art. 30."""
        if is_english():
            return f"{self.law_en}, Art. {self.article}" if self.article else self.law_en
        if not self.article:
            return self.law_zh
        first, dash, sub = self.article.partition("-")
        return f"{self.law_zh}第 {first} 條之 {sub}" if dash else f"{self.law_zh}第 {first} 條"

    @property
    def cited(self) -> str:
        """Every way in which it is cited: 政府採購法第73條之1, 第七十三條之一, Act Article 73-1."""
        if not self.article:
            return f"{self.law_zh}，{self.law_en}"
        first, _dash, sub = self.article.partition("-")
        short = f"第{first}條" + (f"之{sub}" if sub else "")
        if _NUMBER.fullmatch(first) and _NUMBER.fullmatch(sub or "1"):
            spelt = f"第{in_characters(int(first))}條"
            spelt += f"之{in_characters(int(sub))}" if sub else ""
            short += f"，{self.law_zh}{spelt}"
        return f"{self.law_zh}{short}，{self.law_en} Article {self.article}"

    @property
    def summary(self) -> str:
        """What it says, in one line of our own."""
        return pick(self, "summary")

    @property
    def change(self) -> str:
        """What is new in it, in one line."""
        return pick(self, "change")
