"""What a memory holds, in few bytes for each unit, and what is to become of units that come in.

Units are told apart by digests of source with context, and of target, so that two memories can be merged
without holding the units of either. A source with its context may have several translations.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterator
from enum import StrEnum
from hashlib import blake2b

from tm.model import Context, Segment, Unit

__all__ = ["Ledger", "Policy", "Verdict"]

_NO_DATE = -(1 << 62)
_NOBODY = -1


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


class Ledger:
    """The translations known: first those of the memory, then those that come in, each with a place.

    Digests have 64 bits: among a million units two different ones are taken for equal once in 10^7 merges.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._first: dict[int, int] = {}  # place of the first translation of a source with its context
        self._next = array("q")  # place of its next translation
        self._targets = array("Q")
        self._moments = array("q")
        self._guests = array("q")  # number of the newcomer that stands in a place
        self._settled = bytearray()  # 1 = a newcomer stands here or confirmed what does
        self._pairs: set[int] = set()  # digests of source and target
        self._own = 0

    def know(self, unit: Unit) -> None:
        """Takes in the next unit of the memory."""
        self._append(_key(unit), unit, _NOBODY)
        self._own += 1

    def judge(self, unit: Unit, number: int) -> tuple[Verdict, int]:
        """The verdict on a newcomer, and the number of an earlier newcomer that it displaces, or -1."""
        key = _key(unit)
        places = list(self._chain(key))
        target = _digest(_content(unit.target))
        same = next((place for place in places if self._targets[place] == target), None)
        if same is not None:
            return self._confirm(same, unit, number)
        if self._is_known_elsewhere(unit, target):
            return Verdict.UNCHANGED, _NOBODY
        if places and self._policy is Policy.KEEP and places[0] < self._own:
            return Verdict.KEPT, _NOBODY
        if places and self._policy is Policy.NEWEST:
            return self._newest(unit, number, places)
        if self._policy is Policy.OVERWRITE:
            free = [place for place in places if place < self._own and not self._settled[place]]
            if free:
                self._replace(self._latest(free), unit, number)
                return Verdict.UPDATED, _NOBODY
        self._append(key, unit, number)
        return Verdict.ADDED, _NOBODY

    def guests(self) -> dict[int, int]:
        """For each place of the memory that a newcomer has taken, the number of the newcomer."""
        return {place: self._guests[place] for place in range(self._own) if self._guests[place] != _NOBODY}

    def added(self) -> Iterator[int]:
        """The numbers of the newcomers that stand in places of their own, in order."""
        return iter(self._guests[self._own :])

    def __len__(self) -> int:
        """How many units the memory had."""
        return self._own

    def _is_known_elsewhere(self, unit: Unit, target: int) -> bool:
        """True for a unit without context that the memory has in some context, and that will stay there."""
        lasting = self._policy in {Policy.ADD, Policy.KEEP}
        return (
            lasting
            and unit.context == Context()
            and _mixed(_digest(_content(unit.source)), target) in self._pairs
        )

    def _confirm(self, place: int, unit: Unit, number: int) -> tuple[Verdict, int]:
        """What becomes of a newcomer whose translation stands in a place already."""
        self._settled[place] = 1
        if self._policy is Policy.NEWEST and _moment(unit) > self._moments[place]:
            return self._take(place, unit, number)
        return Verdict.UNCHANGED, _NOBODY

    def _newest(self, unit: Unit, number: int, places: list[int]) -> tuple[Verdict, int]:
        place = self._latest(places)
        if _moment(unit) <= self._moments[place]:
            return Verdict.OLDER, _NOBODY
        return self._take(place, unit, number)

    def _take(self, place: int, unit: Unit, number: int) -> tuple[Verdict, int]:
        displaced = self._guests[place]
        self._replace(place, unit, number)
        return (Verdict.UPDATED if place < self._own else Verdict.ADDED), displaced

    def _latest(self, places: list[int]) -> int:
        return max(places, key=lambda place: (self._moments[place], place))

    def _replace(self, place: int, unit: Unit, number: int) -> None:
        source, target = _digest(_content(unit.source)), _digest(_content(unit.target))
        self._pairs.add(_mixed(source, target))
        self._targets[place] = target
        self._moments[place] = _moment(unit)
        self._guests[place] = number
        self._settled[place] = 1

    def _append(self, key: int, unit: Unit, number: int) -> None:
        place = len(self._next)
        self._next.append(_NOBODY)
        self._targets.append(0)
        self._moments.append(0)
        self._guests.append(_NOBODY)
        self._settled.append(0)
        first = self._first.setdefault(key, place)
        if first != place:
            *_others, last = self._chain(key)
            self._next[last] = place
        self._replace(place, unit, number)
        self._settled[place] = number != _NOBODY

    def _chain(self, key: int) -> Iterator[int]:
        place = self._first.get(key, _NOBODY)
        while place != _NOBODY:
            yield place
            place = self._next[place]


def _key(unit: Unit) -> int:
    """A digest of the source with its context."""
    context = unit.context
    return _digest(_content(unit.source), context.previous, context.next, context.key)


def _mixed(source: int, target: int) -> int:
    """One digest of two; equal halves and exchanged ones give different results."""
    return (source * 0x9E3779B97F4A7C15 + target) & 0xFFFFFFFFFFFFFFFF


def _content(segment: Segment) -> str:
    return f"{segment.text}\x1e{segment.codes!r}" if segment.codes else segment.text


def _digest(*texts: str) -> int:
    content = "\x1f".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big")


def _moment(unit: Unit) -> int:
    """Seconds of the last change, before all others where it is not known; without a zone it is UTC."""
    moment = unit.origin.changed or unit.origin.created
    if moment is None:
        return _NO_DATE
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return int(moment.timestamp())
