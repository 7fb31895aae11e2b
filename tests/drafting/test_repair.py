"""Repair exchanges what differs where its place is certain, and lists what it could not place."""

import pytest

from tm.drafting.repair import Numbers, Places, Terms, repair
from tm.terms.base import TermBase

TERMS = TermBase.from_rows(
    [
        {"concept": "meeting", "zh": "座谈会", "en": "symposium", "status": "preferred"},
        {"concept": "conference", "zh": "工作会议", "en": "work conference", "status": "preferred"},
        {"concept": "governor", "zh": "省长", "en": "Governor", "status": "preferred"},
    ]
)
KINDS = (Numbers(), Terms(TERMS), Places())

MENDED = [
    ("5.3万亿元", "9800亿元", "GDP reached 5.3 trillion yuan.", "GDP reached 980 billion yuan."),
    ("同比增长8%", "同比增长11%", "an 8 percent increase", "an 11 percent increase"),
    ("同比增长8%", "同比增长9%", "an 8 percent increase", "a 9 percent increase"),
    ("12月8日上午", "11月21日上午", "on the morning of December 8", "on the morning of November 21"),
    (
        "第十三届第二次会议",
        "第十二届第三次会议",
        "the Second Session of the 13th",
        "the Third Session of the 12th",
    ),
    ("上半年", "前三季度", "In the first half of the year", "In the first three quarters of the year"),
    ("举行座谈会", "举行工作会议", "held a symposium", "held a work conference"),
    ("省长黄强出席", "省长尹力出席", "Governor Huang Qiang attended", "Governor Yin Li attended"),
    ("赴成都市调研", "赴西安市调研", "a visit to Chengdu City", "a visit to Xi'an City"),
    ("赴理县调研", "赴茂县调研", "a visit to Li County", "a visit to Mao County"),
    ("建成1个中心", "建成5个中心", "1 center", "5 centers"),
    ("二是扩大开放", "五是扩大开放", "Second, we opened up", "Fifth, we opened up"),
    (
        "8%、8%和9%",
        "8%、9%和10%",
        "8 percent, 8 percent and 9 percent",
        "8 percent, 9 percent and 10 percent",
    ),
    ("RMB：2600亿元", "RMB：31.5亿元", "RMB260 billion", "RMB3.15 billion"),
]


@pytest.mark.parametrize(("old", "new", "english", "mended"), MENDED)
def test_what_differs_is_exchanged_in_the_manner_of_the_english(old, new, english, mended):
    made = repair(new, old, english, KINDS)
    assert made.target == mended
    assert made.edits
    assert not made.missed


@pytest.mark.parametrize(("old", "new", "english", "mended"), MENDED)
def test_a_repair_undone_is_the_translation_as_it_was(old, new, english, mended):
    assert repair(old, new, mended, KINDS).target == english


def test_a_value_that_the_english_does_not_have_is_listed_and_nothing_is_changed():
    made = repair("增长9%", "增长8%", "It rose markedly.", KINDS)
    assert made.target == "It rose markedly."
    assert [(edit.before, edit.after) for edit in made.missed] == [("8%", "9%")]
    assert not made.complete


def test_a_repair_is_complete_only_when_nothing_else_differs():
    assert repair("全省增长9%", "全省增长8%", "It rose by 8 percent.", KINDS).complete
    assert not repair("全市增长9%", "全省增长8%", "It rose by 8 percent.", KINDS).complete


def test_a_common_word_in_the_place_of_a_name_is_no_name():
    made = repair("全国代表团", "成都代表团", "the Chengdu delegation", KINDS)
    assert made.target == "the Chengdu delegation"


def test_equal_sources_need_no_repair():
    assert not repair("增长8%", "增长8%", "It rose by 8 percent.", KINDS).edits
