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
    ("6月5—8日", "7月9—12日", "June 5-8", "July 9-12"),
    ("6月5日至8日", "7月9日至12日", "from June 5 to 8", "from July 9 to 12"),
    ("一、加强领导", "三、加强领导", "I. Strengthening leadership", "III. Strengthening leadership"),
    ("8300亿元", "9100亿元", "RMB 0.83 trillion", "RMB 0.91 trillion"),
    ("3小时", "1小时", "for 3 hours", "for 1 hour"),
    ("3年", "1年", "a 3-year project", "a 1-year project"),
    ("访问美国", "访问德国", "visited the United States", "visited Germany"),
    ("黄强出席", "罗强出席", "HUANG Qiang's visit", "LUO Qiang's visit"),
    ("彭清华说", "尹力说", "Peng Qinghua came. Mr. Peng said", "Yin Li came. Mr. Yin said"),
    ("2021年1—5月", "2022年1—8月", "From January to May 2021", "From January to August 2022"),
    ("0.4个百分点", "1个百分点", "0.4 percentage points", "1 percentage point"),
    ("一季度", "二季度", "in Q1", "in Q2"),
    ("90年代", "80年代", "the 1990s", "the 1980s"),
    ("李强出席", "王毅出席", "Li Qiang came to Liqiang", "Wang Yi came to Liqiang"),
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


UNCERTAIN = [
    ("6月5日至8日", "6月9日至12日", "from the 5th to the 8th of June"),
    ("“十三五”规划", "“十四五”规划", "the 13th Five-Year Plan (2016-2020)"),
    ("凉山彝族自治州", "甘孜藏族自治州", "Liangshan Yi Autonomous Prefecture"),
    ("其中1名", "其中5名", "one of the winners"),
    ("四川省与成都市", "广西壮族自治区与成都市", "Sichuan Province and Chengdu City"),
    ("在兴隆镇", "在长乐镇", "in Xinglong Town"),
    ("美国企业", "德国企业", "American enterprises"),
    ("王小明出席", "吕志刚出席", "Wang Xiaoming attended"),
]


@pytest.mark.parametrize(("old", "new", "english"), UNCERTAIN)
def test_what_is_not_certain_is_left_as_it_is_and_listed(old, new, english):
    made = repair(new, old, english, KINDS)
    assert made.target == english
    assert made.missed


def test_another_person_whose_family_name_is_read_like_the_county_is_left_alone():
    assert repair("理县", "茂县", "Mao County and Mao Qiang", KINDS).target == "Li County and Mao Qiang"
