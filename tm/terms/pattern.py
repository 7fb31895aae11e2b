"""An English term as a pattern of words, and the tolerant ways in which a text may hold it.

Found strictly: inflected, over line breaks and no-break spaces, hyphenated, spaced or closed, with or
without articles, in quotes, in capitals. Found loosely: with a coordination in the middle ("economic and
social development"), or, for terms that are no names, with the same words in another order close by.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tm.terms.english import ARTICLES, COORDINATORS, EnglishText, Gap
from tm.text.inflection import inflections, is_function_word, opens_as_verb

__all__ = ["Pattern", "Slot", "pattern"]

_LONGEST_INSERTION = 7
_SCATTER = 7
_NAMES = frozenset({"proper", "title"})
_BE = frozenset({"be", "is", "are", "was", "were", "been", "being"})
_VERBAL = frozenset({"verb", "slogan", "phrase", ""})


@dataclass(frozen=True, slots=True)
class Slot:
    """A word of a term with all the forms that may stand for it; `gap` is what stands before it."""

    word: str
    forms: frozenset[str]
    gap: Gap
    function: bool

    @property
    def is_acronym(self) -> bool:
        """True for words in capitals, which must not be found in the pronoun `it` or the verb `who`."""
        return len(self.word) > 1 and self.word.isupper()


@dataclass(frozen=True, slots=True)
class Pattern:
    """The slots of a term. `merged` gives, for words written closed, the slot they begin at."""

    slots: tuple[Slot, ...]
    merged: dict[str, int]
    sensitive: bool
    name: bool

    def find(self, text: EnglishText) -> list[tuple[int, int]]:
        """The first and last word of every place where the term stands, from left to right."""
        if not self.slots or not self._possible(text):
            return []
        found: list[tuple[int, int]] = []
        for at in self._starts(text):
            end = self._follow(text, 0, at)
            if end is not None and self._case_fits(text, at, end) and not _negated(text, at):
                found.append((at, end - 1))
        return found

    def find_coordinated(self, text: EnglishText) -> bool:
        """True when the term stands with one coordination set into it."""
        if len(self.slots) < 2 or any(s.forms.isdisjoint(text.places) for s in self.slots if not s.function):
            return False
        return any(self._follow_split(text, at) for at in self._starts(text))

    def find_scattered(self, text: EnglishText) -> bool:
        """True when the term's content words stand close together in one clause, in any order.

        Never for names, whose order is part of them, nor for terms of fewer than three content words,
        two for verbs with their object ("weak links need to be shored up").
        """
        content = [slot for slot in self.slots if not slot.function]
        if self.name or len(content) < (2 if opens_as_verb(self.slots[0].word) else 3):
            return False
        places = [sorted(at for form in slot.forms for at in text.places.get(form, ())) for slot in content]
        near = len(self.slots) + _SCATTER
        return all(places) and any(
            _close(text, places, at, near + (_SCATTER if _is_passive(text, at) else 0)) for at in places[0]
        )

    def _possible(self, text: EnglishText) -> bool:
        places = text.places
        if all(not slot.forms.isdisjoint(places) for slot in self.slots if not slot.function):
            return True
        return any(word in places for word in self.merged)

    def _starts(self, text: EnglishText) -> list[int]:
        places = text.places
        found = {at for form in self.slots[0].forms & places.keys() for at in places[form]}
        if self.merged:
            found |= {at for word, slot in self.merged.items() if not slot for at in places.get(word, ())}
        return sorted(found)

    def _follow(self, text: EnglishText, slot_at: int, at: int) -> int | None:
        """The position after the term's last word, when the slots from `slot_at` on stand from `at` on."""
        reached = self._walk(text, slot_at, at)
        return reached[1] if reached[0] == len(self.slots) else None

    def _walk(self, text: EnglishText, slot_at: int, at: int) -> tuple[int, int]:
        """How far slots and words agree: the first slot and the first word that do not."""
        begun = slot_at
        while slot_at < len(self.slots) and at < len(text.words):
            slot = self.slots[slot_at]
            if slot_at > begun and not _gap_fits(text.gaps[at], slot):
                break
            word = text.words[at]
            if word in slot.forms:
                slot_at, at = slot_at + 1, at + 1
            elif text.joined.get(at) in slot.forms:
                slot_at, at = slot_at + 1, at + 2
            elif self.merged.get(word) == slot_at:
                slot_at, at = slot_at + 2, at + 1
            elif slot.word in ARTICLES:
                slot_at += 1
            elif word in ARTICLES and slot_at > begun:
                at += 1
            else:
                break
        return slot_at, at

    def _follow_split(self, text: EnglishText, start: int) -> bool:
        slot_at, at = self._walk(text, 0, start)
        for cut in range(slot_at, 0, -1):
            begin = at - (slot_at - cut)
            for end in _insertions(text, begin):
                if self._follow(text, cut, end) is not None:
                    return True
        return False

    def _case_fits(self, text: EnglishText, first: int, end: int) -> bool:
        if not self.sensitive and not any(slot.is_acronym for slot in self.slots):
            return True
        written = [text.written(at) for at in range(first, end)]
        heading = len(written) > 1 and all(word.upper() == word for word in written)
        kept = [word for word in written if word.lower() not in ARTICLES]
        wanted = [slot for slot in self.slots if slot.word.lower() not in ARTICLES]
        if heading or len(kept) != len(wanted):
            return True
        return all(
            _cased(word, slot, sensitive=self.sensitive) for word, slot in zip(kept, wanted, strict=True)
        )


