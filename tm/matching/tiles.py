"""Tiles: which texts hold which pairs of characters and which single characters.

An edit touches at most one of several disjoint tiles of a text. So a text within distance d of a query
holds all but d of any set of disjoint tiles of the query: to find it, the lists of d + 1 of them are enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["NO_CHARACTER", "Alphabet", "TileTable", "build_tiles", "pair_codes", "single_codes"]

Int32Array = NDArray[np.int32]
Int64Array = NDArray[np.int64]
UInt16Array = NDArray[np.uint16]
UInt32Array = NDArray[np.uint32]

NO_CHARACTER = 0xFFFF
_UNKNOWN = 0xFFFE
_LAST_RANK = 0xFFFD
_KEYS_AT_ONCE = 1 << 23
_STOP_SHARE = 8
_STOP_LEAST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """The rank of every character by frequency; the rarest beyond 65,533 share the last rank."""

    ranks: UInt16Array

    @classmethod
    def of(cls, codes: UInt32Array) -> Alphabet:
        """The alphabet of a text given as code points."""
        counts = np.bincount(codes) if len(codes) else np.zeros(1, dtype=np.int64)
        present = np.flatnonzero(counts)
        by_frequency = present[np.argsort(-counts[present], kind="stable")]
        ranks = np.full(len(counts), _UNKNOWN, dtype=np.uint16)
        ranks[by_frequency] = np.minimum(np.arange(len(by_frequency)), _LAST_RANK)
        return cls(ranks=ranks)

    def rank(self, codes: UInt32Array) -> UInt16Array:
        """The ranks of code points; characters never seen have a rank that no text has."""
        known = len(self.ranks) - 1
        found: UInt16Array = self.ranks[np.minimum(codes, known)]
        if len(codes) and int(codes.max()) > known:
            found[codes > known] = _UNKNOWN
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class TileTable:
    """Sorted tile codes, and for each the ascending texts that hold it.

    `codes[i]` has the texts `texts[starts[i]:starts[i + 1]]`. A tile too common to be of use has its code
    and no texts.
    """

    codes: UInt32Array
    starts: Int64Array
    texts: Int32Array

    def ranges(self, codes: UInt32Array) -> tuple[list[int], list[int]]:
        """Where the lists of these tiles start, and how long they are.

        0 for a tile that no text holds, -1 for one that is too common to have a list.
        """
        if not len(self.codes):
            return [0] * len(codes), [0] * len(codes)
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        starts = self.starts[places]
        lengths = self.starts[places + 1] - starts
        lengths[lengths == 0] = -1
        lengths[self.codes[places] != codes] = 0
        return starts.tolist(), lengths.tolist()


def pair_codes(ranks: UInt16Array) -> UInt32Array:
    """The codes of the pairs of neighbouring characters."""
    wide = ranks.astype(np.uint32)
    return (wide[:-1] << np.uint32(16)) | wide[1:]


def single_codes(ranks: UInt16Array) -> UInt32Array:
    """The codes of the single characters."""
    return (ranks.astype(np.uint32) << np.uint32(16)) | np.uint32(NO_CHARACTER)


def build_tiles(ranks: UInt16Array, bounds: Int64Array) -> TileTable:
    """The table of all texts; text i has the ranks from bounds[i] to bounds[i + 1]."""
    count = len(bounds) - 1
    stop = max(_STOP_LEAST, count // _STOP_SHARE)
    owners = np.repeat(np.arange(count, dtype=np.int32), np.diff(bounds))
    following = _followers(ranks, bounds)
    tables = [_table(keys, stop) for keys in _keys(ranks, following, owners)]
    return _joined(tables)


def _followers(ranks: UInt16Array, bounds: Int64Array) -> UInt16Array:
    """For each character the one after it in its text, or none."""
    following = np.full(len(ranks), NO_CHARACTER, dtype=np.uint16)
    following[:-1] = ranks[1:]
    ends = bounds[1:] - 1
    following[ends[np.diff(bounds) > 0]] = NO_CHARACTER
    return following


def _keys(ranks: UInt16Array, following: UInt16Array, owners: Int32Array) -> Iterator[NDArray[np.uint64]]:
    """Sorted, distinct tile-and-text keys, in stretches of first characters that fit in memory."""
    if not len(ranks):
        return
    sums = np.cumsum(np.bincount(ranks))
    first = 0
    while first < len(sums):
        done = int(sums[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(sums, done + _KEYS_AT_ONCE, side="right")))
        chosen = np.flatnonzero((ranks >= first) & (ranks < last))
        yield _distinct_keys(ranks[chosen], following[chosen], owners[chosen])
        first = last


def _distinct_keys(ranks: UInt16Array, following: UInt16Array, owners: Int32Array) -> NDArray[np.uint64]:
    head = ranks.astype(np.uint64) << np.uint64(48)
    text = owners.astype(np.uint64)
    single = head | np.uint64(NO_CHARACTER << 32) | text
    inside = following != NO_CHARACTER
    pairs = (head | (following.astype(np.uint64) << np.uint64(32)) | text)[inside]
    keys = np.concatenate((single, pairs))
    keys.sort()
    fresh = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    return keys[fresh]


def _table(keys: NDArray[np.uint64], stop: int) -> TileTable:
    """The table of sorted keys; lists longer than `stop` are left out."""
    tiles = (keys >> np.uint64(32)).astype(np.uint32)
    edges = np.flatnonzero(np.concatenate(([True], tiles[1:] != tiles[:-1])))
    lengths = np.diff(np.append(edges, len(keys)))
    kept = lengths <= stop
    texts = (keys & np.uint64(0xFFFFFFFF)).astype(np.int32)[np.repeat(kept, lengths)]
    starts = np.concatenate(([0], np.cumsum(np.where(kept, lengths, 0))))
    return TileTable(codes=tiles[edges], starts=starts, texts=texts)


def _joined(tables: list[TileTable]) -> TileTable:
    offset, starts = 0, [np.zeros(1, dtype=np.int64)]
    for table in tables:
        starts.append(table.starts[1:] + offset)
        offset += len(table.texts)
    return TileTable(
        codes=np.concatenate([table.codes for table in tables] or [np.zeros(0, dtype=np.uint32)]),
        starts=np.concatenate(starts),
        texts=np.concatenate([table.texts for table in tables] or [np.zeros(0, dtype=np.int32)]),
    )
