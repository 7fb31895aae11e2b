"""The band of a large document runs from corner to corner and holds the true path, holes or not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.alignment.band import find_band
from tm.alignment.evidence import Bag, Links, Side


def sides(words, rows, columns):
    """Documents of one token a segment; the places in `words` share their token, no other place does."""
    kinds = rows + columns + 1
    links = Links(
        starts=np.arange(kinds + 1),
        columns=np.arange(kinds),
        values=np.full(kinds, 0.9, np.float32),
    )

    def side(size, shared):
        own = iter(range(len(words), kinds))
        ids = [shared[place] if place in shared else next(own) for place in range(size)]
        return Side(
            bag=Bag(ids=np.array(ids, np.int64), starts=np.arange(size + 1)),
            links=links,
            background=np.full(kinds, 0.001, np.float32),
            weights=np.ones(kinds, np.float32),
            kinds=np.zeros(kinds, np.int64),
        )

    zh = {row: number for number, (row, _) in enumerate(words)}
    en = {column: number for number, (_, column) in enumerate(words)}
    return side(rows, zh), side(columns, en)


def holds(band, row, column):
    return band.low[row] <= column < band.low[row] + band.width


def checked(band, rows, columns):
    assert len(band.low) == rows + 1
    assert band.low[0] == 0
    assert np.all(np.diff(band.low) >= 0)
    assert np.all(np.diff(band.low) < band.width)
    assert holds(band, rows, columns)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 30), st.integers(0, 30))
def test_a_small_document_is_searched_whole(rows, columns):
    band = find_band(*sides([], rows, columns))
    assert band.width == columns + 1
    assert not band.low.any()


@settings(deadline=None, max_examples=15)
@given(st.integers(400, 1500), st.integers(0, 700), st.integers(0, 1))
def test_a_large_document_with_a_hole_keeps_its_path_in_the_band(shared, hole, side):
    middle = shared // 2
    words = [
        (n + hole * (side == 0) * (n >= middle), n + hole * (side == 1) * (n >= middle))
        for n in range(shared)
        if n % 3
    ]
    rows, columns = shared + hole * (side == 0), shared + hole * (side == 1)
    band = find_band(*sides(words, rows, columns))
    checked(band, rows, columns)
    assert all(holds(band, row, column) for row, column in words)
    assert band.width < 2 * hole + 400 or band.width == columns + 1


@pytest.mark.parametrize(
    ("rows", "columns"), [(0, 400_000), (900, 900), (30, 40_000), (40_000, 30), (3000, 700)]
)
def test_documents_without_a_common_word_still_get_a_band(rows, columns):
    band = find_band(*sides([], rows, columns))
    checked(band, rows, columns)
