"""Links from stretches that belong together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tm.project.links import beads_from_pairs, spans_in


def stretches(cuts):
    return list(zip([0, *cuts], [*cuts, 40], strict=True))


cut_points = st.sets(st.integers(1, 39), max_size=8).map(sorted)


def test_equal_segmentations_give_one_bead_a_pair():
    pairs = [((0, 5), (0, 9)), ((5, 9), (10, 20))]
    beads = beads_from_pairs(pairs, [(0, 5), (5, 9)], [(0, 9), (10, 20)])
    assert [(b.source, b.target) for b in beads] == [((0,), (0,)), ((1,), (1,))]


def test_a_pair_that_was_split_in_english_becomes_one_to_two():
    beads = beads_from_pairs([((0, 5), (0, 20))], [(0, 5)], [(0, 9), (10, 20)])
    assert [(b.source, b.target) for b in beads] == [((0,), (0, 1))]


def test_segments_without_a_pair_stand_alone_in_their_place():
    beads = beads_from_pairs([((0, 5), (10, 20))], [(0, 5), (5, 9)], [(0, 9), (10, 20), (21, 30)])
    assert [(b.source, b.target) for b in beads] == [((), (0,)), ((0,), (1,)), ((), (2,)), ((1,), ())]


def test_parts_are_found_one_after_another():
    assert spans_in("甲。乙。甲。", ["甲。", "甲。"]) == [(0, 2), (4, 6)]


@settings(deadline=None)
@given(cut_points, cut_points, cut_points, cut_points)
def test_every_segment_is_in_exactly_one_bead(pair_source, pair_target, source, target):
    pairs = list(zip(stretches(pair_source), stretches(pair_target), strict=False))
    beads = beads_from_pairs(pairs, stretches(source), stretches(target))
    assert sorted(n for bead in beads for n in bead.source) == list(range(len(source) + 1))
    assert sorted(n for bead in beads for n in bead.target) == list(range(len(target) + 1))
