from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.text.clauses import chinese_clauses, english_clauses

CHINESE = st.text(alphabet="，；：。！？,;:…—、 \n一二国家3.5:%《》“”（）()aB", max_size=60)
ENGLISH = st.text(alphabet="We will no. N, ;:—.5”\"'and while\n", max_size=60)
_BETWEEN = re.compile(r"[，；：。！？,;:!?…—\s]*")


def _texts(text: str, stretches: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in stretches]


@settings(deadline=None)
@given(CHINESE)
def test_every_character_outside_marks_is_in_exactly_one_chinese_clause(text):
    at = 0
    for start, end in chinese_clauses(text):
        assert at <= start < end
        assert _BETWEEN.fullmatch(text[at:start])
        between = _BETWEEN.match(text[start:end])
        assert between
        assert not between[0]
        at = end
    assert _BETWEEN.fullmatch(text[at:])


@settings(deadline=None)
@given(ENGLISH, st.integers(0, 5))
def test_every_letter_is_in_exactly_one_english_clause(text, least):
    stretches = english_clauses(text, least=least)
    assert all(start < end for start, end in stretches)
    assert "".join("".join(part.split()) for part in _texts(text, stretches)) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("增长6.5%，人口1,395万人；会期3:15。", ["增长6.5%", "人口1,395万人", "会期3:15"]),
        ("发布《规划，2020：纲要》，实施", ["发布《规划，2020：纲要》", "实施"]),
        ("推进改革（含财税，金融），扩大开放。", ["推进改革（含财税，金融）", "扩大开放"]),
        ("坚持“稳字当头，稳中求进”，做好工作", ["坚持“稳字当头，稳中求进”", "做好工作"]),
        ("一、发展、改革、稳定", ["一、发展、改革、稳定"]),
        ("多了一个（半个括号，没有完", ["多了一个（半个括号", "没有完"]),
        ("国", ["国"]),
        ("，。", []),
        ("", []),
    ],
)
def test_chinese_is_cut_at_marks_and_not_in_numbers_titles_or_quotes(text, clauses):
    assert _texts(text, chinese_clauses(text)) == clauses


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("GDP grew 6.5 percent, to 1,395 units.", ["GDP grew 6.5 percent,", "to 1,395 units."]),
        ("Mr. Li met Dr. A. Wang of No. 10 School.", ["Mr. Li met Dr. A. Wang of No. 10 School."]),
        ("It ended. We began at 3:15.", ["It ended.", "We began at 3:15."]),
        ("The U.S. Embassy closed.", ["The U.S. Embassy closed."]),
        ("", []),
    ],
)
def test_english_is_cut_at_marks_and_not_in_numbers_or_abbreviations(text, clauses):
    assert _texts(text, english_clauses(text)) == clauses


def test_english_is_cut_at_joints_only_where_it_has_too_few_clauses():
    text = "We will reform prices and open wider"
    assert _texts(text, english_clauses(text, least=1)) == [text]
    assert _texts(text, english_clauses(text, least=2)) == ["We will reform prices", "and open wider"]


@pytest.mark.parametrize(
    "text", ["国" * 20_000, "（" * 20_000, "“，" * 10_000, "3," * 10_000, "一，" * 10_000]
)
def test_a_long_sentence_is_cut_in_bounded_time(text):
    began = time.process_time()
    chinese_clauses(text)
    english_clauses(text)
    assert time.process_time() - began < 2
