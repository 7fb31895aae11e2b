"""Which tiles of a query are looked up, and how many of them a text must hold.

With distance d allowed, d + 1 + extra disjoint tiles are taken, the rarest first; a text within the distance
holds at least 1 + extra of them. Longer texts allow a larger distance: the tiles that only they need are
read only from the first text of that length on, since texts are numbered in order of length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tm.matching.cutoff import Cutoff
from tm.matching.tiles import TileTable, UInt16Array, pair_codes, single_codes

__all__ = ["EXTRA", "Plan", "Tile", "long_plan", "query_tiles", "short_plan"]

EXTRA = 3

Tile = tuple[int, int]
"""Where the list of a tile starts, and how long it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Lists to read, each from the first text of a length; texts that stand in `need` of them are kept."""

    lists: tuple[tuple[Tile, int], ...]
    need: int
    shortest: int
    longest: int

    @property
    def cost(self) -> int:
        """The number of entries in the lists."""
        return sum(tile[1] for tile, _length in self.lists)


def query_tiles(ranks: UInt16Array, table: TileTable, wanted: int) -> tuple[list[Tile], list[Tile]]:
    """At most `wanted` disjoint tiles, pairs before single characters; and all single ones; rarest first.

    A tile without a list is not taken.
    """
    size = len(ranks)
    starts, lengths = table.ranges(np.concatenate((pair_codes(ranks), single_codes(ranks))))
    pairs = size - 1
    free = [True] * size
    chosen: list[Tile] = []
    for place in sorted(range(pairs), key=lengths.__getitem__):
        if len(chosen) == wanted:
            break
        if free[place] and free[place + 1] and lengths[place] >= 0:
            free[place] = free[place + 1] = False
            chosen.append((starts[place], lengths[place]))
    by_length = sorted(range(size), key=lengths[pairs:].__getitem__)
    usable = [place for place in by_length if lengths[pairs + place] >= 0]
    singles = [(starts[pairs + place], lengths[pairs + place]) for place in usable]
    if len(chosen) < wanted:
        rest = [tile for place, tile in zip(usable, singles, strict=True) if free[place]]
        chosen.extend(rest[: wanted - len(chosen)])
    return chosen, singles


def short_plan(tiles: list[Tile], length: int, cut: Cutoff, window: tuple[int, int]) -> Plan | None:
    """The plan over disjoint tiles, for texts as long as the tiles suffice; none if not even as the query."""
    shortest, longest = window
    extra = min(EXTRA, len(tiles) - 1 - cut.largest(length))
    if extra < 0:
        return None
    longest = min(longest, int(np.searchsorted(cut.distances, len(tiles) - 1 - extra, side="right")) - 1)
    base = cut.largest(max(length, shortest)) + 1 + extra
    most = cut.largest(max(length, longest)) + 1 + extra
    later = np.searchsorted(cut.distances, np.arange(base - extra, most - extra)).tolist()
    firsts = [shortest] * base + later
    lists = tuple(zip(tiles[:most], firsts, strict=True))
    return Plan(lists=lists, need=1 + extra, shortest=shortest, longest=longest)


def long_plan(singles: list[Tile], length: int, cut: Cutoff, window: tuple[int, int]) -> Plan | None:
    """The plan over single characters, which insertions leave whole: of a longer text fewer can be lost."""
    shortest, longest = window
    lost = cut.largest(max(shortest, length)) - max(shortest - length, 0)
    extra = min(EXTRA, len(singles) - 1 - lost)
    if extra < 0:
        return None
    lists = tuple((tile, shortest) for tile in singles[: lost + 1 + extra])
    return Plan(lists=lists, need=1 + extra, shortest=shortest, longest=longest)
