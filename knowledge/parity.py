"""Which of two languages is older than the other after a change. Pure: one rule for all that is published."""

from collections.abc import Collection

from knowledge.states import Language


def older_language(
    changed: Collection[str], *, missing_before: Collection[str], older_before: str
) -> str:
    """The language that did not follow a change; "" where both say the same.

    Only for a text that is written in both. `changed` are the languages whose words are not those
    published before; of these `missing_before` had none, and `older_before` was the older one.
    """
    if not changed:
        return older_before
    if len(changed) == len(Language.values):
        return ""
    # Catching up: what was older, or not there at all, is what was written.
    if older_before in changed or set(changed) <= set(missing_before):
        return ""
    return next(code for code in Language.values if code not in changed)
