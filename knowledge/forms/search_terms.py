"""What is typed of words that mean the same: one a line, in either language."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.forms import CreatingForm, PortalForm, ProseField
from foundation.sought import LONGEST_KNOWN, key_of
from foundation.text import clean_line, is_cjk

MOST_WORDS = 12
LONGEST_WORD = 60


class SearchTermForm(PortalForm):
    words = ProseField(
        label=_("Words that mean the same"),
        help_text=_(
            "One a line, Chinese and English. Whoever searches for one finds all of them."
        ),
        max_length=MOST_WORDS * LONGEST_WORD,
        rows=6,
    )

    def clean_words(self) -> list[str]:
        lines = [clean_line(line) for line in str(self.cleaned_data["words"]).splitlines()]
        words = [line for line in lines if line]
        if len(words) > MOST_WORDS:
            raise ValidationError(_("Name at most %(most)d words."), params={"most": MOST_WORDS})
        for word in words:
            _check(word)
        if len({key_of(word) for word in words}) < 2:
            raise ValidationError(_("Name at least two different words that mean the same."))
        return words


def _check(word: str) -> None:
    named: dict[str, str | int] = {"word": word}
    if not key_of(word):
        raise ValidationError(_("“%(word)s” holds nothing to search for."), params=named)
    longest = LONGEST_KNOWN if is_cjk(word) else LONGEST_WORD
    if len(word) > longest:
        named["most"] = longest
        raise ValidationError(_("“%(word)s” is longer than %(most)d characters."), params=named)


class AddSearchTermForm(SearchTermForm, CreatingForm):
    """Also carries the key that makes two clicks one group."""


def first_words(words: Sequence[str]) -> dict[str, Any]:
    """The form's first value."""
    return {"words": "\n".join(words)}
