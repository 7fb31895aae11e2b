from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tm.errors import InputError
from tm.matching import index as index_module
from tm.matching import spelled as spelled_module
from tm.matching.index import Hit
from tm.matching.spelled import SpelledIndex, WordSpelling, spell_figures
from tm.text.counts import tokens

THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95)


def exhaustive(texts, query, threshold, units):
    """The slow and obvious twin: units as they are, no spelling."""
    wanted, hits = units(query), []
    for place, text in enumerate(texts):
        known = units(text)
        longer = max(len(known), len(wanted))
        alike = 1.0 - Levenshtein.distance(known, wanted) / longer if longer else 1.0
        if alike >= threshold:
            hits.append(Hit(place, alike))
    return sorted(hits, key=lambda hit: (-hit.similarity, hit.index))


@pytest.fixture(autouse=True)
def _every_stage_is_used(monkeypatch):
    """Small memories would be compared without tiles."""
    monkeypatch.setattr(index_module, "_SMALL", 0)
    monkeypatch.setattr(index_module, "_LISTS_PER_SIGNATURE", 1 << 40)


words = st.lists(st.sampled_from(["the", "province", "economy", "grew", "8%", "经济", "增长"]), max_size=14)
sentences = words.map(" ".join)
figured = st.text("增长82.%百亿", max_size=14)


@settings(deadline=None, max_examples=150)
@given(st.lists(sentences, max_size=40), st.lists(sentences, min_size=1, max_size=6), st.data())
def test_the_hits_by_words_are_those_of_a_comparison_with_every_text(texts, queries, data):
    threshold = data.draw(st.sampled_from(THRESHOLDS))
    index = SpelledIndex(texts)
    for query in [*queries, *(query + " zebra zebra unseen" for query in queries)]:
        assert index.search(query, threshold) == exhaustive(texts, query, threshold, tokens)
    assert index.search_many(queries, threshold) == [index.search(query, threshold) for query in queries]


@settings(deadline=None, max_examples=150)
@given(st.lists(figured, max_size=40), figured, st.data())
def test_the_hits_with_numbers_folded_are_those_of_a_comparison_with_every_text(texts, query, data):
    threshold = data.draw(st.sampled_from(THRESHOLDS))
    index = SpelledIndex(texts, spelling=spell_figures)
    assert index.search(query, threshold) == exhaustive(texts, query, threshold, spell_figures)


@pytest.mark.data
def test_real_text_hides_no_hit_by_words_or_with_numbers_folded(real_texts, chance):
    texts = chance.sample(real_texts, 4_000)
    queries = [text.replace("应当", "必须")[chance.randint(0, 3) :] for text in chance.sample(texts, 12)]
    for index, units in (
        (SpelledIndex(texts), tokens),
        (SpelledIndex(texts, spelling=spell_figures), spell_figures),
    ):
        for query in queries:
            threshold = chance.choice(THRESHOLDS)
            assert index.search(query, threshold) == exhaustive(texts, query, threshold, units)


def test_a_word_that_differs_is_one_edit_however_long_it_is():
    index = SpelledIndex(["the economy grew", "the industrialisation grew"])
    assert index.search("the economy fell", 0.5) == [Hit(0, 1 - 1 / 3)]
    assert [hit.index for hit in index.search("the x grew", 0.5)] == [0, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("增长8.2%", "增长10.35%"),
        ("增长百分之八点五", "增长百分之七"),
        ("第十一届第3次会议", "第十二届第15次会议"),
        ("投资1.6万亿元", "投资三千二百亿元"),
        ("1,200人", "35人"),
    ],
)
def test_texts_that_differ_in_numbers_only_are_equal_with_numbers_folded(one, other):
    assert spell_figures(one) == spell_figures(other)
    assert SpelledIndex([one], spelling=spell_figures).search(other, 1.0) == [Hit(0, 1.0)]


def test_texts_that_differ_in_more_than_numbers_stay_apart():
    assert spell_figures("增长8.2%") != spell_figures("下降8.2%")


def test_the_words_of_a_query_that_no_text_has_are_told_apart():
    spelling = WordSpelling()
    assert len(spelling.learn("the economy")) == 2
    first, second, third = tuple(spelling.spell("unseen words unseen"))
    assert first == third != second
    assert not {first, second} & set(spelling.spell("the economy"))


def test_more_words_than_there_are_characters_are_refused(monkeypatch):
    monkeypatch.setattr(spelled_module, "_MOST", 1)
    with pytest.raises(InputError, match="words"):
        SpelledIndex(["the economy grew by much"])


def test_no_texts_and_empty_texts_are_no_trouble():
    assert SpelledIndex([]).search("x", 0.5) == []
    assert SpelledIndex(["", " "]).search("", 0.5) == [Hit(0, 1.0), Hit(1, 1.0)]
