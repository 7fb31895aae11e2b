"""Finds many English terms in a text, for texts whose Chinese is not at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tm.model import Concept, Term
from tm.terms.english import EnglishText
from tm.terms.pattern import Pattern, pattern

__all__ = ["EnglishHit", "EnglishIndex"]


@dataclass(frozen=True, slots=True)
class EnglishHit:
    """An English term of a concept at a half-open stretch of a text, in code points.

    `shared` is true when other concepts have the same term, so that nobody can say which is meant.
    """

    start: int
    end: int
    concept: Concept
    term: Term
    shared: bool


class EnglishIndex:
    """English terms by the words they may begin with."""

    def __init__(self, terms: Iterable[tuple[Concept, Term]]) -> None:
        self._by_word: dict[str, list[tuple[int, Concept, Term, Pattern]]] = {}
        known = list(terms)
        self._owners = Counter(term.text.lower() for _concept, term in known)
        for number, (concept, term) in enumerate(known):
            made = pattern(term.text, term.case, term.pos)
            first = made.slots[0].forms if made.slots else frozenset[str]()
            for word in first | {word for word, at in made.merged.items() if at == 0}:
                self._by_word.setdefault(word, []).append((number, concept, term, made))

    def find(self, text: EnglishText) -> list[EnglishHit]:
        """Every place of every term, by place, longest first."""
        tried: set[int] = set()
        hits: list[EnglishHit] = []
        for word in self._by_word.keys() & text.places.keys():
            for number, concept, term, made in self._by_word[word]:
                if number not in tried:
                    tried.add(number)
                    shared = self._owners[term.text.lower()] > 1
                    hits.extend(
                        EnglishHit(*text.stretch(*at), concept, term, shared) for at in made.find(text)
                    )
        return sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.concept.id, hit.term.text))
