from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tm.errors import ConfigError
from tm.matching import index as index_module
from tm.matching.cutoff import cutoff
from tm.matching.index import Hit, MatchIndex

THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def exhaustive(texts: list[str], query: str, threshold: float) -> list[Hit]:
    """The slow and obvious twin."""
    hits = []
    for place, text in enumerate(texts):
        longer = max(len(text), len(query))
        alike = 1.0 - Levenshtein.distance(text, query) / longer if longer else 1.0
        if alike >= threshold:
            hits.append(Hit(place, alike))
    return sorted(hits, key=lambda hit: (-hit.similarity, hit.index))


@pytest.fixture(autouse=True)
def _every_stage_is_used(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Small memories would be compared without tiles; here only those marked `whole` may be."""
    if "whole" not in request.fixturenames:
        monkeypatch.setattr(index_module, "_SMALL", 0)
        monkeypatch.setattr(index_module, "_LISTS_PER_SIGNATURE", 1 << 40)


@pytest.fixture
def whole() -> None:
    """The sizes at which the stages change hands stay as they are."""


short_texts = st.text(alphabet="ab", max_size=14) | st.text(alphabet="abc一", max_size=20)


@settings(deadline=None, max_examples=300)
@given(st.lists(short_texts, max_size=60), st.lists(short_texts, min_size=1, max_size=8), st.data())
def test_the_hits_are_those_of_a_comparison_with_every_text(texts, queries, data):
    threshold = data.draw(st.sampled_from(THRESHOLDS) | st.floats(0.01, 1.0))
    index = MatchIndex(texts)
    for query in queries:
        assert index.search(query, threshold) == exhaustive(texts, query, threshold)


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=True), st.sampled_from(["ab", "abc", "abcdef", "的了在是我有"]))
def test_short_repetitive_texts_hide_no_hit(chance, alphabet):
    texts = ["".join(chance.choices(alphabet, k=chance.randint(0, 24))) for _place in range(300)]
    queries = [mutated(chance.choice(texts), alphabet, chance) for _place in range(10)]
    index = MatchIndex(texts)
    for query in queries:
        near = exhaustive(texts, query, min(THRESHOLDS))
        for threshold in THRESHOLDS:
            assert index.search(query, threshold) == [hit for hit in near if hit.similarity >= threshold]


@pytest.mark.data
@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_real_text_hides_no_hit(real_texts, threshold, chance):
    texts = chance.sample(real_texts, 12_000)
    queries = [mutated(chance.choice(texts), "国家应当0１a，的", chance) for _place in range(12)]
    queries += chance.sample(real_texts, 12)
    index = MatchIndex(texts)
    for query in queries:
        assert index.search(query, threshold) == exhaustive(texts, query, threshold)


@pytest.mark.data
def test_real_text_hides_no_hit_when_only_the_tiles_search(real_texts, chance):
    texts = chance.sample(real_texts, 3_000)
    index = MatchIndex(texts)
    for query in [mutated(chance.choice(texts), "国家应当0１a，的", chance) for _place in range(60)]:
        threshold = chance.choice(THRESHOLDS)
        assert index.search(query, threshold) == exhaustive(texts, query, threshold)


@pytest.mark.usefixtures("whole")
def test_english_hides_no_hit(chance):
    words = ["the", "of", "province", "economic", "development", "shall", "be", "promoted", "2018", "and"]
    texts = [" ".join(chance.choices(words, k=chance.randint(1, 25))) for _place in range(3_000)]
    index = MatchIndex(texts)
    for query in [mutated(chance.choice(texts), "abc e", chance) for _place in range(40)]:
        for threshold in (0.5, 0.7, 0.9):
            assert index.search(query, threshold) == exhaustive(texts, query, threshold)


def mutated(text: str, alphabet: str, chance: random.Random) -> str:
    """The text after a few edits, blocks among them."""
    characters = list(text)
    for _edit in range(chance.randint(0, 2 + len(text) // 5)):
        place = chance.randint(0, len(characters))
        kind = chance.random()
        if kind < 0.35:
            characters[place:place] = chance.choices(alphabet, k=chance.randint(1, 3))
        elif kind < 0.7:
            del characters[place : place + chance.randint(1, 3)]
        else:
            characters[place : place + 1] = chance.choice(alphabet)
    return "".join(characters)


@pytest.mark.parametrize("hundredths", range(50, 101, 5))
def test_a_pair_exactly_on_the_threshold_is_a_hit(hundredths):
    threshold = hundredths / 100
    cut = cutoff(threshold, 400)
    for longer in range(401):
        exact = (1 - Fraction(hundredths, 100)) * longer
        assert cut.largest(longer) == exact.numerator // exact.denominator


@given(st.floats(0.001, 1.0) | st.integers(1, 1000).map(lambda part: part / 1000))
@settings(deadline=None, max_examples=200)
def test_the_allowed_distance_is_the_largest_whose_similarity_reaches_the_threshold(threshold):
    cut = cutoff(threshold, 300)
    for longer in range(1, 301):
        largest = cut.largest(longer)
        assert largest == 0 or 1.0 - largest / longer >= threshold
        assert 1.0 - (largest + 1) / longer < threshold


@pytest.mark.parametrize(
    ("query", "text", "threshold"), [("a" * 20, "a" * 12, 0.6), ("甲乙丙丁戊", "甲乙丙丁", 0.8)]
)
def test_a_pair_on_the_cut_off_survives_verification(query, text, threshold):
    assert [hit.index for hit in MatchIndex([text]).search(query, threshold)] == [0]


def test_two_empty_texts_are_alike_and_nothing_else_is_like_an_empty_one():
    index = MatchIndex(["", "一", ""])
    assert index.search("", 0.01) == [Hit(0, 1.0), Hit(2, 1.0)]
    assert index.search("二", 0.01) == []


def test_an_empty_index_has_no_hits():
    assert MatchIndex([]).search("一", 0.5) == []
    assert MatchIndex([]).search("", 0.5) == []


def test_a_memory_of_equal_texts_gives_all_of_them():
    index = MatchIndex(["同一句话。"] * 10_000)
    assert index.search("同一句话。", 0.7) == [Hit(place, 1.0) for place in range(10_000)]


def test_ten_thousand_nearly_equal_texts_are_all_found():
    texts = [f"全省第{place}季度经济工作会议在成都召开" for place in range(10_000)]
    hits = MatchIndex(texts).search("全省第5000季度经济工作会议在成都召开", 0.7)
    assert len(hits) == 10_000
    assert hits[0] == Hit(5000, 1.0)


def test_a_very_long_text_is_found():
    long = "经济高质量发展" * 3_000
    index = MatchIndex([long, "经济", long[:15_000]])
    assert [hit.index for hit in index.search(long + "。", 0.7)] == [0, 2]


def test_characters_that_no_text_has_count_as_edits():
    texts = ["成都市人民政府", "🀄🀄🀄🀄", "\ud800断了的"]
    index = MatchIndex(texts)
    for query in ["成都市人民政腐", "🀄🀅🀄🀄", "\ud800断了的", "鿿鿿鿿鿿"]:
        assert index.search(query, 0.5) == exhaustive(texts, query, 0.5)


def test_more_kinds_of_characters_than_ranks_hide_no_hit():
    texts = [chr(0x3400 + place) + chr(0x20000 + place % 0xA6D0) + "好" for place in range(0x6000)]
    texts += [chr(0xE000 + place % 0x1900) + chr(0xF0000 + place) + "坏" for place in range(0xB000)]
    index = MatchIndex(texts)
    for place in (0, 5000, len(texts) - 1):
        assert index.search(texts[place], 0.6) == exhaustive(texts, texts[place], 0.6)


def test_the_limit_keeps_the_best():
    texts = ["甲乙丙丁戊己", "甲乙丙丁戊", "甲乙丙丁戊己庚"]
    index = MatchIndex(texts)
    assert index.search("甲乙丙丁戊己", 0.5, limit=2) == index.search("甲乙丙丁戊己", 0.5)[:2]


@given(st.lists(short_texts, max_size=12), st.lists(short_texts, max_size=12))
@settings(deadline=None, max_examples=50)
def test_many_texts_at_once_give_the_hits_of_each(texts, queries):
    index = MatchIndex(texts)
    assert index.search_many(queries, 0.6) == [index.search(query, 0.6) for query in queries]


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.01, 70.0])
def test_a_threshold_that_is_no_similarity_is_refused(threshold):
    with pytest.raises(ConfigError, match="threshold"):
        MatchIndex(["一"]).search("一", threshold)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text("abcdefgh", max_size=16), max_size=30), st.text("abcdefgh", min_size=1, max_size=8))
def test_no_text_that_holds_a_similar_stretch_is_missing(texts, wanted):
    found = MatchIndex(texts).holding(wanted, 0.7, limit=1000)
    allowed = int(0.3 * len(wanted) + 1e-9)
    near = {place for place, text in enumerate(texts) if nearest_stretch(wanted, text) <= allowed}
    assert near <= set(found)
    assert len(set(found)) == len(found)


def nearest_stretch(wanted: str, text: str) -> int:
    """The least edit distance to any stretch of the text."""
    places = range(len(text) + 1)
    return min(Levenshtein.distance(wanted, text[start:end]) for start in places for end in places[start:])


@settings(deadline=None, max_examples=40)
@given(st.lists(short_texts, max_size=40), st.lists(short_texts, min_size=1, max_size=5))
def test_a_saved_index_answers_as_the_one_that_was_built(tmp_path_factory, texts, queries):
    folder = tmp_path_factory.mktemp("index")
    built = MatchIndex(texts)
    built.save(folder)
    loaded = MatchIndex.load(folder, texts)
    for query in queries:
        assert loaded.search(query, 0.6) == built.search(query, 0.6)
