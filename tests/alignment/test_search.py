"""The search finds the best way of all, and posteriors are what the definition says."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.alignment.band import Band
from tm.alignment.scoring import Scores
from tm.alignment.search import best_path

SHAPES = [(1, 1), (1, 2), (2, 1), (2, 2)]


def scores_of(rows, columns, seed):
    chance = np.random.default_rng(seed)
    band = Band(low=np.zeros(rows + 1, np.int64), width=columns + 1)
    beads = {}
    for a, b in SHAPES:
        table = chance.normal(0, 2, (rows, columns + 1)).astype(np.float32)
        table[max(0, rows - a + 1) :] = -1e9
        table[:, max(0, columns - b + 1) :] = -1e9
        beads[a, b] = table
    return Scores(
        band=band,
        beads=beads,
        swapped=np.full((rows, columns + 1), -1e9, np.float32),
        zh_null=chance.normal(-1, 1, rows).astype(np.float32),
        en_null=chance.normal(-1, 1, columns).astype(np.float32),
    )


def all_paths(scores, rows, columns, row=0, column=0):
    """Every way from a cell to the end, as (beads, score)."""
    if (row, column) == (rows, columns):
        yield (), 0.0
        return
    steps = [((a, b), float(table[row, column])) for (a, b), table in scores.beads.items() if row < rows]
    steps += [((1, 0), float(scores.zh_null[row]))] if row < rows else []
    steps += [((0, 1), float(scores.en_null[column]))] if column < columns else []
    for (a, b), score in steps:
        if row + a <= rows and column + b <= columns:
            for rest, total in all_paths(scores, rows, columns, row + a, column + b):
                yield ((row, column, a, b), *rest), score + total


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 10_000))
def test_the_path_is_the_best_of_all_paths(rows, columns, seed):
    scores = scores_of(rows, columns, seed)
    paths = list(all_paths(scores, rows, columns))
    found = best_path(scores)
    best = max(total for _, total in paths)
    assert sum(step.score for step in found) == pytest.approx(best, abs=1e-4)
    assert tuple((s.row, s.column, s.rows, s.columns) for s in found) in {beads for beads, _ in paths}


def passes(beads, bead):
    """True when a path has this bead; a lonely segment may stand anywhere on the other side."""
    row, column, rows, columns = bead
    if not columns:
        return any(b[0] == row and (b[2], b[3]) == (1, 0) for b in beads)
    if not rows:
        return any(b[1] == column and (b[2], b[3]) == (0, 1) for b in beads)
    return bead in beads


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000))
def test_a_posterior_is_the_share_of_the_paths_through_a_bead(rows, columns, seed):
    scores = scores_of(rows, columns, seed)
    paths = list(all_paths(scores, rows, columns))
    whole = math.fsum(math.exp(total) for _, total in paths)
    for step in best_path(scores):
        bead = (step.row, step.column, step.rows, step.columns)
        through = math.fsum(math.exp(total) for beads, total in paths if passes(beads, bead))
        assert step.posterior == pytest.approx(through / whole, abs=1e-3)


@settings(deadline=None, max_examples=30)
@given(st.integers(8, 30), st.integers(0, 1000))
def test_a_band_that_holds_the_best_path_changes_nothing(size, seed):
    scores = scores_of(size, size, seed)
    whole = best_path(scores)
    reach = max(abs(step.row - step.column) for step in whole) + 3
    low = np.maximum(0, np.minimum(np.arange(size + 1) - reach, size + 1 - (2 * reach + 1)))
    width = min(size + 1, 2 * reach + 1)
    banded = {}
    for shape, table in scores.beads.items():
        padded = np.pad(table, ((0, 0), (0, width)), constant_values=-1e9)
        banded[shape] = np.stack([padded[row, low[row] : low[row] + width] for row in range(size)])
    narrow = best_path(
        Scores(
            band=Band(low=low.astype(np.int64), width=width),
            beads=banded,
            swapped=np.full((size, width), -1e9, np.float32),
            zh_null=scores.zh_null,
            en_null=scores.en_null,
        )
    )
    assert sum(s.score for s in narrow) == pytest.approx(sum(s.score for s in whole), abs=1e-3)
