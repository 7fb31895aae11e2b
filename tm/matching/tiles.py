"""Tiles: which texts hold which pairs of characters and which single characters.

An edit touches at most one of several disjoint tiles of a text. So a text within distance d of a query
holds all but d of any set of disjoint tiles of the query: to find it, the lists of d + 1 of them are enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tm.matching.portions import ranges

__all__ = ["NO_CHARACTER", "Alphabet", "TileTable", "pair_codes", "single_codes", "tile_tables"]

Int32Array = NDArray[np.int32]
Int64Array = NDArray[np.int64]
UInt16Array = NDArray[np.uint16]
UInt32Array = NDArray[np.uint32]
UInt64Array = NDArray[np.uint64]

NO_CHARACTER = 0xFFFF
_UNKNOWN = 0xFFFE
_LAST_RANK = 0xFFFD
_STRETCHES = 16
"""How many times the characters are gone through, each time for the tiles that begin with a share of them."""
_LEAST_STRETCH = 1 << 18
_STOP_SHARE = 8
_STOP_LEAST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """The rank of every character by frequency; the rarest beyond 65,533 share the last rank."""

    ranks: UInt16Array

    @classmethod
    def of(cls, counts: Int64Array) -> Alphabet:
        """The alphabet of texts in which each code point stands so many times; one count at least."""
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


def tile_tables(ranks: UInt16Array, bounds: Int64Array) -> Iterator[TileTable]:
    """The table of all texts in parts, by ascending codes; text i has the ranks bounds[i]:bounds[i + 1]."""
    count = len(bounds) - 1
    stop = max(_STOP_LEAST, count // _STOP_SHARE)
    sums = np.cumsum(_rank_counts(ranks, bounds))
    most = max(_LEAST_STRETCH, len(ranks) // _STRETCHES)
    first, done = 0, 0
    while done < len(ranks):
        last = max(first + 1, int(np.searchsorted(sums, done + most, side="right")))
        size = int(sums[last - 1]) - done
        if size:
            yield _table(_distinct(_keys(ranks, bounds, range(first, last), size)), stop)
        first, done = last, done + size


def _rank_counts(ranks: UInt16Array, bounds: Int64Array) -> Int64Array:
    """How many times each rank occurs."""
    counts = np.zeros(NO_CHARACTER, dtype=np.int64)
    for first, last in ranges(bounds):
        counts += np.bincount(ranks[bounds[first] : bounds[last]], minlength=NO_CHARACTER)
    return counts


def _keys(ranks: UInt16Array, bounds: Int64Array, heads: range, size: int) -> UInt64Array:
    """Tile-and-text keys, sorted, of all tiles that begin with these ranks, which occur `size` times."""
    keys = np.empty(2 * size, dtype=np.uint64)
    used = 0
    for first, last in ranges(bounds):
        inside = bounds[first : last + 1]
        part = ranks[inside[0] : inside[-1]]
        places = np.flatnonzero(part - np.uint16(heads.start) < np.uint16(len(heads)))  # below 0 wraps round
        owners = np.repeat(np.arange(first, last, dtype=np.uint32), np.diff(inside))[places]
        plain = (part[places].astype(np.uint64) << np.uint64(48)) | owners
        following = _followers(part, inside - inside[0])[places].astype(np.uint64) << np.uint64(32)
        paired = following != np.uint64(NO_CHARACTER << 32)
        for found in (plain | np.uint64(NO_CHARACTER << 32), (plain | following)[paired]):
            keys[used : used + len(found)] = found
            used += len(found)
    keys = keys[:used]
    keys.sort()
    return keys


def _followers(ranks: UInt16Array, bounds: Int64Array) -> UInt16Array:
    """For each character the one after it in its text, or none."""
    following = np.full(len(ranks), NO_CHARACTER, dtype=np.uint16)
    following[:-1] = ranks[1:]
    ends = bounds[1:] - 1
    following[ends[np.diff(bounds) > 0]] = NO_CHARACTER
    return following


def _distinct(keys: UInt64Array) -> UInt64Array:
    """Each of the sorted keys once."""
    fresh = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    return keys[fresh]


def _table(keys: UInt64Array, stop: int) -> TileTable:
    """The table of sorted keys, which are used up; lists longer than `stop` are left out."""
    texts = keys.astype(np.uint32).view(np.int32)
    keys >>= np.uint64(32)
    tiles = keys.astype(np.uint32)
    edges = np.flatnonzero(np.concatenate(([True], tiles[1:] != tiles[:-1])))
    lengths = np.diff(np.append(edges, len(keys)))
    kept = lengths <= stop
    starts = np.concatenate(([0], np.cumsum(np.where(kept, lengths, 0))))
    return TileTable(codes=tiles[edges], starts=starts, texts=texts[np.repeat(kept, lengths)])
