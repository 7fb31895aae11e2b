"""Cue: terms of the term base, the surest words there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from tm.alignment.cues.base import Link, Tokens, same
from tm.alignment.document import Document
from tm.lexicon import stem, words
from tm.model import Concept
from tm.text.folding import to_simplified

__all__ = ["Terms"]

_EDGE = "\x1f"


class Terms:
    """Concepts found on both sides, by any of their names, forbidden ones included: they were used."""

    name = "terms"
    weight = 1.8
    certainty = 0.95

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._zh = _Finder({to_simplified(t.text): c.id for c in concepts for t in c.zh if t.text})
        self._en = _Finder({key: c.id for c in concepts for t in c.en if (key := _stems(t.text))})

    def tokens(self, document: Document) -> Tokens:
        """The concepts named in each segment, each once."""
        return Tokens(
            zh=[self._zh.find(text) for text in document.simplified],
            en=[self._en.find(_stems(text)) for text in document.en],
        )

    def links(self, zh: Sequence[str], en: Sequence[str]) -> Iterator[Link]:
        """A concept with itself."""
        return same(zh, en, self.certainty)


class _Finder:
    def __init__(self, names: Mapping[str, str]) -> None:
        self._ids = list(names.values())
        self._automaton = AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest) if names else None

    def find(self, text: str) -> list[str]:
        if self._automaton is None:
            return []
        return sorted(
            Counter(self._ids[number] for number, _, _ in self._automaton.find_matches_as_indexes(text))
        )


def _stems(text: str) -> str:
    return "".join(f"{_EDGE}{stem(word)}{_EDGE}" for word in words(text))
