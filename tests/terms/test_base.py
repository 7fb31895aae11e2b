from __future__ import annotations

import datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.terms.base import TermBase
from tm.terms.english import EnglishText
from tm.text.folding import fold_chinese


def base(*forms, **columns):
    return TermBase.from_rows({"concept": zh, "zh": zh, "en": "x", **columns} for zh in forms)


def found(terms, text):
    return [text[hit.start : hit.end] for hit in terms.find_zh(text)]


def test_the_longest_term_wins_and_the_inner_one_stands_alone():
    terms = base("省委", "省委书记", "书记")
    assert found(terms, "省委书记和省委、书记") == ["省委书记", "省委", "书记"]


def test_a_rejected_longer_term_gives_way_to_a_shorter_one():
    terms = TermBase.from_rows(
        [{"zh": "省委书记", "en": "x", "unless": "省委书记处"}, {"zh": "省委", "en": "y"}]
    )
    assert found(terms, "省委书记处") == ["省委"]


@pytest.mark.parametrize(
    ("term", "text"),
    [("大会", "召开扩大会议"), ("中共", "其中共有三项"), ("法治", "坚持依法治理"), ("科学", "具有本科学历")],
)
def test_a_word_across_an_edge_is_not_the_term(term, text):
    assert found(base(term), text) == []


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("大会", "全国代表大会闭幕"),
        ("中共", "中共四川省委"),
        ("法治", "法治政府建设"),
        ("科学", "自然科学基金"),
    ],
)
def test_the_term_itself_is_found(term, text):
    assert found(base(term), text) == [term]


def test_one_character_is_found_as_a_word_or_after_figures():
    terms = base("元")
    assert found(terms, "共300元") == ["元"]
    assert found(terms, "共三万元") == ["元"]
    assert found(terms, "多元文化和单元") == []


def test_latin_letters_and_figures_have_edges():
    terms = base("5G", "G20")
    assert found(terms, "５Ｇ网络和G20峰会") == ["５Ｇ", "G20"]
    assert found(terms, "15G流量、G200") == []


def test_a_term_base_does_not_teach_another_its_words():
    one, other = base("治蜀兴川"), base("蜀兴")
    assert found(one, "治蜀兴川") == ["治蜀兴川"]
    assert found(other, "治蜀兴川") == found(base("蜀兴"), "治蜀兴川")


def test_concepts_with_one_form_are_both_found():
    terms = TermBase.from_rows([{"concept": c, "zh": "干部", "en": c} for c in ("cadre", "official")])
    assert [hit.concept.id for hit in terms.find_zh("干部到会")] == ["cadre", "official"]


@pytest.mark.parametrize(
    ("day", "count"), [("2020-12-31", 0), ("2021-01-01", 1), ("2021-12-31", 1), ("2022-01-01", 0)]
)
def test_a_concept_is_valid_between_its_dates(day, count):
    terms = TermBase.from_rows([{"zh": "a", "en": "b", "from": "2021-01-01", "until": "2021-12-31"}])
    assert len(terms.valid_on(datetime.date.fromisoformat(day))) == count


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("high-quality development", "High quality develop\u00adments"),
        ("people's congress", "PEOPLE’S CONGRESSES"),
        ("agriculture, rural areas and farmers", "agriculture, rural areas, and farmers"),
        ("Belt and Road", "the Belt & Road"),
        ("wellbeing", "well-being"),
        ("red line", "redlines"),
        ("Garzê", "Garze"),
        ("the State Council", "a State Council"),
    ],
)
def test_english_is_found_tolerantly(term, text):
    terms = TermBase.from_rows([{"zh": "甲", "en": term}])
    assert len(terms.find_en(terms.concepts[0], text)) == 1


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("IT", "it is so"),
        ("state enterprise", "a non-state enterprise"),
        ("site", "the website"),
        ("transport", "transportation"),
        ("quality development", "quality. Development"),
        ("quality development", "quality (development)"),
    ],
)
def test_english_that_means_something_else_is_not_found(term, text):
    terms = TermBase.from_rows([{"zh": "甲", "en": term}])
    assert terms.find_en(terms.concepts[0], text) == []


def test_wrong_forms_alone_leave_approved_ones_in_peace():
    terms = TermBase.from_rows(
        [
            {"concept": "a", "zh": "甲", "en": "joint growth", "status": "forbidden"},
            {"concept": "a", "zh": "甲", "en": "synergy"},
            {"concept": "b", "zh": "乙", "en": "Joint Growth Area"},
        ]
    )
    assert terms.find_wrong(EnglishText("in the Joint Growth Area")) == []
    assert len(terms.find_wrong(EnglishText("for joint growth here"))) == 1


FORMS = st.lists(st.text(alphabet="甲乙丙", min_size=1, max_size=4), min_size=1, max_size=6, unique=True)


def several(alphabet, size):
    """Texts for one term base: to make its segmenter costs more than to ask it a hundred times."""
    return st.lists(st.text(alphabet, max_size=size), min_size=10, max_size=30)


@settings(deadline=None, max_examples=25)
@given(FORMS, several("甲乙丙，“”", 20))
def test_hits_are_terms_that_do_not_overlap(forms, texts):
    terms = base(*forms)
    for text in texts:
        done = 0
        for hit in terms.find_zh(text):
            assert hit.start >= done
            assert fold_chinese(text[hit.start : hit.end]).text == hit.term.text
            done = hit.end


def leftmost_longest(forms, text, bounds):
    """The slow twin: at each place the longest form that stands there when it is looked for alone."""
    at = 0
    while at < len(text):
        fits = [f for f in forms if text.startswith(f, at) and bounds.allow(at, at + len(f))]
        if fits:
            yield at, max(fits, key=len)
        at += max(map(len, fits), default=1)


@settings(deadline=None, max_examples=25)
@given(FORMS, several("甲乙丙", 16))
def test_hits_are_the_leftmost_longest_where_words_allow(forms, texts):
    terms = base(*forms)
    for text in texts:
        found = [(hit.start, hit.term.text) for hit in terms.find_zh(text)]
        assert found == list(leftmost_longest(forms, text, terms._chinese._bounds(text)))


@pytest.mark.parametrize(
    "forms", [("甲", "甲乙", "乙甲丙"), ("乙乙", "乙乙乙", "丙"), ("甲乙丙甲", "乙丙", "丙甲", "甲甲甲")]
)
def test_in_no_short_text_a_hit_is_other_than_leftmost_longest(forms):
    terms = base(*forms)
    for length in range(7):
        for text in map("".join, product("甲乙丙", repeat=length)):
            found = [(hit.start, hit.term.text) for hit in terms.find_zh(text)]
            assert found == list(leftmost_longest(forms, text, terms._chinese._bounds(text)))
