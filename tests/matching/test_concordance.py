from __future__ import annotations

import datetime

import pytest

from tm.matching.concordance import search, spans_of
from tm.matching.options import MatchOptions

R1 = ("2018-11-21-four-areas", "2018-11-21")
R2 = ("2019-01-24-meeting", "2019-01-24")


@pytest.fixture
def memory(table):
    return table(
        ("实施“一干多支”发展战略", "Implement the One Trunk, Multiple Branches strategy", *R1),
        ("省政府常务会议", "Executive meeting of the provincial government", *R2),
        ("会议指出，要抓好春耕。", "The meeting stressed spring ploughing.", *R2),
        ("会议", "Meeting", *R1),
    )


def places(hit):
    return [(span.side, span.start, span.end) for span in hit.spans]


def test_one_character_is_enough(memory):
    hits = search([memory], "干")
    assert [places(hit) for hit in hits] == [[("source", 4, 5)]]


def test_english_is_found_in_the_translations_whatever_its_case(memory):
    hits = search([memory], "MEETING")
    assert [hit.unit.source.text for hit in hits] == ["省政府常务会议", "会议指出，要抓好春耕。", "会议"]
    assert places(hits[0]) == [("target", 10, 17)]


def test_the_whole_segment_comes_first_then_the_newest(memory):
    hits = search([memory], "会议")
    assert [(hit.kind, hit.date) for hit in hits] == [
        ("exact", "2018-11-21"),
        ("part", "2019-01-24"),
        ("part", "2019-01-24"),
    ]
    assert hits[1].release == R2[0]
    assert hits[1].unit.context.next == "会议指出，要抓好春耕。"


def test_the_limit_keeps_the_best(memory):
    whole = search([memory], "会议")
    assert search([memory], "会议", options=MatchOptions(limit=2)) == whole[:2]


def test_releases_can_be_left_out(memory):
    assert [hit.kind for hit in search([memory], "会议", options=MatchOptions(without=(R2[0],)))] == ["exact"]
    day = datetime.date(2019, 1, 1)
    assert [hit.kind for hit in search([memory], "会议", options=MatchOptions(before=day))] == ["exact"]


def test_fuzzy_hits_mark_what_the_unit_has_otherwise(memory):
    hit = search([memory], "会议强调，要抓好春耕。", fuzzy=True)[0]
    assert (hit.kind, hit.score) == ("fuzzy", 81.8)
    assert places(hit) == [("source", 2, 4)]


def test_fuzzy_english_is_compared_with_the_translations(memory):
    hit = search([memory], "The meeting stressed autumn ploughing.", fuzzy=True)[0]
    assert hit.unit.source.text == "会议指出，要抓好春耕。"
    assert {span.side for span in hit.spans} == {"target"}


def test_a_stretch_inside_a_longer_segment_is_found_and_marked(table):
    memory = table(
        (
            "会议强调，要加快推进成渝地区双城经济圈建设，努力实现高质量发展。",
            "The circle.",
            *R1,
        ),
        ("全省粮食生产形势良好。", "Grain.", *R2),
    )
    hits = search([memory], "加快成渝地区双城经济圈的建设", fuzzy=True)
    assert [(hit.kind, hit.unit.target.text) for hit in hits] == [("part", "The circle.")]
    span = hits[0].spans[0]
    assert "成渝地区双城经济圈" in hits[0].unit.source.text[span.start : span.end]
    assert 70 <= hits[0].score < 100


def test_a_stretch_that_is_there_word_for_word_scores_100(memory):
    hits = search([memory], "要抓好春耕", fuzzy=True)
    assert (hits[0].score, places(hits[0])) == (100, [("source", 5, 10)])


def test_an_identical_segment_is_an_exact_hit_of_a_fuzzy_search(memory):
    assert search([memory], "省政府常务会议", fuzzy=True)[0].kind == "exact"


@pytest.mark.parametrize("nothing", ["", "  ", "没有这样的话"])
def test_nothing_is_found_for_nothing(memory, nothing):
    assert search([memory], nothing) == search([memory], nothing, fuzzy=True) == []


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("aa", "aaaa", [(0, 2), (2, 4)]),
        ("ｇｄｐ", "GDP与gdp", [(0, 3), (4, 7)]),
        (".", "a.b", [(1, 2)]),
        ("b", "İb", [(1, 2)]),
        ("c", "ab", []),
    ],
)
def test_spans_do_not_mind_case_and_width(wanted, text, expected):
    assert [(span.start, span.end) for span in spans_of(wanted, text, "source")] == expected
