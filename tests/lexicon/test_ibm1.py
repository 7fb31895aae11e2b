"""Fast IBM model 1 against a slow twin that follows the definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.lexicon import learn

SENTENCE = st.lists(st.integers(0, 5), min_size=1, max_size=5)


def slow(pairs, rounds, null):
    seen = {(z, e) for source, target in pairs for z in set(source) for e in set(target)}
    partners = {z: [e for y, e in seen if y == z] for z, _ in seen}
    table = {(z, e): 1 / len(partners[z]) for z, e in seen}
    kinds = [(z, e) for source, target in pairs for z in set(source) for e in set(target)]
    background = {e: sum(f == e for _, f in kinds) / len(kinds) for _, e in kinds}
    for _ in range(rounds):
        expected = dict.fromkeys(seen, 0.0)
        for source, target in pairs:
            for e in set(target):
                total = sum(table[z, e] for z in set(source)) + null * background[e]
                for z in set(source):
                    expected[z, e] += table[z, e] / total
        sums = {z: sum(expected[z, e] for e in partners[z]) for z in partners}
        table = {(z, e): expected[z, e] / sums[z] for z, e in seen}
    return table


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(SENTENCE, SENTENCE), min_size=1, max_size=6), st.integers(1, 4))
def test_learning_follows_the_definition(pairs, rounds):
    table = learn([(np.array(a), np.array(b)) for a, b in pairs], rounds=rounds)
    found = zip(table.sources.tolist(), table.targets.tolist(), table.probabilities.tolist(), strict=True)
    wanted = slow(pairs, rounds, 1.0)
    assert {(z, e): pytest.approx(p) for z, e, p in found} == wanted


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(SENTENCE, SENTENCE), min_size=1, max_size=6))
def test_support_counts_the_sentences_of_a_source(pairs):
    table = learn([(np.array(a), np.array(b)) for a, b in pairs])
    for source, support in zip(table.sources.tolist(), table.support.tolist(), strict=True):
        assert support == sum(source in a for a, _ in pairs)


def test_words_that_keep_company_find_each_other():
    pairs = [([1, 2], [11, 12]), ([1, 3], [11, 13]), ([2, 3], [12, 13])]
    table = learn([(np.array(a), np.array(b)) for a, b in pairs], rounds=12)
    best: dict[int, tuple[float, int]] = {}
    for z, e, p in zip(
        table.sources.tolist(), table.targets.tolist(), table.probabilities.tolist(), strict=True
    ):
        best[z] = max(best.get(z, (0.0, 0)), (p, e))
    assert {z: e for z, (_, e) in best.items()} == {1: 11, 2: 12, 3: 13}


def test_nothing_is_learnt_from_nothing():
    assert len(learn([]).sources) == 0
