from __future__ import annotations

import pytest

from tm.drafting import LeverageOptions, draft_units, leverage, propagated
from tm.matching.lookup import Lookup
from tm.matching.options import MatchOptions
from tm.model import MatchKind
from tm.terms.base import TermBase

TERMS = TermBase.from_rows(
    [
        {"concept": "1", "zh": "一干多支", "en": "One Trunk, Multiple Branches", "status": "preferred"},
        {"concept": "1", "zh": "一干多支", "en": "one core and many branches", "status": "forbidden"},
        {"concept": "2", "zh": "五区协同", "en": "coordination of five regions", "status": "admitted"},
    ]
)

PAIRS = (
    ("标题", "Title"),
    ("实施一干多支发展战略。", "Implement the one core and many branches strategy."),
    ("会议强调，要抓好春耕生产。", "The meeting stressed spring ploughing."),
)


@pytest.fixture
def document(lookup, placed):
    texts = [
        "标题",
        "实施一干多支发展战略。",
        "会议指出，要抓好春耕生产。",
        "坚持一干多支、五区协同。",
        "毫无相同之处",
    ]
    return leverage(placed(*texts), lookup(*PAIRS), terms=TERMS)


def test_every_segment_is_there_in_order(document):
    assert [draft.place.index for draft in document.drafts] == [0, 1, 2, 3, 4]
    assert (document.file, document.source_lang, document.target_lang) == ("zh.txt", "zh-CN", "en")


def test_the_best_match_gives_the_translation(document):
    kinds = [(draft.kind, draft.score, draft.target) for draft in document.drafts[:3]]
    assert kinds == [
        (MatchKind.CONTEXT, 102, PAIRS[0][1]),
        (MatchKind.CONTEXT, 101, PAIRS[1][1]),
        (MatchKind.FUZZY, 84.6, PAIRS[2][1]),
    ]
    assert document.drafts[2].matches[0].unit.source.text == PAIRS[2][0]
    assert document.drafts[1].context.previous == "标题"


def test_terms_alone_are_offered_where_nothing_matches(document):
    draft = document.drafts[3]
    assert (draft.kind, draft.score) == (MatchKind.TERMS, 0)
    assert draft.target == "One Trunk, Multiple Branches; coordination of five regions"
    assert draft.findings == ()


def test_where_nothing_is_known_nothing_is_said(document):
    draft = document.drafts[4]
    assert (draft.kind, draft.target, draft.matches, draft.findings) == (MatchKind.NONE, "", (), ())


def test_findings_stand_at_the_segment_they_are_about(document):
    rules = [[finding.rule for finding in draft.findings] for draft in document.drafts]
    assert "T102" in rules[1]
    assert rules[0] == rules[4] == []
    assert {finding.unit_id for finding in document.drafts[1].findings} == {"2-2"}


def test_the_units_of_a_draft_are_its_translations(document):
    assert [unit.id for unit in draft_units(document)] == ["1-1", "2-2", "3-3"]
    assert document.drafts[2].place.segment_id == "3-3"


def test_a_repeated_source_gets_the_same_translation_again(lookup, placed):
    memory = lookup(
        ("新闻发布会", "News conference"), ("别的话", "Other"), ("新闻发布会", "Press conference")
    )
    texts = ["新闻发布会", "无", "新闻发布会", "无"]
    drafts = leverage(placed(*texts), memory).drafts
    assert len({drafts[place].target for place in (0, 2)}) == 1
    assert len(drafts[2].matches) == 2
    assert drafts[2].matches[0].unit.target.text == drafts[2].target


def test_neighbours_may_speak_for_another_translation_of_a_repeated_source(lookup, placed):
    pairs = (
        ("甲句话", "A"),
        ("新闻发布会", "News"),
        ("乙句话", "B"),
        ("新闻发布会", "Press"),
        ("丙句话", "C"),
    )
    drafts = leverage(placed(*(source for source, _target in pairs)), lookup(*pairs)).drafts
    assert [draft.target for draft in drafts] == [target for _source, target in pairs]
    assert {draft.score for draft in drafts} == {102}


def test_an_empty_document_has_an_empty_draft(lookup):
    document = leverage([], lookup(*PAIRS))
    assert document.drafts == ()
    assert document.analysis
    assert document.analysis.total.segments == 0


def test_without_memories_there_are_only_terms(placed):
    drafts = leverage(placed("五区协同"), Lookup([]), terms=TERMS).drafts
    assert [draft.kind for draft in drafts] == [MatchKind.TERMS]


def test_the_analysis_sees_below_the_threshold(lookup, placed):
    options = LeverageOptions(match=MatchOptions(threshold=90))
    document = leverage(placed("会议指出，要抓好春耕生产。"), lookup(*PAIRS), options=options)
    assert document.drafts[0].kind is MatchKind.NONE
    assert document.analysis
    assert {band.name: band.segments for band in document.analysis.bands if band.segments} == {"75-84": 1}


def test_progress_counts_the_segments(lookup, placed):
    told: list[int] = []
    leverage(placed("甲", "乙", "甲"), lookup(*PAIRS), progress=told.append)
    assert sum(told) == 3


def test_a_source_that_an_earlier_document_has_gets_the_same_translation(lookup, placed):
    memory = lookup(("投资100亿元。", "It was 10 billion."), ("投资100亿元。", "It was RMB 10 billion."))
    document = leverage(placed("投资100亿元。"), memory)
    used, other = (match.unit.target.text for match in document.drafts[0].matches)
    made = propagated(document, {"投资100亿元。": other}, TermBase())
    assert [match.unit.target.text for match in made.drafts[0].matches] == [other, used]
    assert made.drafts[0].target == other
    alone = leverage(placed("投资100亿元。"), lookup(("投资100亿元。", other)))
    assert made.drafts[0].findings == alone.drafts[0].findings


def test_a_first_document_stays_as_it_is_and_is_remembered(lookup, placed):
    document = leverage(placed("标题"), lookup(("标题", "Title")))
    first: dict[str, str] = {}
    assert propagated(document, first, TermBase()) is document
    assert first == {"标题": "Title"}
