"""Where the search looks: a band of cells around the path the anchors suggest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tm.alignment.evidence import Side

__all__ = ["Band", "find_band"]

Integers = npt.NDArray[np.int64]

_ALL = 60_000
_MOST_CELLS = 3_000_000
_SHORTEST_LEAP = 200
_HALF_WIDTH = 60
_RARE = 6
_BEST = 4
_ROWS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The first English place of the band after each number of Chinese segments, and the band's width."""

    low: Integers
    width: int


def find_band(zh: Side, en: Side) -> Band:
    """All cells of a small document; of a large one those near a chain of anchors."""
    rows, columns = len(zh.bag), len(en.bag)
    if min(rows, columns) == 0 or (rows + 1) * (columns + 1) <= _ALL:
        return Band(low=np.zeros(rows + 1, np.int64), width=columns + 1)
    leap = max(_SHORTEST_LEAP, _MOST_CELLS // rows - 2 * _HALF_WIDTH)
    centre = _centre(_chain(*_anchors(zh, en)), (rows, columns), leap)
    width = min(columns + 1, 2 * _HALF_WIDTH + 1 + int(np.max(np.diff(centre))))
    low = np.clip(centre - width // 2, 0, columns + 1 - width)
    return Band(low=np.maximum.accumulate(low), width=width)


def _anchors(zh: Side, en: Side) -> tuple[Integers, Integers, npt.NDArray[np.float64]]:
    """Pairs of segments that share rare linked tokens, the best few of each Chinese segment."""
    rare = np.bincount(en.bag.ids, minlength=len(en.background)) <= _RARE
    holders = np.argsort(en.bag.ids, kind="stable")
    owner = en.bag.owners(0, len(en.bag))[holders]
    starts = np.searchsorted(en.bag.ids[holders], np.arange(len(en.background) + 1))
    found = [_best_pairs(zh, (first, min(first + _ROWS, len(zh.bag))), (rare, starts, owner), len(en.bag))
             for first in range(0, len(zh.bag), _ROWS)]  # fmt: skip
    rows, columns, votes = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return rows, columns, votes


def _best_pairs(
    zh: Side, rows: tuple[int, int], index: tuple[npt.NDArray[np.bool_], Integers, Integers], columns: int
) -> tuple[Integers, Integers, npt.NDArray[np.float64]]:
    rare, starts, owner = index
    places, tokens, values = zh.links.expand(zh.bag.of(*rows))
    kept = rare[tokens]
    segment = zh.bag.owners(*rows)[places[kept]]
    tokens, values = tokens[kept], values[kept]
    sizes = starts[tokens + 1] - starts[tokens]
    link = np.repeat(np.arange(len(tokens)), sizes)
    offsets = np.arange(len(link)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    keys = segment[link] * columns + owner[starts[tokens][link] + offsets]
    pairs, place = np.unique(keys, return_inverse=True)
    votes = np.bincount(place, (values / np.maximum(sizes, 1))[link], minlength=len(pairs)).astype(np.float64)
    order = np.lexsort((-votes, pairs // columns))
    row = (pairs // columns)[order]
    rank = np.arange(len(order)) - np.searchsorted(row, row)
    best = order[(rank < _BEST) & (votes[order] > 0.1)]
    return pairs[best] // columns + rows[0], pairs[best] % columns, votes[best]


def _chain(rows: Integers, columns: Integers, votes: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """The heaviest chain of anchors that rises on both sides; a Fenwick tree holds the best prefix sums."""
    size = int(columns.max(initial=-1)) + 2
    best = [(0.0, -1)] * (size + 1)
    previous = [-1] * len(rows)
    order = np.lexsort((-columns, rows))
    for anchor in order.tolist():
        place = int(columns[anchor])
        total, last = _prefix(best, place)
        previous[anchor] = last
        _raise(best, place + 1, (total + float(votes[anchor]), anchor))
    chain, anchor = [], _prefix(best, size)[1]
    while anchor >= 0:
        chain.append((int(rows[anchor]), int(columns[anchor])))
        anchor = previous[anchor]
    return chain[::-1]


def _prefix(tree: list[tuple[float, int]], place: int) -> tuple[float, int]:
    found = (0.0, -1)
    while place > 0:
        found = max(found, tree[place], key=lambda pair: pair[0])
        place -= place & -place
    return found


def _raise(tree: list[tuple[float, int]], place: int, value: tuple[float, int]) -> None:
    while place < len(tree):
        if value[0] > tree[place][0]:
            tree[place] = value
        place += place & -place


def _centre(chain: list[tuple[int, int]], size: tuple[int, int], leap: int) -> Integers:
    """The middle of the band: straight between anchors, from corner to corner, no step longer than a leap.

    Where English text without counterpart is longer than a leap, the band arrives there some rows too early.
    """
    rows, columns = size
    points = [(0, 0), *chain, (rows, columns)]
    line = np.interp(np.arange(rows + 1), [row for row, _ in points], [column for _, column in points])
    line[0], line[-1] = 0, columns
    slope = leap * np.arange(rows + 1)
    early = np.maximum.accumulate((line - slope)[::-1])[::-1] + slope
    early[0] = 0
    return np.rint(early).astype(np.int64)
