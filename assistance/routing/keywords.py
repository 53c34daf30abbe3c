"""Rule: the owner's own words. The longest term wins where terms overlap; a word counts once."""

from __future__ import annotations

from collections.abc import Iterator

from assistance.routing.facts import Evidence, Facts, Reason
from assistance.routing.vocabulary import Term, combinations, likely_in
from foundation.text import fold

READ_AT_MOST = 4000


def found_in(folded: str) -> list[tuple[Term, int, int]]:
    """Terms of the vocabulary in a folded text, each with where it first stands."""
    taken: list[tuple[int, int]] = []
    found: list[tuple[Term, int, int]] = []
    for term in likely_in(folded):
        spans = [
            (first, last)
            for first, last in term.places_in(folded)
            if not any(first < end and start < last for start, end in taken)
        ]
        if spans:
            taken += spans
            found.append((term, *spans[0]))
    return sorted(found, key=lambda hit: hit[1])


def weigh(facts: Facts) -> Iterator[Evidence]:
    text = facts.text[:READ_AT_MOST]
    folded = fold(text)
    for term, start, end in found_in(folded):
        # Folding seldom changes the length; then the words are shown as they were typed.
        words = (text if len(text) == len(folded) else folded)[start:end]
        for system_code, weight in term.weights:
            yield Evidence(system_code, weight, Reason("keyword", {"words": words}))
    for pair in combinations():
        matches = [
            next((hit.group() for form in group if (hit := form.search(folded))), None)
            for group in pair.groups
        ]
        if all(matches):
            words = " + ".join(match for match in matches if match)
            yield Evidence(pair.system_code, pair.weight, Reason("together", {"words": words}))
