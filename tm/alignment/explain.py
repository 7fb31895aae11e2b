"""Why a bead was chosen and how much it is to be trusted."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tm.alignment.evidence import Side
from tm.alignment.gains import token_gains

__all__ = ["confidence", "reasons"]

Integers = npt.NDArray[np.int64]

# Logistic weights: constant, logit of the posterior, mean gain of a token. Fitted on noisy documents;
# tests/bench/bench_align.py says how well they tell wrong beads.
_TWO_SIDED = (-0.70, 0.475, 1.31)
_ONE_SIDED = (1.05, 0.775, 0.0)
_MOST_LOGIT = 6.0
_DENSEST = 1.5


def reasons(
    zh: Side, en: Side, bead: tuple[Sequence[int], Sequence[int]], names: Sequence[str]
) -> tuple[tuple[str, float], ...]:
    """The mean gain of each cue over the tokens of both sides, natural log units, strongest first.

    Negative: the cue's tokens are left unexplained. One-sided beads have no reasons.
    """
    source, target = np.array(bead[0], np.int64), np.array(bead[1], np.int64)
    if not len(source) or not len(target):
        return ()
    totals = np.zeros(len(names))
    for first, second, here, there in ((zh, en, source, target), (en, zh, target, source)):
        found = token_gains(first, second, here, there)
        kinds = second.kinds[np.concatenate([second.bag.of(place, place + 1) for place in there])]
        totals += np.bincount(kinds, found, minlength=len(names))
    size = sum(len(side.bag.of(p, p + 1)) for side, places in ((zh, source), (en, target)) for p in places)
    shares = [
        (name, round(float(total) / max(1, size), 3)) for name, total in zip(names, totals, strict=True)
    ]
    return tuple(sorted((pair for pair in shares if pair[1]), key=lambda pair: (-pair[1], pair[0])))


def confidence(posterior: float, found: Sequence[tuple[str, float]], *, two_sided: bool) -> float:
    """How likely a bead is right, 0-1: its posterior, held down where its words do not speak for it."""
    share = min(max(posterior, 1e-4), 1 - 1e-4)
    logit = min(_MOST_LOGIT, max(-_MOST_LOGIT, math.log(share / (1 - share))))
    density = min(_DENSEST, sum(value for _, value in found))
    constant, per_logit, per_density = _TWO_SIDED if two_sided else _ONE_SIDED
    value = 1 / (1 + math.exp(-(constant + per_logit * logit + per_density * density)))
    return round(value, 4)
