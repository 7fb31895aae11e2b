"""Distinct texts in order of length, found by their hashes, so that the texts need not be in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tm.matching.portions import Texts

__all__ = ["Order", "ordered"]

Int32Array = NDArray[np.int32]
Int64Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Distinct texts in order of length: number i stands for `members[starts[i]:starts[i + 1]]`."""

    members: Int32Array
    starts: Int32Array
    lengths: Int32Array
    firsts: Int32Array
    """For each length the number of the first text that is at least so long."""


def ordered(texts: Texts, lengths: Int32Array, hashes: Int64Array) -> tuple[Order, Int32Array]:
    """The distinct texts by length, those of equal length in order of appearance; and each text's number.

    Equal texts have equal hashes; texts that only have equal hashes are told apart.
    """
    by_hash, fresh = _grouped(hashes)
    if _collide(texts, by_hash, fresh):
        by_hash, fresh = _grouped(_marks(texts))
    firsts = by_hash[fresh]
    by_length = np.lexsort((firsts, lengths[firsts]))
    numbers = np.empty(len(firsts), dtype=np.int32)
    numbers[by_length] = np.arange(len(firsts), dtype=np.int32)
    owners = np.empty(len(lengths), dtype=np.int32)
    owners[by_hash] = numbers[np.cumsum(fresh) - 1]
    return _order(owners, lengths[firsts[by_length]]), owners


def _order(owners: Int32Array, lengths: Int32Array) -> Order:
    longest = int(lengths[-1]) if len(lengths) else 0
    counts = np.bincount(owners, minlength=len(lengths))
    return Order(
        members=np.argsort(owners, kind="stable").astype(np.int32),
        starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        lengths=lengths,
        firsts=np.searchsorted(lengths, np.arange(longest + 2)).astype(np.int32),
    )


def _grouped(hashes: Int64Array) -> tuple[Int64Array, NDArray[np.bool_]]:
    """The places by hash, equal hashes in order of appearance; and which are the first of their hash."""
    by_hash = np.argsort(hashes, kind="stable")
    sorted_hashes = hashes[by_hash]
    fresh = np.ones(len(hashes), dtype=bool)
    np.not_equal(sorted_hashes[1:], sorted_hashes[:-1], out=fresh[1:])
    return by_hash, fresh


def _collide(texts: Texts, by_hash: Int64Array, fresh: NDArray[np.bool_]) -> bool:
    """True when texts of equal hash differ."""
    again = np.flatnonzero(~fresh)
    heads = by_hash[np.maximum.accumulate(np.where(fresh, np.arange(len(fresh)), 0))[again]]
    known, text = -1, ""
    for head, place in zip(heads, by_hash[again], strict=True):
        if head != known:
            known, text = head, texts[int(head)]
        if texts[int(place)] != text:
            return True
    return False


def _marks(texts: Texts) -> Int64Array:
    """A number for each text, the same for equal texts only; all distinct texts are in memory meanwhile."""
    known: dict[str, int] = {}
    return np.fromiter((known.setdefault(text, len(known)) for text in texts), np.int64, len(texts))
