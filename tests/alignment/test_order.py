"""Beads are given in one order, and as few as possible are called crossing."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tm.alignment.order import in_order
from tm.model import Bead


def bead(source, target):
    return Bead(source=tuple(source), target=tuple(target))


def test_one_sided_english_beads_come_after_the_bead_before_them():
    beads = [bead([], [1]), bead([1], [2]), bead([0], [0]), bead([2], []), bead([], [3])]
    ordered = [(b.source, b.target) for b in in_order(beads)]
    assert ordered == [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((), (3,)), ((2,), ())]


def test_a_one_sided_english_bead_before_all_others_comes_first():
    assert [b.target for b in in_order([bead([0], [1]), bead([], [0])])] == [(0,), (1,)]


@settings(deadline=None, max_examples=80)
@given(st.permutations(list(range(6))))
def test_as_few_beads_as_possible_cross(order):
    beads = in_order([bead([place], [target]) for place, target in enumerate(order)])
    straight = [b.target[0] for b in beads if not b.crossing]
    assert straight == sorted(straight)
    longest = max(
        size for size in range(1, 7) for chosen in combinations(order, size) if list(chosen) == sorted(chosen)
    )
    assert len(straight) == longest
