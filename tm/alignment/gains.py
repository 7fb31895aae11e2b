"""How much better than chance a span of one side explains each segment of the other side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tm.alignment.evidence import Side

__all__ = ["Block", "gains", "token_gains"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

TRUST = 0.25
"""How much of a segment the links are expected to explain; the rest is left to chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of source segments against a stretch of target segments, both half open."""

    rows: tuple[int, int]
    columns: tuple[int, int]


def gains(source: Side, target: Side, block: Block, depth: int) -> Floats:
    """Log-likelihood ratios, shape (depth, rows, columns).

    Element [a - 1, i, j] is the gain of the tokens of target segment j when the a source segments from i on
    explain them; a span that would pass the last segment is cut short there.
    """
    (first, last), (left, right) = block.rows, block.columns
    end = min(last + depth - 1, len(source.bag))
    kinds, columns = _kinds_of(target, left, right)
    mass = _mass(source, (first, end), kinds, len(target.background))
    sizes = source.bag.sizes[first:end].astype(np.float32)
    weights = target.weights[kinds][columns]
    filled, starts = _filled(target, left, right)
    chance = target.background[kinds]
    found = np.zeros((depth, last - first, right - left), np.float32)
    if not len(starts):
        return found
    span_mass, span_size = np.zeros_like(mass), np.zeros_like(sizes)
    for length in range(depth):
        if length >= end - first:
            found[length] = found[length - 1]
            continue
        span_mass[: end - first - length] += mass[length:]
        span_size[: end - first - length] += sizes[length:]
        rows = slice(0, last - first)
        share = span_mass[rows] / np.maximum(span_size[rows], 1.0)[:, None]
        by_token = np.log((1 - TRUST) + TRUST * share / chance)[:, columns] * weights
        found[length][:, filled] = np.add.reduceat(by_token, starts, axis=1)
    return found


def token_gains(source: Side, target: Side, rows: Integers, columns: Integers) -> Floats:
    """The weighted gain of each token of the target segments when the source segments explain them."""
    ids = np.concatenate([source.bag.of(row, row + 1) for row in rows])
    tokens = np.concatenate([target.bag.of(column, column + 1) for column in columns])
    _, targets, values = source.links.expand(ids)
    mass = np.bincount(targets, values, minlength=len(target.background))[tokens]
    share = mass / max(1, len(ids)) / target.background[tokens]
    weighted: Floats = (target.weights[tokens] * np.log((1 - TRUST) + TRUST * share)).astype(np.float32)
    return weighted


def _kinds_of(side: Side, left: int, right: int) -> tuple[Integers, Integers]:
    kinds, columns = np.unique(side.bag.of(left, right), return_inverse=True)
    return kinds, columns


def _mass(source: Side, rows: tuple[int, int], kinds: Integers, total: int) -> Floats:
    """How strongly each source segment calls for each of these target tokens: sums of probabilities."""
    column_of = np.full(total, -1, np.int64)
    column_of[kinds] = np.arange(len(kinds))
    places, targets, values = source.links.expand(source.bag.of(*rows))
    columns = column_of[targets]
    known = columns >= 0
    keys = source.bag.owners(*rows)[places[known]] * len(kinds) + columns[known]
    shape = rows[1] - rows[0], len(kinds)
    return np.bincount(keys, values[known], minlength=shape[0] * shape[1]).reshape(shape).astype(np.float32)


def _filled(side: Side, left: int, right: int) -> tuple[Integers, Integers]:
    """The segments of a stretch that have tokens, and where the tokens of each begin."""
    filled = np.flatnonzero(side.bag.sizes[left:right])
    return filled, (side.bag.starts[left:right] - side.bag.starts[left])[filled]
