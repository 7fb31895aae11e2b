"""Slots: the stretches of a Chinese text that a repair may exchange, each with what it says."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from rapidfuzz.distance import Levenshtein

__all__ = ["Change", "Changes", "Kind", "Slot", "changes"]


class Kind(Protocol):
    """One kind of slots: where they stand, how English says them, how it would say another."""

    def find(self, text: str) -> Iterable[Slot]:
        """The slots of a Chinese text."""
        ...

    def places(self, slot: Slot, english: str) -> Sequence[tuple[int, int]]:
        """Every stretch of the English text that says what the slot says."""
        ...

    def write(self, old: Slot, new: Slot, english: str, place: tuple[int, int]) -> str | None:
        """What stands for the new slot in the manner of that stretch; None when that is not certain."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A stretch of a Chinese text; slots with equal `key` say the same.

    `name` is the kind of edit it makes: number, date, place, name or term. `thing` is what its kind knows of
    it.
    """

    name: str
    start: int
    end: int
    text: str
    key: Hashable
    kind: Kind
    thing: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A slot of the matched source and the one that stands for it in the new source."""

    old: Slot
    new: Slot

    @property
    def needed(self) -> bool:
        """True when the two do not say the same."""
        return self.old.key != self.new.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How two sources differ: slot for slot, and by how many characters outside of slots.

    `loose` are slots of the new source that have none in the old one to stand for, and the reverse. `rest`
    are the stretches outside of slots that differ, old and new.
    """

    pairs: tuple[Change, ...]
    loose: tuple[Slot, ...]
    rest: tuple[tuple[tuple[int, int], tuple[int, int]], ...]


def changes(old: str, new: str, kinds: Sequence[Kind]) -> Changes:
    """What must be exchanged to make the old source the new one.

    Slots stand for each other where the text around them is the same, and they are of one kind.
    """
    ours, theirs = _tokens(old, kinds), _tokens(new, kinds)
    pairs: list[Change] = []
    loose: list[Slot] = []
    rest: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for step in Levenshtein.opcodes([_mark(one) for one in ours], [_mark(one) for one in theirs]):
        before, after = ours[step.src_start : step.src_end], theirs[step.dest_start : step.dest_end]
        if step.tag == "equal":
            both = zip(before, after, strict=True)
            pairs += [Change(old=a, new=b) for a, b in both if isinstance(a, Slot) and isinstance(b, Slot)]
        else:
            loose += [one for one in (*before, *after) if isinstance(one, Slot)]
            rest.append(
                (
                    _stretch(ours, step.src_start, step.src_end, old),
                    _stretch(theirs, step.dest_start, step.dest_end, new),
                )
            )
    return Changes(pairs=tuple(pairs), loose=tuple(loose), rest=tuple(rest))


_Token = Slot | tuple[int, str]


def _tokens(text: str, kinds: Sequence[Kind]) -> list[_Token]:
    """The text as slots, the longest first where they overlap, and single characters with their places."""
    found = sorted(
        (slot for kind in kinds for slot in kind.find(text)), key=lambda s: (s.start - s.end, s.start)
    )
    kept: list[Slot] = []
    for slot in found:
        if all(slot.end <= other.start or other.end <= slot.start for other in kept):
            kept.append(slot)
    kept.sort(key=lambda slot: slot.start)
    edges = [0, *(edge for slot in kept for edge in (slot.start, slot.end)), len(text)]
    tokens: list[_Token] = []
    for number, (start, end) in enumerate(pairwise(edges)):
        if number % 2:
            tokens.append(kept[number // 2])
        else:
            tokens += [(place, text[place]) for place in range(start, end)]
    return tokens


def _mark(token: _Token) -> Hashable:
    return token.name if isinstance(token, Slot) else (token[1],)


def _stretch(tokens: Sequence[_Token], start: int, end: int, text: str) -> tuple[int, int]:
    """The code points of a stretch of tokens; an empty one is a place between two."""
    starts = [token.start if isinstance(token, Slot) else token[0] for token in tokens]
    ends = [token.end if isinstance(token, Slot) else token[0] + 1 for token in tokens]
    if start == end:
        place = starts[start] if start < len(tokens) else len(text)
        return place, place
    return starts[start], ends[end - 1]
