"""Segments left alone on both sides that belong together out of order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from tm.alignment.evidence import Side
from tm.alignment.gains import token_gains

__all__ = ["crossing_pairs"]

_NEAR = 12
_ENOUGH = 0.9
_FEWEST = 4


def crossing_pairs(
    zh: Side, en: Side, alone: tuple[Sequence[int], Sequence[int]], at: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Pairs of lonely segments that match strongly, each segment once, the strongest first.

    `at[i]` is where Chinese segment i would stand on the English side by the path; a counterpart farther
    than twelve segments away is no translation out of order but a chance.
    """
    rated = sorted(
        (-_strength(zh, en, i, j), i, j) for i in alone[0] for j in alone[1] if abs(at[i] - j) <= _NEAR
    )
    used_zh: set[int] = set()
    used_en: set[int] = set()
    for negative, i, j in rated:
        if -negative < _ENOUGH:
            return
        if i not in used_zh and j not in used_en:
            used_zh.add(i)
            used_en.add(j)
            yield i, j


def _strength(zh: Side, en: Side, row: int, column: int) -> float:
    """The mean gain of a token in the direction that explains less; 0 where there are too few tokens."""
    here, there = np.array([row]), np.array([column])
    forth, back = token_gains(zh, en, here, there), token_gains(en, zh, there, here)
    if min(len(forth), len(back)) < _FEWEST:
        return 0.0
    return float(min(forth.mean(), back.mean()))
