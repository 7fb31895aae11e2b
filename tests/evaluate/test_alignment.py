"""Alignment scores against their definitions, and noise that keeps the links."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.alignment import Alignment
from tm.evaluate.alignment import score_alignment, without_crossing
from tm.evaluate.noise import HEAVY, MODERATE, noise
from tm.model import Bead

GOLD = sorted((Path(__file__).parents[2] / "tests/eval/gold").glob("*.json"))


def bead(source, target):
    return Bead(source=tuple(source), target=tuple(target))


SHAPES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=6)


def partition(shapes):
    """A monotone alignment of four Chinese and four English segments; what no shape takes stands alone."""
    beads, row, column = [], 0, 0
    for rows, columns in shapes:
        zh, en = range(row, min(4, row + rows)), range(column, min(4, column + columns))
        if zh or en:
            beads.append(bead(zh, en))
        row, column = zh.stop, en.stop
    return [*beads, *(bead([n], []) for n in range(row, 4)), *(bead([], [n]) for n in range(column, 4))]


def values(gold, test):
    return {score.name: score.value for score in score_alignment(gold, test)}


def harmonic(first, second):
    return 2 * first * second / (first + second) if first + second else 0.0


def ratio(part, whole):
    return part / whole if whole else 0.0


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(SHAPES.map(partition), SHAPES.map(partition)), min_size=1, max_size=3))
def test_scores_follow_their_definitions(documents):
    gold, test = [g for g, _ in documents], [t for _, t in documents]
    found = values(gold, test)
    wanted = [(n, b.source, b.target) for n, beads in enumerate(gold) for b in beads]
    given_ = [(n, b.source, b.target) for n, beads in enumerate(test) for b in beads]

    def touches(one, many):
        return any(
            one[0] == other[0]
            and (one == other or (set(one[1]) & set(other[1]) and set(one[2]) & set(other[2])))
            for other in many
        )

    def touches_through_sources(one, many):
        """The convention links a source segment to all targets of its beads."""
        linked = {
            j for n, source, target in many if n == one[0] and set(source) & set(one[1]) for j in target
        }
        return one in many or bool(linked & set(one[2]))

    two = [b for b in wanted if b[1] and b[2]]
    two_found = [b for b in given_ if b[1] and b[2]]
    assert found["strict precision"] == pytest.approx(ratio(sum(b in wanted for b in given_), len(given_)))
    assert found["strict recall"] == pytest.approx(ratio(sum(b in two_found for b in two), len(two)))
    lax_p = ratio(sum(touches_through_sources(b, wanted) for b in given_), len(given_))
    lax_r = ratio(sum(touches(b, two_found) for b in two), len(two))
    assert found["lax precision"] == pytest.approx(lax_p)
    assert found["lax recall"] == pytest.approx(lax_r)
    assert found["lax F1"] == pytest.approx(harmonic(lax_p, lax_r))
    pairs = {(n, i, j) for n, source, target in wanted for i in source for j in target}
    pairs_found = {(n, i, j) for n, source, target in given_ for i in source for j in target}
    assert found["pair precision"] == pytest.approx(ratio(len(pairs & pairs_found), len(pairs_found)))
    assert found["pair recall"] == pytest.approx(ratio(len(pairs & pairs_found), len(pairs)))
    assert found["null recall"] == pytest.approx(null_recall(wanted, given_))


def null_recall(wanted, found):
    def alone(beads):
        left = {(n, "zh", i) for n, source, target in beads if not target for i in source}
        return left | {(n, "en", j) for n, source, target in beads if not source for j in target}

    return ratio(len(alone(wanted) & alone(found)), len(alone(wanted)))


@settings(deadline=None, max_examples=50)
@given(SHAPES.map(partition))
def test_the_gold_itself_scores_one(beads):
    found = values([beads], [beads])
    assert found["strict precision"] == 1
    assert all(value in {0.0, 1.0} for value in found.values())


def test_scores_carry_a_signature_and_what_they_are_shares_of():
    gold = [[bead([0], [0]), bead([1], [1, 2])]]
    scores = score_alignment(gold, [[bead([0], [0]), bead([1], [1]), bead([], [2])]])
    by_name = {score.name: score for score in scores}
    assert by_name["recall 1-2"].value == 0
    assert by_name["recall 1-1"].n == 1
    assert by_name["strict precision"].n == 3
    assert all("documents:1" in score.signature for score in scores)


def test_documents_must_be_paired():
    with pytest.raises(ValueError, match="1 gold documents, 0 tested"):
        score_alignment([[]], [])


def test_crossing_beads_and_what_touches_them_can_be_left_out():
    gold = [[bead([0], [0]), bead([1], [2]), bead([2], [1]), bead([3], [3])]]
    test = [[bead([0], [0]), bead([1, 2], [1, 2]), bead([3], [3])]]
    kept_gold, kept_test = without_crossing(gold, test)
    assert len(kept_gold[0]) == 3
    assert [b.source for b in kept_test[0]] == [(0,), (3,)]


# --- Noise --------------------------------------------------------------------------------------------


def read(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    return made(document)


def made(document):
    return Alignment(
        zh=tuple(document["zh"]),
        en=tuple(document["en"]),
        zh_para=tuple(document["zh_para"]) if "zh_para" in document else None,
        en_para=tuple(document["en_para"]) if "en_para" in document else None,
        beads=tuple(bead(source, target) for source, target in document["beads"]),
    )


@pytest.mark.parametrize("level", [MODERATE, HEAVY])
def test_noise_keeps_the_links_of_what_is_left(level):
    document = read(GOLD[0])
    texts = {document.zh[i] + document.en[j] for b in document.beads for i in b.source for j in b.target}
    for seed in range(20):
        worse = noise(document, seed, level)
        assert sorted(i for b in worse.beads for i in b.source) == list(range(len(worse.zh)))
        assert sorted(j for b in worse.beads for j in b.target) == list(range(len(worse.en)))
        for b in worse.beads:
            linked = {worse.zh[i] + worse.en[j] for i in b.source for j in b.target}
            assert linked <= texts or any("某省" in text or "00000000" in text for text in linked)
        assert len(worse.zh_para or ()) == len(worse.zh)


def test_the_same_seed_gives_the_same_noise_and_another_seed_another():
    document = read(GOLD[0])
    assert noise(document, 1) == noise(document, 1)
    assert noise(document, 1) != noise(document, 2)


def test_heavy_noise_leaves_more_alone_than_moderate_noise():
    documents = [read(path) for path in GOLD]

    def alone(level):
        beads = [b for n, d in enumerate(documents) for b in noise(d, n, level).beads]
        return sum(not (b.source and b.target) for b in beads)

    clean = sum(not (b.source and b.target) for d in documents for b in d.beads)
    assert clean < alone(MODERATE) < alone(HEAVY)
