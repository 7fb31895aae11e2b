"""Term lookup in Chinese: leftmost-longest over folded text, respecting the boundaries of words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import rjieba
from ahocorasick_rs import AhoCorasick

from tm.model import Concept, Term
from tm.text.folding import Folded, fold_chinese

__all__ = ["ChineseIndex", "TermHit"]

_FIGURES = frozenset("0123456789.〇零一二三四五六七八九十百千万亿兆两几数余")


@dataclass(frozen=True, slots=True)
class TermHit:
    """A Chinese term of a concept at a half-open stretch of a text, in code points."""

    start: int
    end: int
    concept: Concept
    term: Term


@dataclass(frozen=True, slots=True)
class _Form:
    """A folded Chinese form, whose it is, and the contexts in which it is something else."""

    text: str
    concept: Concept
    term: Term
    unless: tuple[tuple[str, int], ...]


class ChineseIndex:
    """Finds the Chinese terms of concepts. What is expensive is made when it is first needed."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._forms: dict[str, list[_Form]] = {}
        for concept in concepts:
            for term in concept.zh:
                form = _form(concept, term)
                if form.text:
                    self._forms.setdefault(form.text, []).append(form)
        self._texts = tuple(self._forms)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._texts, store_patterns=False)

    @cached_property
    def _words(self) -> rjieba.Jieba:
        """A segmenter that knows the terms as words."""
        words = rjieba.Jieba()
        for text in self._texts:
            if not words.has_word(text):
                words.add_word(text, words.suggest_freq(text), "n")
        return words

    def find(self, text: str) -> list[TermHit]:
        """The terms in a text, longest first from the left; concepts that share a form share a stretch."""
        if not self._texts:
            return []
        folded = fold_chinese(text)
        found = self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
        if not found:
            return []
        bounds = self._bounds(folded.text)
        hits: list[TermHit] = []
        done = 0
        for which, start, end in sorted(found, key=lambda hit: (hit[1], -hit[2])):
            if start < done or not bounds.allow(start, end):
                continue
            here = list(_hits(self._forms[self._texts[which]], folded, start, end))
            if here:
                hits.extend(here)
                done = end
        return hits

    def inside(self, text: str) -> list[tuple[str, Concept]]:
        """The terms within a text, words or not, the text itself left out."""
        folded = fold_chinese(text).text
        if not self._texts or not folded:
            return []
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        inner = dict.fromkeys(self._texts[which] for which, start, end in found if end - start < len(folded))
        return [(form.term.text, form.concept) for text in inner for form in self._forms[text]]

    def _bounds(self, text: str) -> _Bounds:
        return _Bounds(text, list(accumulate(map(len, self._words.cut(text, hmm=False)), initial=0)))


class _Bounds:
    """The words of a text, by their edges, asked whether a term may stand at a stretch."""

    def __init__(self, text: str, edges: list[int]) -> None:
        self._text = text
        self._order = edges
        self._edges = frozenset(edges)

    def allow(self, start: int, end: int) -> bool:
        """False where a word crosses an edge of the stretch or holds it in its middle."""
        if _cuts_latin(self._text, start, end):
            return False
        if start in self._edges and end in self._edges:
            return True
        first, last = self._word(start), self._word(end - 1)
        if end - start == 1:
            rest = self._text[first[0] : start] + self._text[end : first[1]]
            return _FIGURES.issuperset(rest)
        if first == last:
            return first[0] == start or first[1] == end
        return first[0] == start and last[1] == end

    def _word(self, place: int) -> tuple[int, int]:
        """The word that covers a place."""
        at = bisect_right(self._order, place)
        return self._order[at - 1], self._order[at]


def _form(concept: Concept, term: Term) -> _Form:
    text = fold_chinese(term.text).text
    contexts = []
    for context in term.unless:
        whole = fold_chinese(context).text
        at = whole.find(text) if text else -1
        while at >= 0:
            contexts.append((whole, at))
            at = whole.find(text, at + 1)
    return _Form(text, concept, term, tuple(contexts))


def _hits(forms: list[_Form], folded: Folded, start: int, end: int) -> Iterator[TermHit]:
    for form in forms:
        if not any(folded.text.startswith(whole, start - at) for whole, at in form.unless if start >= at):
            yield TermHit(*folded.span(start, end), form.concept, form.term)


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """True when the stretch begins or ends inside a Latin word or a figure."""
    return (start > 0 and _latin(text[start - 1]) and _latin(text[start])) or (
        end < len(text) and _latin(text[end - 1]) and _latin(text[end])
    )


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
