"""Which of several translations of one source is the one to use, for a memory of any size.

Of every unit three numbers are held, not its texts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from tm.model import Segment, Status, Unit

__all__ = ["Rivals", "rank"]

_STATUS = {status: rank for rank, status in enumerate(Status)}
_DAYS = 10_000_000  # more than the number of any day


class Rivals:
    """Units that share a source and differ in their translations, by their positions.

    The best is the one that has come furthest (approved, reviewed, …); of those the newest, then the last.
    """

    def __init__(self, units: Iterable[Unit]) -> None:
        sources, targets, ranks = array("q"), array("q"), array("q")
        for unit in units:
            sources.append(_mark(unit.source))
            targets.append(_mark(unit.target))
            ranks.append(rank(unit))
        self._look(*(np.frombuffer(numbers, dtype=np.int64) for numbers in (sources, targets, ranks)))

    def contested(self, position: int) -> bool:
        """True when the unit's source has another translation too."""
        return bool(self._contested[position])

    def beaten(self, position: int) -> bool:
        """True when the unit's source has another translation that is better."""
        return bool(self._beaten[position])

    def any_beaten_is_late(self) -> bool:
        """True when a beaten unit stands behind one with the better translation."""
        return self._late

    def _look(
        self, sources: npt.NDArray[np.int64], targets: npt.NDArray[np.int64], ranks: npt.NDArray[np.int64]
    ) -> None:
        count = len(sources)
        self._contested = np.zeros(count, dtype=bool)
        self._beaten = np.zeros(count, dtype=bool)
        self._late = False
        if not count:
            return
        order = np.lexsort((np.arange(count), ranks, sources))
        group = np.cumsum(np.r_[0, np.diff(sources[order]) != 0])
        last = np.r_[np.flatnonzero(np.diff(group)), count - 1]
        lost = targets[order] != targets[order][last][group]
        self._beaten[order] = lost
        self._contested[order] = np.bincount(group, weights=lost)[group] > 0
        first = np.full(group[-1] + 1, count)
        np.minimum.at(first, group[~lost], order[~lost])
        self._late = bool(np.any(lost & (order > first[group])))


def rank(unit: Unit) -> int:
    """How good a translation is: first by its status, then by its day."""
    date = unit.origin.date
    return _STATUS[unit.status] * _DAYS + (date.toordinal() if date else 0)


def _mark(segment: Segment) -> int:
    return hash((segment.text, segment.codes)) if segment.codes else hash(segment.text)
