from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.drafting import leverage
from tm.drafting.clause_english import Lead, Verbs, lead_of
from tm.drafting.joining import Piece, joined
from tm.model import Concept, Draft, MatchKind, Term
from tm.terms.base import TermBase

LIVING = TermBase(
    [Concept(id="1", zh=(Term(lang="zh", text="民生"),), en=(Term(lang="en", text="living standards"),))]
)
REFORM = (
    "我们要深化国有企业改革，扩大对外开放水平。",
    "We will deepen reform of state enterprises, and open wider to the world.",
)
PEOPLE = (
    "我们要加强基层工作，切实保障改善民生。",
    "We will strengthen primary-level work, and ensure and improve living standards.",
)


@pytest.fixture
def drafted(lookup, placed):
    """The draft that a memory of these pairs gives for a text."""

    def _drafted(text: str, *pairs: tuple[str, str], terms: TermBase | None = None) -> Draft:
        return leverage(placed(text), lookup(*pairs), terms=terms).drafts[0]

    return _drafted


def _piece(text: str, mark: str, *, before: str = "", between: str | None = None) -> Piece:
    whole = f"{before}{text}"
    verbs = Verbs.seen(["We will deepen, and we will open. We will ensure. We have made it."])
    lead = lead_of(whole, (len(before), len(whole)), verbs)
    return Piece(text=text, lead=lead, mark=mark, between=between)


def test_clauses_of_two_units_make_one_sentence_that_says_its_subject_once(drafted):
    draft = drafted("扩大对外开放水平，切实保障改善民生。", REFORM, PEOPLE)
    assert draft.kind is MatchKind.CLAUSE
    assert draft.target == "We will open wider to the world and ensure and improve living standards."


def test_a_part_says_where_it_is_from(drafted):
    draft = drafted("扩大对外开放水平，切实保障改善民生。", REFORM, PEOPLE)
    assert [match.source.text for match in draft.matches] == ["扩大对外开放水平", "切实保障改善民生"]
    assert [match.target.text for match in draft.matches] == [
        "and open wider to the world.",
        "and ensure and improve living standards.",
    ]
    assert {match.unit.id for match in draft.matches} == {"r/0", "r/1"}


@pytest.mark.parametrize(
    "english",
    [
        "Deficits fell, a step that will reduce burdens.",
        "Deficits fell, which reduced burdens of enterprises.",
        "Deficits fell, reducing the burdens of enterprises.",
        "Deficits fell, “reducing the burdens of all.",
    ],
)
def test_a_fragment_is_no_draft(drafted, english):
    draft = drafted("进一步减轻企业负担。", ("适度扩大财政赤字，进一步减轻企业负担。", english))
    assert draft.kind is not MatchKind.CLAUSE


def test_a_clause_whose_number_cannot_be_mended_is_not_used(drafted):
    known = ("新增就业1100万人，进一步减轻企业负担。", "Employment grew, and burdens were further reduced.")
    assert drafted("新增就业1300万人。", known).kind is not MatchKind.CLAUSE


def test_a_number_is_mended_inside_a_clause(drafted):
    known = (
        "城镇新增就业1100万人，全年进出口总额保持稳定增长的势头。",
        "Urban areas had 11 million new jobs, and foreign trade will grow steadily throughout the year.",
    )
    draft = drafted("城镇新增就业1300万人。", known)
    assert draft.target == "Urban areas had 13 million new jobs."
    assert [(edit.before, edit.after) for edit in draft.edits] == [("11 million", "13 million")]


def test_a_clause_that_denies_is_not_used_for_one_that_affirms(drafted):
    known = (
        "不允许设立新的机构部门，切实加强党的领导。",
        "We will not allow new bodies, and strengthen the Party.",
    )
    assert drafted("允许设立新的机构部门。", known).kind is not MatchKind.CLAUSE


def test_where_too_little_is_covered_for_a_draft_the_clauses_are_offered(drafted):
    text = "切实保障改善民生，这是谁也没见过。"
    for terms, kind in ((None, MatchKind.NONE), (LIVING, MatchKind.TERMS)):
        draft = drafted(text, PEOPLE, terms=terms)
        assert draft.kind is kind
        assert [(match.kind, match.source.text) for match in draft.matches] == [
            (MatchKind.CLAUSE, "切实保障改善民生")
        ]
        assert draft.score == 0


def test_runs_of_one_unit_are_taken_as_they_stand(drafted):
    known = (
        "着力优化营商环境，激发市场活力，切实保障改善民生。",
        "We will improve the business environment, thereby energizing the market, and ensure better lives.",
    )
    single = ("激发市场活力，我们要改革。", "We will energize all markets, and we will reform.")
    draft = drafted("着力优化营商环境，激发市场活力。", known, single)
    assert draft.target == "We will improve the business environment, thereby energizing the market."


@pytest.mark.parametrize("text", ["", "国", "，。", "国，家。", "国" * 20_000, "国家，" * 5_000])
def test_odd_sentences_are_drafted_in_bounded_time(drafted, text):
    began = time.process_time()
    drafted(text, REFORM, PEOPLE)
    assert time.process_time() - began < 20


def test_a_new_subject_begins_a_new_sentence():
    pieces = [_piece("We will deepen reform.", "，"), _piece("We have made it.", "。")]
    assert joined(pieces) == "We will deepen reform. We have made it."


def test_a_series_has_and_before_its_last_member_only():
    before = "We will open, "
    pieces = [
        _piece("We will deepen reform of every kind that anybody ever heard of,", "，"),
        _piece("and open wider,", "，", before=before),
        _piece("ensure growth.", "。", before=before),
    ]
    assert joined(pieces) == (
        "We will deepen reform of every kind that anybody ever heard of, open wider, and ensure growth."
    )


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["We will open wider,", "and ensure growth.", "With care,", "GDP grew;"]),
            st.sampled_from("，；：。、"),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_joined_begins_with_a_capital_and_has_no_mark_twice(parts):
    text = joined([_piece(part, mark, before="We will open, ") for part, mark in parts])
    assert text[0].isupper()
    assert not any(pair in text for pair in (",,", "..", ",.", " ,", " .", "  ", ";.", ",;"))


@pytest.mark.parametrize(
    ("before", "part", "lead"),
    [
        ("", "We will open wider,", Lead(subject="We will", rest="open wider,", whole=True, common=False)),
        ("We will open, ", "and ensure growth.", Lead(subject="We will", rest="ensure growth.", whole=True)),
        ("We will open, ", "which helps.", Lead(hanging=True)),
        ("It grew, ", "during which we must act.", Lead(hanging=True)),
        ("It grew, ", "a step that will help.", Lead()),
        ("It grew, ", "and burdens were reduced.", Lead(whole=True)),
    ],
)
def test_a_part_begins_as_its_sentence_rules(before, part, lead):
    verbs = Verbs.seen(["We will open, we will ensure."])
    found = lead_of(before + part, (len(before), len(before + part)), verbs)
    assert (found.subject, found.rest, found.whole, found.hanging) == (
        lead.subject,
        lead.rest,
        lead.whole,
        lead.hanging,
    )


def test_equal_clauses_are_taken_from_the_first_of_the_newest(drafted):
    older = (
        "切实加强基层工作，全力改善民生水平。",
        "We will strengthen work, and ensure that living standards improve.",
    )
    assert drafted("切实保障改善民生。", older, PEOPLE).matches[0].unit.id == "r/1"
