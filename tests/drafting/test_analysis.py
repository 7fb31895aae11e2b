from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.drafting import LeverageOptions, analyse, merged
from tm.drafting.analysis import BANDS, analysed, analysed_together
from tm.errors import ConfigError
from tm.matching.lookup import Lookup
from tm.text.counts import count_characters, count_words

NONE = LeverageOptions()


def segments(analysis):
    return {band.name: band.segments for band in analysis.bands if band.segments}


@pytest.mark.parametrize(
    ("score", "name"),
    [
        (102, "102"),
        (101, "101"),
        (100, "100"),
        (99.9, "95-99"),
        (95, "95-99"),
        (94.9, "85-94"),
        (85, "85-94"),
        (84.9, "75-84"),
        (75, "75-84"),
        (74.9, "50-74"),
        (50, "50-74"),
        (49.9, "new"),
        (0, "new"),
    ],
)
def test_every_score_has_one_band(score, name):
    assert segments(analysed(["一"], [score], NONE)) == {name: 1}


texts = st.text(alphabet="甲乙丙，a1 ", min_size=1, max_size=8)


@settings(deadline=None)
@given(st.lists(st.tuples(texts, st.sampled_from([0, 55, 80, 90, 97.5, 100, 101, 102])), max_size=20))
def test_bands_and_repetitions_add_up_to_the_total(scored):
    found = analysed([text for text, _ in scored], [score for _, score in scored], NONE)
    parts = [*found.bands, found.repetitions]
    assert found.total.segments == sum(part.segments for part in parts) == len(scored)
    assert found.total.characters == sum(part.characters for part in parts)
    assert found.total.words == sum(part.words for part in parts)
    assert found.total.characters == sum(count_characters(text) for text, _ in scored)
    assert found.total.words == sum(count_words(text) for text, _ in scored)
    assert found.repetitions.segments == len(scored) - len({text for text, _ in scored})
    assert found.weighted == round(sum(part.characters * part.weight for part in parts), 1)


def test_a_document_is_analysed_against_the_memories(lookup, placed):
    memory = lookup(("标题", "Title"), ("会议强调，要抓好春耕生产。", "…"))
    found = analyse(placed("标题", "会议指出，要抓好春耕生产。", "标题", "毫无相同之处"), memory)
    assert segments(found) == {"101": 1, "75-84": 1, "new": 1}
    assert found.repetitions.segments == 1


def test_what_is_like_an_earlier_segment_of_the_document_is_reported_beside(placed):
    texts = [
        "全省第1次会议在成都召开。",
        "全省第2次会议在成都召开。",
        "毫无相同之处",
        "全省第2次会议在成都召开。",
    ]
    found = analyse(placed(*texts), Lookup([]))
    assert found.internal.segments == 1
    assert segments(found) == {"new": 3}
    assert found.repetitions.segments == 1


def test_what_the_memory_knows_better_is_no_internal_match(lookup, placed):
    texts = ["全省第1次会议在成都召开。", "全省第2次会议在成都召开。"]
    found = analyse(placed(*texts), lookup((texts[1], "…")))
    assert found.internal.segments == 0


def test_weights_can_be_set():
    options = LeverageOptions(weights={"new": 0.5})
    assert analysed(["一二三四"], [0], options).weighted == 2


def test_a_weight_for_no_band_is_refused():
    with pytest.raises(ConfigError, match="fuzzy"):
        LeverageOptions(weights={"fuzzy": 0.5})


def test_analyses_of_several_documents_add_up():
    one, other = analysed(["一二", "三"], [100, 0], NONE), analysed(["一二", "一二"], [100, 100], NONE)
    both = merged([one, other])
    assert segments(both) == {"100": 2, "new": 1}
    assert both.repetitions.segments == 1
    assert both.weighted == one.weighted + other.weighted
    assert [band.name for band in both.bands] == [name for name, _least in BANDS]


scored = st.lists(st.tuples(texts, st.sampled_from([0, 55, 80, 100])), max_size=6)


@settings(deadline=None)
@given(st.lists(scored, min_size=1, max_size=4))
def test_documents_analysed_together_add_up_to_one_text(documents):
    pairs = [([text for text, _ in one], [score for _, score in one]) for one in documents]
    whole = [pair for one in documents for pair in one]
    apart = analysed_together(pairs, NONE)
    assert merged(apart) == analysed([text for text, _ in whole], [score for _, score in whole], NONE)
    assert [one.total.segments for one in apart] == [len(one) for one in documents]


def test_what_stood_in_an_earlier_document_is_a_repetition_in_a_later_one():
    first, second = analysed_together([(["一二", "三"], [0, 0]), (["一二", "四"], [0, 100])], NONE)
    assert first.repetitions.segments == 0
    assert second.repetitions.segments == 1
    assert segments(second) == {"100": 1}
