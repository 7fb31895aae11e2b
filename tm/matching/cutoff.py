"""Which edit distances a similarity threshold allows, exactly.

Similarity is 1 - distance / longer length, in floating point, as `Hit.similarity` reports it. The largest
allowed distance is settled by that very expression, so that a pair exactly on the threshold is never lost.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cutoff", "cutoff", "similarity"]

Int32Array = NDArray[np.int32]


def similarity(distance: int, longer: int) -> float:
    """1 - distance / longer length, 0-1; two empty texts are alike."""
    return 1.0 - distance / longer if longer else 1.0


class Cutoff:
    """The largest distance that still reaches a threshold, for every longer length up to a bound."""

    def __init__(self, threshold: float, longest: int) -> None:
        self.threshold = threshold
        self.distances = _largest_distances(threshold, longest)
        self._least = (np.arange(longest + 1) - self.distances).tolist()

    def largest(self, longer: int) -> int:
        """The largest allowed distance when the longer text has this length."""
        return longer - int(self._least[longer])

    def window(self, length: int) -> tuple[int, int]:
        """The shortest and the longest text that can reach the threshold against one of this length."""
        return self._least[length], bisect_right(self._least, length) - 1


def cutoff(threshold: float, longest: int) -> Cutoff:
    """The cut-off for texts of up to `longest` characters."""
    return _cutoff(threshold, 1 << max(longest, 255).bit_length())


@lru_cache(maxsize=16)
def _cutoff(threshold: float, longest: int) -> Cutoff:
    return Cutoff(threshold, longest)


def _largest_distances(threshold: float, longest: int) -> Int32Array:
    """For each length the largest distance whose similarity is at least the threshold, at least 0."""
    lengths = np.arange(longest + 1)
    divisors = np.maximum(lengths, 1)
    distances = np.floor((1.0 - threshold) * lengths).astype(np.int64) + 1
    for _attempt in range(3):
        distances -= 1.0 - distances / divisors < threshold
    largest: Int32Array = np.clip(distances, 0, lengths).astype(np.int32)
    return largest
