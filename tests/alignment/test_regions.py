"""Locked beads split a document; nothing is lost between them."""

from hypothesis import given
from hypothesis import strategies as st

from tm.alignment.regions import regions
from tm.model import Bead


@given(st.dictionaries(st.integers(0, 7), st.integers(0, 7), max_size=5), st.booleans())
def test_every_free_segment_is_in_exactly_one_region(links, with_null):
    locked = [Bead(source=(i,), target=(j,)) for i, j in {j: i for i, j in links.items()}.items()]
    locked += [Bead(source=(8,), target=())] if with_null else []
    found = list(regions(locked, 10, 9))
    taken_zh = {p for b in locked for p in b.source}
    taken_en = {p for b in locked for p in b.target}
    assert [p for region in found for p in region.zh] == [p for p in range(10) if p not in taken_zh]
    assert [p for region in found for p in region.en] == [p for p in range(9) if p not in taken_en]


def test_a_locked_bead_in_order_is_a_border():
    found = list(regions([Bead(source=(2,), target=(1, 2))], 5, 5))
    assert [(region.zh, region.en) for region in found] == [((0, 1), (0,)), ((3, 4), (3, 4))]


def test_locked_beads_that_cross_are_no_borders():
    locked = [Bead(source=(1,), target=(3,)), Bead(source=(3,), target=(1,))]
    assert [(r.zh, r.en) for r in regions(locked, 5, 5)] == [((0, 2, 4), (0, 2, 4))]
