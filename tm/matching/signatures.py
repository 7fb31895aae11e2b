"""Which characters a text holds, in 256 bits: a cheap lower bound of the edit distance.

A character that only one of two texts has costs an edit that the other text's own characters cannot pay.
Ranks of characters by frequency share bits evenly; the last bit is never set, so a count fits in a byte.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tm.matching.portions import ranges

__all__ = ["WORDS", "distance_bound", "one_signature", "signatures"]

Int32Array = NDArray[np.int32]
UInt16Array = NDArray[np.uint16]
UInt64Array = NDArray[np.uint64]

WORDS = 4
_BITS = 64 * WORDS - 1
_PORTION = 1 << 17


def one_signature(ranks: UInt16Array) -> UInt64Array:
    """The signature of one text, given the ranks of its characters."""
    bits = np.zeros(64 * WORDS, dtype=np.uint8)
    bits[ranks % _BITS] = 1
    return np.packbits(bits, bitorder="little").view(np.uint64)


def signatures(ranks: UInt16Array, bounds: NDArray[np.int64]) -> Iterator[UInt64Array]:
    """The signatures of all texts in stretches of shape (texts, WORDS).

    Text i has the ranks bounds[i]:bounds[i + 1].
    """
    yield np.zeros((0, WORDS), dtype=np.uint64)
    for first, last in ranges(bounds, _PORTION):
        part = ranks[bounds[first] : bounds[last]] % _BITS
        owners = np.repeat(np.arange(last - first), np.diff(bounds[first : last + 1]))
        bits = np.zeros((last - first, 64 * WORDS), dtype=np.uint8)
        bits[owners, part] = 1
        yield np.packbits(bits, axis=1, bitorder="little").view(np.uint64)


def distance_bound(query: UInt64Array, others: UInt64Array, length: int, lengths: Int32Array) -> Int32Array:
    """A lower bound of the distance of the query to each text.

    A character that the other text lacks is deleted or replaced, one that only the other text has is
    inserted or replaced; the difference in length comes on top in the direction that does not count these.
    """
    longer = lengths - np.int32(length)
    lost = _bit_counts(query & ~others) + np.maximum(longer, 0)
    gained = _bit_counts(others & ~query) + np.maximum(-longer, 0)
    bound: Int32Array = np.maximum(lost, gained)
    return bound


def _bit_counts(words: UInt64Array) -> Int32Array:
    """The number of bits set in each signature: the four byte counts added in one multiplication."""
    counts = np.bitwise_count(words).view(np.uint32)[:, 0]
    return ((counts * np.uint32(0x01010101)) >> np.uint32(24)).astype(np.int32)
