from __future__ import annotations

import tracemalloc
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tm.matching import tiles as tiles_module
from tm.matching.index import FILE_NAME, MatchIndex
from tm.matching.portions import portions, ranges
from tm.matching.texts import TextFile
from tm.matching.tiles import NO_CHARACTER, tile_tables

ranked_texts = st.lists(st.lists(st.integers(0, 5) | st.integers(0, 0xFFFD), max_size=12), max_size=12)
texts_of_all_kinds = st.lists(
    st.text("ab一", max_size=6) | st.text(st.characters(codec=None), max_size=6), max_size=30
)


def bounds_of(texts: list[list[int]]) -> np.ndarray:
    return np.cumsum([0, *map(len, texts)], dtype=np.int64)


@pytest.mark.parametrize("least", [1, 7, 1 << 18])
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=ranked_texts)
def test_each_tile_has_the_texts_that_hold_it_however_many_are_made_at_once(monkeypatch, least, texts):
    monkeypatch.setattr(tiles_module, "_LEAST_STRETCH", least)
    ranks = np.array([rank for text in texts for rank in text], dtype=np.uint16)
    found = [
        (code, table.texts[start:end].tolist())
        for table in tile_tables(ranks, bounds_of(texts))
        for code, start, end in zip(table.codes.tolist(), table.starts[:-1], table.starts[1:], strict=True)
    ]
    holders = defaultdict(set)
    for number, text in enumerate(texts):
        for rank, following in pairwise([*text, NO_CHARACTER]):
            holders[rank << 16 | NO_CHARACTER].add(number)
            holders[rank << 16 | following].add(number)
    assert found == [(code, sorted(numbers)) for code, numbers in sorted(holders.items())]


def test_a_tile_that_too_many_texts_hold_has_no_list():
    many = tiles_module._STOP_LEAST + 1
    texts = [[0, 1 + number] for number in range(many)]
    ranks = np.array(texts, dtype=np.uint16).reshape(-1)
    (table,) = tile_tables(ranks, bounds_of(texts))
    assert table.ranges(np.array([NO_CHARACTER, 1, 1 << 16 | NO_CHARACTER], dtype=np.uint32))[1] == [-1, 1, 1]


@given(st.lists(st.text(max_size=9), max_size=30), st.integers(1, 20))
def test_portions_hold_every_text_once_and_end_when_they_are_large_enough(texts, most):
    found = list(portions(iter(texts), most))
    assert [text for portion in found for text in portion] == texts
    sizes = [[len(text) + 1 for text in portion] for portion in found]
    assert all(sum(portion[:-1]) < most for portion in sizes)
    assert all(sum(portion) >= most for portion in sizes[:-1])


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 20))
def test_ranges_hold_every_text_once_and_as_many_characters_as_are_allowed(lengths, most):
    bounds = np.cumsum([0, *lengths], dtype=np.int64)
    found = list(ranges(bounds, most))
    assert [number for first, last in found for number in range(first, last)] == list(range(len(lengths)))
    assert all(bounds[last] - bounds[first] <= most or last == first + 1 for first, last in found)


@settings(deadline=None, max_examples=60)
@given(texts_of_all_kinds)
def test_texts_come_back_from_their_file_one_by_one_and_in_order(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("texts") / "texts"
    loaded = TextFile.load(TextFile.save(path, iter(texts)))
    assert list(loaded) == texts
    assert [loaded[place] for place in range(len(loaded))] == texts


@settings(deadline=None, max_examples=60)
@given(texts_of_all_kinds)
def test_an_index_written_while_it_is_made_is_the_one_that_is_saved(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("index")
    MatchIndex.build(folder / "built", TextFile.load(TextFile.save(folder / "texts", texts)))
    MatchIndex(texts).save(folder / "saved")
    assert (folder / "built" / FILE_NAME).read_bytes() == (folder / "saved" / FILE_NAME).read_bytes()


def test_building_takes_less_than_three_times_the_memory_that_its_files_take_on_disk(tmp_path, chance):
    characters = [chr(0x4E00 + int(chance.paretovariate(0.6)) % 4000) for _place in range(100_000)]
    texts = ("".join(chance.sample(characters, chance.randint(5, 80))) for _text in range(24_000))
    tracemalloc.start()
    try:
        TextFile.save(tmp_path / "texts", texts)
        MatchIndex.build(tmp_path, TextFile.load(tmp_path / "texts"))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * sum(path.stat().st_size for path in tmp_path.iterdir())
