"""Words that mean the same: whoever searches for one finds what holds any of them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchTermQuerySet(models.QuerySet["SearchTerm"]):
    def in_use(self) -> Self:
        """Those that hold words; what came with the portal and was taken apart leaves its code."""
        return self.filter(models.Exists(SearchWord.objects.filter(term=models.OuterRef("pk"))))

    def with_words(self) -> Self:
        return self.prefetch_related(
            models.Prefetch("words", queryset=SearchWord.objects.order_by("pk"))
        )

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class SearchTerm(models.Model):
    """A group of words; `code` names those that come with the portal, and they come only once."""

    code = models.SlugField(max_length=40, blank=True)
    changed_at = models.DateTimeField()

    objects = SearchTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="search_term_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code or f"words {self.pk}"

    @property
    def written(self) -> list[str]:
        """Its words; uses what `with_words` fetched."""
        return [word.text for word in self.words.all()]


class SearchWord(models.Model):
    """One word of a group. `key` is what queries are looked up by: a word stands in one group."""

    term = models.ForeignKey(SearchTerm, models.CASCADE, related_name="words")
    text = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("word that is searched for")
        verbose_name_plural = _("words that are searched for")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text="") & ~models.Q(key=""), name="search_word_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.text
