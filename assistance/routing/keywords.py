"""Rule: the owner's own words. The longest term wins where terms overlap; a word counts once."""

from __future__ import annotations

from collections.abc import Iterator

from assistance.routing.facts import Evidence, Facts, Reason
from assistance.routing.vocabulary import Term, combinations, terms
from foundation.text import fold

READ_AT_MOST = 4000


def found_in(folded: str) -> list[tuple[Term, str]]:
    """Terms of the vocabulary in a folded text, each with the words as they stand there."""
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Term, str]] = []
    for term in terms():
        spans = [
            (match.start(), match.end())
            for match in term.pattern.finditer(folded)
            if not any(match.start() < end and start < match.end() for start, end in taken)
        ]
        if spans:
            taken += spans
            start, end = spans[0]
            found.append((start, term, folded[start:end]))
    return [(term, words) for _, term, words in sorted(found, key=lambda hit: hit[0])]


def weigh(facts: Facts) -> Iterator[Evidence]:
    folded = fold(facts.text[:READ_AT_MOST])
    for term, words in found_in(folded):
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