@lru_cache(maxsize=1 << 18)
def pattern(term: str, case: str = "insensitive", pos: str = "") -> Pattern:
    """The pattern of an English term. Only verbs, and words that open a term as verbs, get verb forms."""
    text = EnglishText(term)
    written = [text.written(at) for at in range(len(text.words))]
    first = next((at for at, word in enumerate(text.words) if word not in ARTICLES), 0)
    name = pos in _NAMES or (not pos and all(word[:1].isupper() for word in written if len(word) > 3))
    slots = []
    for at in range(first, len(written)):
        opens = at == first and opens_as_verb(written[at]) and not written[at].endswith("ed")
        verbal = not name and (pos in _VERBAL or opens)
        gap = Gap.JOIN if at == first else text.gaps[at]
        slots.append(_slot(written[at], gap, verbal=verbal))
    return Pattern(tuple(slots), _merged(slots), case == "sensitive", name)


def _slot(word: str, gap: Gap, *, verbal: bool) -> Slot:
    lower = word.lower()
    forms = inflections(word, verbal=verbal and not word.isupper())
    if lower in {"and", "&"}:
        forms = frozenset({"and", "&"})
    return Slot(word, forms, gap, is_function_word(lower))


def _merged(slots: list[Slot]) -> dict[str, int]:
    """Adjacent content words written as one: `redline` for `red line`."""
    return {
        one.word.lower() + form: at
        for at, (one, two) in enumerate(pairwise(slots))
        if two.gap is Gap.JOIN and not one.function and not two.function
        for form in two.forms
    }


def _gap_fits(gap: Gap, slot: Slot) -> bool:
    if gap in {Gap.JOIN, slot.gap}:
        return True
    return gap is Gap.COMMA and slot.word.lower() in COORDINATORS


def _insertions(text: EnglishText, begin: int) -> Iterator[int]:
    """The ends of stretches from `begin` that may be a coordination set into a term."""
    coordinated = False
    for at in range(begin, min(begin + _LONGEST_INSERTION, len(text.words))):
        if text.gaps[at] >= Gap.BRACKET:
            return
        coordinated = coordinated or text.words[at] in COORDINATORS
        opens = text.words[begin] in COORDINATORS or text.gaps[begin] is Gap.COMMA
        parted = at + 1 < len(text.words) and text.gaps[at + 1] >= Gap.BRACKET
        if (
            not parted
            and coordinated
            and at + 1 < len(text.words)
            and (opens or text.words[at] in COORDINATORS)
        ):
            yield at + 1


def _close(text: EnglishText, places: list[list[int]], at: int, reach: int) -> bool:
    """True when every word has a place of its own near this one, with no full break in between."""
    taken = {at}
    for options in places[1:]:
        window = options[bisect_left(options, at - reach) : bisect_right(options, at + reach)]
        near = [place for place in window if place not in taken and _unbroken(text, at, place)]
        if not near:
            return False
        taken.add(min(near, key=lambda p: abs(p - at)))
    return max(taken) - min(taken) <= reach


def _is_passive(text: EnglishText, at: int) -> bool:
    """True when the word is a participle after a form of `be`: its object stands before it, maybe far off."""
    return at > 0 and text.words[at - 1] in _BE and text.words[at].endswith(("ed", "en", "t", "n"))


def _unbroken(text: EnglishText, one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return all(gap is not Gap.BREAK for gap in text.gaps[low + 1 : high + 1])


def _negated(text: EnglishText, at: int) -> bool:
    """True when the word is the second half of `non-…`."""
    return at > 0 and text.words[at - 1] == "non" and (at - 1) in text.joined


def _cased(word: str, slot: Slot, *, sensitive: bool) -> bool:
    if slot.is_acronym:
        return word[: len(slot.word)].isupper()
    if not sensitive:
        return True
    wanted = slot.word
    if wanted.islower():
        return word.islower() or word.istitle() or word[1:].islower()
    same = [a == b for a, b in zip(word, wanted, strict=False) if b.isupper()]
    return all(same)
