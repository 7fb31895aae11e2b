"""IBM model 1: word translation probabilities learnt from sentence pairs (Brown et al. 1993)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Table", "learn"]

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Probabilities p(target | source) of the pairs that occurred, sorted by source, then target.

    `support` is the number of sentences the source occurred in.
    """

    sources: Integers
    targets: Integers
    probabilities: Floats
    support: Integers


def learn(pairs: Sequence[tuple[Integers, Integers]], *, rounds: int = 5, null: float = 1.0) -> Table:
    """Probabilities learnt from pairs of token id arrays by expectation and maximisation.

    Ids must be below 2**31. `null` is the weight of the empty source word in each sentence, which takes up
    what no word explains. Repeated tokens count once a sentence.
    """
    keys, sentences = _occurrences(pairs)
    if not len(keys):
        none = np.zeros(0, np.int64)
        return Table(sources=none, targets=none, probabilities=np.zeros(0), support=none)
    kinds, kind = np.unique(keys, return_inverse=True)
    sources, targets = kinds >> 32, kinds & 0xFFFFFFFF
    _, source = np.unique(sources, return_inverse=True)
    _, slot = np.unique((sentences << 32) | targets[kind], return_inverse=True)
    probability = np.ones(len(kinds)) / np.bincount(source)[source]
    background = _background(targets, kind)
    for _ in range(rounds):
        share = probability[kind]
        total = np.bincount(slot, share) + null * background[kind[_first(slot)]]
        expected = np.bincount(kind, share / total[slot], minlength=len(kinds))
        probability = expected / np.bincount(source, expected)[source]
    seen = np.unique((sources[kind] << 32) | sentences) >> 32
    support = np.bincount(np.searchsorted(np.unique(sources), seen))[source]
    return Table(sources=sources, targets=targets, probabilities=probability, support=support)


def _occurrences(pairs: Sequence[tuple[Integers, Integers]]) -> tuple[Integers, Integers]:
    keys, sentences = [], []
    for number, (source, target) in enumerate(pairs):
        grid = (np.unique(source).astype(np.int64)[:, None] << 32) | np.unique(target).astype(np.int64)[
            None, :
        ]
        keys.append(grid.ravel())
        sentences.append(np.full(grid.size, number, np.int64))
    if not keys:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(keys), np.concatenate(sentences)


def _background(targets: Integers, kind: Integers) -> Floats:
    """The share of each pair's target among all targets."""
    (
        _,
        place,
    ) = np.unique(targets, return_inverse=True)
    counts = np.bincount(place[kind]).astype(np.float64)
    shares: Floats = (counts / counts.sum())[place]
    return shares


def _first(slot: Integers) -> Integers:
    return np.unique(slot, return_index=True)[1]
