"""What a memory holds, in few bytes for each unit, and what is to become of units that come in.

Units are told apart by hashes of source with context, and of target, so that two memories can be merged
without holding the units of either. A source with its context may have several translations.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tm.model import Segment, Unit
from tm.store.news import instant

__all__ = ["Ledger", "Policy", "Verdict"]

_NO_DATE = -(1 << 62)
_NOBODY = -1
_NOWHERE: list[int] = []


class Policy(StrEnum):
    """What happens when source and context are known with another translation."""

    ADD = "add"
    OVERWRITE = "overwrite"
    KEEP = "keep"
    NEWEST = "newest"


class Verdict(StrEnum):
    """What becomes of a unit that comes in."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    OLDER = "older"


class _Mark(NamedTuple):
    """What is remembered of a unit: numbers of source with context, target, and both texts; its time."""

    key: int
    target: int
    pair: int
    moment: int
    placeless: bool


class Ledger:
    """The translations known: first those of the memory, then those that come in, each with a place.

    Hashes have 64 bits and a key of this process, so that nobody can make two texts that look equal: among a
    million units two different ones are taken for equal once in 10^7 merges.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._first: dict[int, int] = {}  # place of the first translation of a source with its context
        self._next = array("q")  # place of its next translation
        self._targets = array("q")
        self._moments = array("q")
        self._guests = array("q")  # number of the newcomer that stands in a place
        self._settled = bytearray()  # 1 = a newcomer stands here or confirmed what does
        self._pairs: dict[int, int] = {}  # first place of source and target that stand in some context
        self._lasting = policy in {Policy.ADD, Policy.KEEP}
        self._timed = not self._lasting
        self._whole = policy is Policy.ADD
        self._own = 0
        self.place = _NOBODY
        """Where the unit last judged or known stands, or its equal; -1 = nowhere."""

    def __len__(self) -> int:
        """How many units the memory had."""
        return self._own

    def know(self, unit: Unit) -> None:
        """Takes in the next unit of the memory."""
        self._append(self._mark(unit), _NOBODY)
        self._own += 1

    def judge(self, unit: Unit, number: int) -> tuple[Verdict, int]:
        """The verdict on a newcomer, and the number of an earlier newcomer that it displaces, or -1."""
        mark = self._mark(unit)
        self.place = _NOBODY
        places = self._places(mark.key) if mark.key in self._first else _NOWHERE
        same = [place for place in places if self._targets[place] == mark.target]
        if places and self._policy is Policy.NEWEST:
            return self._newest(mark, number, places, same)
        if same:
            self._settled[same[0]] = 1
            self.place = same[0]
            return Verdict.UNCHANGED, _NOBODY
        if self._lasting and mark.placeless and mark.pair in self._pairs:
            self.place = self._pairs[mark.pair]
            return Verdict.UNCHANGED, _NOBODY  # it stands there in some context
        return self._solve(mark, number, places) if places else self._append(mark, number)

    def guests(self) -> dict[int, int]:
        """For each place of the memory that a newcomer has taken, the number of the newcomer."""
        return {place: self._guests[place] for place in range(self._own) if self._guests[place] != _NOBODY}

    def added(self) -> Iterator[int]:
        """The numbers of the newcomers that stand in places of their own, in order."""
        found = self._guests[self._own :]
        return iter(sorted(found) if self._policy is Policy.NEWEST else found)

    def _solve(self, mark: _Mark, number: int, places: list[int]) -> tuple[Verdict, int]:
        """What becomes of a newcomer whose source has other translations."""
        if self._policy is Policy.KEEP and places[0] < self._own:
            return Verdict.KEPT, _NOBODY
        if self._policy is Policy.OVERWRITE:
            free = [place for place in places if place < self._own and not self._settled[place]]
            if free:
                return self._take(self._latest(free), mark, number)
        return self._append(mark, number)

    def _newest(self, mark: _Mark, number: int, places: list[int], same: list[int]) -> tuple[Verdict, int]:
        """What becomes of a newcomer where the newest wins: unless newer than all others it takes no place.

        It takes that of the same translation, if there is one, else the latest's. So the latest date only
        grows, and when the same units come in a second time none of them is newer.
        """
        if mark.moment <= self._moments[self._latest(places)]:
            return (Verdict.UNCHANGED if same else Verdict.OLDER), _NOBODY
        return self._take(self._latest(same or places), mark, number)

    def _latest(self, places: list[int]) -> int:
        return max(places, key=lambda place: (self._moments[place], place))

    def _take(self, place: int, mark: _Mark, number: int) -> tuple[Verdict, int]:
        """A newcomer takes a place from what stood there."""
        displaced = self._guests[place]
        self.place = place
        self._targets[place] = mark.target
        self._moments[place] = mark.moment
        self._guests[place] = number
        self._settled[place] = 1
        return (Verdict.UPDATED if place < self._own else Verdict.ADDED), displaced

    def _append(self, mark: _Mark, number: int) -> tuple[Verdict, int]:
        """A unit gets a place of its own, behind the other translations of its source."""
        place = self.place = len(self._next)
        first = self._first.setdefault(mark.key, place)
        if first != place:
            self._next[self._places(mark.key)[-1]] = place
        self._next.append(_NOBODY)
        self._targets.append(mark.target)
        self._moments.append(mark.moment)
        self._guests.append(number)
        self._settled.append(number != _NOBODY)
        if self._lasting and not mark.placeless:
            self._pairs.setdefault(mark.pair, place)
        return Verdict.ADDED, _NOBODY

    def _mark(self, unit: Unit) -> _Mark:
        """What is remembered of a unit; where all translations are kept, its target belongs to its key."""
        source, target, context = _content(unit.source), _content(unit.target), unit.context
        placeless = not (context.previous or context.next or context.key)
        key = source if placeless else hash((source, context.previous, context.next, context.key))
        if self._timed:
            return _Mark(key, target, 0, instant(unit), placeless)
        pair = hash((source, target))
        if self._whole:
            key = pair if placeless else hash((key, target))
        return _Mark(key, target, pair, _NO_DATE, placeless)

    def _places(self, key: int) -> list[int]:
        places = []
        place = self._first.get(key, _NOBODY)
        while place != _NOBODY:
            places.append(place)
            place = self._next[place]
        return places


def _content(segment: Segment) -> int:
    return hash((segment.text, repr(segment.codes))) if segment.codes else hash(segment.text)
