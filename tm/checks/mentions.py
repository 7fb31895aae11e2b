"""Whether a term without its full rendering is mentioned in another way that good English allows."""

from __future__ import annotations

from tm.checks.renderings import Rendering, english
from tm.model import Term, Unit
from tm.terms.base import APPROVED
from tm.terms.english import EnglishText
from tm.terms.pattern import Pattern, pattern

__all__ = ["Mentions"]

_PRONOUNS = frozenset(
    [
        "it",
        "its",
        "itself",
        "they",
        "their",
        "them",
        "themselves",
        "he",
        "his",
        "him",
        "she",
        "her",
        "hers",
        "there",
    ]
)
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "its", "their", "our", "such", "both"])
_NEAR = 2


class Mentions:
    """Remembers, unit by unit, where the concepts of a document were last rendered in full."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._at = -1
        self._text = EnglishText("")

    def begin(self, unit: Unit) -> None:
        """The next unit is looked at."""
        self._at += 1
        self._text = english(unit)

    def note(self, rendering: Rendering) -> None:
        """These concepts are rendered in full here."""
        for concept in rendering.concepts:
            self._last[concept.id] = self._at

    def excuses(self, rendering: Rendering) -> bool:
        """True when the English mentions the concept without its full rendering, as good English may."""
        terms = [term for concept in rendering.concepts for term in concept.renderings(*APPROVED)]
        patterns = [pattern(term.text, term.case, term.pos) for term in terms]
        if any(p.find_coordinated(self._text) or p.find_scattered(self._text) for p in patterns):
            return True
        last = max((self._last.get(concept.id, -1) for concept in rendering.concepts), default=-1)
        if last < 0:
            return False
        near = self._at - last <= _NEAR
        if not _is_thing(terms) or not (near or patterns[0].name):
            return False
        if any(_short_name(self._text, one) for one in patterns):
            return True
        return near and not _PRONOUNS.isdisjoint(self._text.places)


def _short_name(text: EnglishText, full: Pattern) -> bool:
    """True when the head of a name of several words stands after an article or pronoun: `the park`."""
    content = [slot for slot in full.slots if not slot.function]
    if len(content) < 2:
        return False
    head = content[-1]
    places = [at for form in head.forms & text.places.keys() for at in text.places[form]]
    return any(_definite(text, at, full) for at in places)


def _definite(text: EnglishText, at: int, full: Pattern) -> bool:
    """True when what leads up to a word is an article, with nothing but words of the full name between."""
    known = frozenset().union(*(slot.forms for slot in full.slots))
    at -= 1
    while at >= 0 and text.words[at] in known and text.words[at] not in _DEFINITE:
        at -= 1
    return at >= 0 and text.words[at] in _DEFINITE


def _is_thing(terms: list[Term]) -> bool:
    """True for what a pronoun can stand for: nouns and names."""
    return any(term.pos in {"", "noun", "proper", "title"} for term in terms)
