"""The arrays of an index, made from texts that are read twice and need not be in memory.

The first reading takes lengths, hashes and how often each character occurs, which settles the order of the
texts and the ranks of the characters; the second takes the ranks. From these come signatures and tiles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from tm.matching.arrays import AnyArray, Blocks
from tm.matching.order import ordered
from tm.matching.portions import Texts, portions
from tm.matching.signatures import signatures
from tm.matching.tiles import (
    Alphabet,
    Int32Array,
    Int64Array,
    TileTable,
    UInt16Array,
    UInt32Array,
    tile_tables,
)

__all__ = ["code_points", "index_blocks"]


def index_blocks(texts: Texts) -> Mapping[str, Blocks]:
    """The arrays of an index by name, in stretches; they must be taken in the order given."""
    lengths, hashes, counts = _surveyed(texts)
    order, owners = ordered(texts, lengths, hashes)
    del hashes
    alphabet = Alphabet.of(counts)
    bounds = np.zeros(len(order.lengths) + 1, dtype=np.int64)
    np.cumsum(order.lengths, out=bounds[1:])
    ranks = _ranks(texts, alphabet, bounds[owners], int(bounds[-1]))
    tiles = _Tiles(tile_tables(ranks, bounds))
    return {
        "members": (order.members,),
        "member_starts": (order.starts,),
        "lengths": (order.lengths,),
        "firsts": (order.firsts,),
        "ranks": (alphabet.ranks,),
        "signatures": signatures(ranks, bounds),
        "tile_texts": tiles.texts(),
        "tile_codes": tiles.codes(),
        "tile_starts": tiles.starts(),
    }


def code_points(text: str) -> UInt32Array:
    """The code points of a text; half surrogate pairs are characters too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _surveyed(texts: Texts) -> tuple[Int32Array, Int64Array, Int64Array]:
    """The length and the hash of each text, and how often each code point occurs in all of them."""
    lengths = np.zeros(len(texts), dtype=np.int32)
    hashes = np.zeros(len(texts), dtype=np.int64)
    counts = np.zeros(1, dtype=np.int64)
    place = 0
    for portion in portions(texts):
        here = slice(place, place + len(portion))
        lengths[here] = np.fromiter(map(len, portion), np.int32, len(portion))
        hashes[here] = np.fromiter(map(hash, portion), np.int64, len(portion))
        counts = _sum(counts, np.bincount(code_points("".join(portion)), minlength=1))
        place = here.stop
    return lengths, hashes, counts


def _sum(one: Int64Array, other: Int64Array) -> Int64Array:
    """The sum of two lists of counts, the longer of which is changed."""
    shorter, longer = sorted((one, other), key=len)
    longer[: len(shorter)] += shorter
    return longer


def _ranks(texts: Texts, alphabet: Alphabet, starts: Int64Array, size: int) -> UInt16Array:
    """The ranks of the characters of distinct texts, each text from its start on."""
    ranks = np.empty(size, dtype=np.uint16)
    place = 0
    for portion in portions(texts):
        lengths = np.fromiter(map(len, portion), np.int64, len(portion))
        ends = np.cumsum(lengths)
        shifts = starts[place : place + len(portion)] - (ends - lengths)
        ranks[np.arange(ends[-1]) + np.repeat(shifts, lengths)] = alphabet.rank(code_points("".join(portion)))
        place += len(portion)
    return ranks


class _Tiles:
    """The arrays of a table that comes in parts: texts part by part, what is shorter when they are done."""

    def __init__(self, tables: Iterator[TileTable]) -> None:
        self._tables = tables
        self._codes = [np.zeros(0, dtype=np.uint32)]
        self._starts = [np.zeros(1, dtype=np.int64)]

    def texts(self) -> Iterator[AnyArray]:
        yield np.zeros(0, dtype=np.int32)
        size = 0
        for table in self._tables:
            self._codes.append(table.codes)
            self._starts.append(table.starts[1:] + size)
            size += len(table.texts)
            yield table.texts

    def codes(self) -> Iterator[AnyArray]:
        yield from self._codes

    def starts(self) -> Iterator[AnyArray]:
        yield from self._starts
