"""Gains and bead scores against slow twins that follow the definition."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.alignment.band import Band
from tm.alignment.evidence import Bag, Links, Side
from tm.alignment.gains import TRUST, Block, gains, token_gains
from tm.alignment.prices import Prices
from tm.alignment.scoring import Structure, bead_scores

KINDS = 5


def side(chance, sizes):
    ids = chance.integers(0, KINDS, sum(sizes))
    counts = chance.integers(0, 3, KINDS)
    return Side(
        bag=Bag(ids=ids, starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)),
        links=Links(
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            columns=np.concatenate([chance.permutation(KINDS)[:n] for n in counts]).astype(np.int64),
            values=chance.random(int(counts.sum())).astype(np.float32),
        ),
        background=(chance.random(KINDS) + 0.1).astype(np.float32),
        weights=(chance.random(KINDS) + 0.5).astype(np.float32),
        kinds=np.zeros(KINDS, np.int64),
    )


def probability(source, target, rows, token):
    ids = [z for row in rows for z in source.bag.of(row, row + 1)]
    mass = 0.0
    for z in ids:
        for place in range(source.links.starts[z], source.links.starts[z + 1]):
            if source.links.columns[place] == token:
                mass += float(source.links.values[place])
    return mass / max(1, len(ids)) / float(target.background[token])


def slow_gain(source, target, rows, column):
    return math.fsum(
        float(target.weights[e]) * math.log(1 - TRUST + TRUST * probability(source, target, rows, e))
        for e in target.bag.of(column, column + 1)
    )


SIZES = st.lists(st.integers(0, 4), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
@given(SIZES, SIZES, st.integers(0, 10_000))
def test_gains_follow_the_definition(zh_sizes, en_sizes, seed):
    chance = np.random.default_rng(seed)
    zh, en = side(chance, zh_sizes), side(chance, en_sizes)
    block = Block(rows=(0, len(zh_sizes)), columns=(0, len(en_sizes)))
    found = gains(zh, en, block, 3)
    for length in (1, 2, 3):
        for row in range(len(zh_sizes)):
            span = range(row, min(row + length, len(zh_sizes)))
            for column in range(len(en_sizes)):
                wanted = slow_gain(zh, en, span, column)
                assert found[length - 1, row, column] == pytest.approx(wanted, abs=1e-4)
                tokens = token_gains(zh, en, np.array(list(span)), np.array([column]))
                assert tokens.sum() == pytest.approx(wanted, abs=1e-4)


@settings(deadline=None, max_examples=40)
@given(SIZES, SIZES, st.integers(0, 10_000))
def test_bead_scores_add_up_prior_words_length_and_paragraphs(zh_sizes, en_sizes, seed):
    chance = np.random.default_rng(seed)
    zh, en = side(chance, zh_sizes), side(chance, en_sizes)
    rows, columns = len(zh_sizes), len(en_sizes)
    structure = Structure(
        zh_lengths=chance.integers(1, 40, rows).astype(np.float32),
        en_lengths=chance.integers(1, 120, columns).astype(np.float32),
        zh_para=np.cumsum(chance.integers(0, 2, rows)),
        en_para=np.cumsum(chance.integers(0, 2, columns)),
    )
    prices = Prices()
    free = Prices(length=0.0)
    low = np.minimum(np.arange(rows + 1) // 2, max(0, columns - 2)).astype(np.int64)
    band = Band(low=low, width=columns + 1 - int(low[-1]))
    scores = bead_scores(zh, en, structure, band, free)
    assert np.all(scores.beads[1, 1] >= bead_scores(zh, en, structure, band, prices).beads[1, 1] - 1e-4)
    for (a, b), table in scores.beads.items():
        for row in range(rows - a + 1):
            for place in range(band.width):
                column = int(low[row]) + place
                if column + b > columns or any(
                    column >= int(low[r]) + band.width for r in range(row, row + a)
                ):
                    continue
                if any(column < int(low[r]) for r in range(row, row + a)) or place + b > band.width:
                    continue
                wanted = slow_bead((zh, en), structure, free, (row, column, a, b))
                swapped = float(scores.swapped[row, place]) if (a, b) == (2, 2) else -math.inf
                assert table[row, place] == pytest.approx(max(wanted, swapped), abs=1e-3)


def slow_bead(sides, structure, prices, bead):
    (zh, en), (row, column, a, b) = sides, bead
    rows, columns = range(row, row + a), range(column, column + b)
    words = math.fsum(slow_gain(zh, en, rows, j) for j in columns)
    words += math.fsum(slow_gain(en, zh, columns, i) for i in rows)
    zh_inside = sum(structure.zh_para[i] != structure.zh_para[i - 1] for i in rows[1:])
    en_inside = sum(structure.en_para[j] != structure.en_para[j - 1] for j in columns[1:])
    zh_begins = row == 0 or structure.zh_para[row] != structure.zh_para[row - 1]
    en_begins = column == 0 or structure.en_para[column] != structure.en_para[column - 1]
    cost = prices.crossing * (zh_inside + en_inside) + prices.stagger * (zh_begins != en_begins)
    return prices.shapes[a, b] + prices.lexical * words - cost
