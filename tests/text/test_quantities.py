"""Values found in text: where they stand and what they are worth."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.text.numbers import Kind, Role, Strength
from tm.text.quantities import find_values, scan_values

CHINESE = [
    ("总投资5650亿元", "5650亿元", Kind.MONEY, 565 * 10**9, "CNY"),
    ("１２３．５％", "１２３．５％", Kind.RATIO, "1.235", ""),
    ("占三成以上", "三成", Kind.RATIO, "0.3", ""),
    ("三分之二的村", "三分之二", Kind.RATIO, "2/3", ""),
    ("千分之五", "千分之五", Kind.RATIO, "0.005", ""),
    ("百分之三点五", "百分之三点五", Kind.RATIO, "0.035", ""),
    ("高1.8个百分点", "1.8个百分点", Kind.POINT, "1.8", ""),
    ("翻两番", "翻两番", Kind.MULTIPLE, 4, ""),
    ("是去年的1.5倍", "1.5倍", Kind.MULTIPLE, "1.5", ""),
    ("第三次全体会议", "第三", Kind.ORDINAL, 3, ""),
    ("省委十一届", "十一届", Kind.ORDINAL, 11, ""),
    ("“十四五”规划", "十四五", Kind.ORDINAL, 14, "plan"),
    ("二十大报告", "二十大", Kind.ORDINAL, 20, ""),
    ("前三季度", "前三季度", Kind.PERIOD, 3, "quarters"),
    ("第一季度", "一季度", Kind.PERIOD, 1, "quarter"),
    ("下半年", "下半年", Kind.PERIOD, 2, "half"),
    ("下午4点半", "下午4点半", Kind.TIME, 990, ""),
    ("24小时", "24小时", Kind.DURATION, 1, "day"),
    ("两年半", "两年半", Kind.DURATION, 30, "month"),
    ("2.2万平方公里", "2.2万平方公里", Kind.MEASURE, 22 * 10**9, "area"),
    ("470万亩", "470万亩", Kind.MEASURE, Fraction(4_700_000 * 2000, 3), "area"),
    ("698.7亿斤", "698.7亿斤", Kind.MEASURE, 34_935_000_000, "mass"),
    ("350兆瓦", "350兆瓦", Kind.MEASURE, 350 * 10**6, "power"),
    ("流量18600立方米每秒", "18600立方米每秒", Kind.MEASURE, 18600, "flow"),
    ("三千二百多人", "三千二百", Kind.COUNT, 3200, ""),
    ("20世纪90年代", "20世纪90年代", Kind.DECADE, 1990, ""),
    ("Ⅲ级响应", "Ⅲ", Kind.ORDINAL, 3, ""),
    ("利用外資三億美元", "三億美元", Kind.MONEY, 3 * 10**8, "USD"),
]
ENGLISH = [
    ("RMB 1.2 billion", "RMB 1.2 billion", Kind.MONEY, 12 * 10**8, "CNY"),
    ("US$3.5bn", "US$3.5bn", Kind.MONEY, 35 * 10**8, "USD"),
    ("260 billion yuan", "260 billion yuan", Kind.MONEY, 260 * 10**9, "CNY"),
    ("twenty thousand New Taiwan dollars", "twenty thousand New Taiwan dollars", Kind.MONEY, 20000, "TWD"),
    ("80 per cent of", "80 per cent", Kind.RATIO, "0.8", ""),
    ("two thirds of the land", "two thirds", Kind.RATIO, "2/3", ""),
    ("1.8 percentage points", "1.8 percentage points", Kind.POINT, "1.8", ""),
    ("the twenty-first meeting", "twenty-first", Kind.ORDINAL, 21, ""),
    ("Level IV", "IV", Kind.ORDINAL, 4, ""),
    ("the first three quarters", "three quarters", Kind.PERIOD, 3, "quarters"),
    ("in Q3", "Q3", Kind.PERIOD, 3, "quarter"),
    ("at 4:30 p.m.", "4:30 p.m.", Kind.TIME, 990, ""),
    ("12 noon", "12 noon", Kind.TIME, 720, ""),
    ("five working days", "five working days", Kind.DURATION, 5, "day"),
    ("two and a half years", "two and a half years", Kind.DURATION, 30, "month"),
    ("22,000 square kilometers", "22,000 square kilometers", Kind.MEASURE, 22 * 10**9, "area"),
    ("34.935 million tonnes", "34.935 million tonnes", Kind.MEASURE, 34_935_000_000, "mass"),
    ("350 kilometers per hour", "350 kilometers per hour", Kind.MEASURE, Fraction(875, 9), "speed"),
    ("half a million people", "half a million", Kind.COUNT, 500_000, ""),
    ("tripled", "tripled", Kind.MULTIPLE, 3, ""),
    ("the 1990s", "1990s", Kind.DECADE, 1990, ""),
    ("One in five children", "One in five", Kind.RATIO, "0.2", ""),
]


@pytest.mark.parametrize(("text", "stretch", "kind", "amount", "unit"), CHINESE)
def test_a_chinese_value_is_found_with_its_worth(text, stretch, kind, amount, unit):
    found = {value.text: value for value in find_values(text, "zh-CN")}
    assert stretch in found
    value = found[stretch]
    assert (value.kind, value.amount, value.unit) == (kind, Fraction(amount), unit)


@pytest.mark.parametrize(("text", "stretch", "kind", "amount", "unit"), ENGLISH)
def test_an_english_value_is_found_with_its_worth(text, stretch, kind, amount, unit):
    found = {value.text: value for value in find_values(text, "en")}
    assert stretch in found
    value = found[stretch]
    assert (value.kind, value.amount, value.unit) == (kind, Fraction(amount), unit)


@pytest.mark.parametrize(
    ("text", "lang", "dates"),
    [
        ("2018年11月21日", "zh", [(2018, 11, 21)]),
        ("二〇一九年三月", "zh", [(2019, 3, 0)]),
        ("民国九十五年二月五日", "zh", [(2006, 2, 5)]),
        ("7月17日至19日", "zh", [(0, 7, 17), (0, 7, 19)]),
        ("1至11月", "zh", [(0, 1, 0), (0, 11, 0)]),
        ("2010-11年", "zh", [(2010, 0, 0), (2011, 0, 0)]),
        ("November 21, 2018", "en", [(2018, 11, 21)]),
        ("21 November 2018", "en", [(2018, 11, 21)]),
        ("from June 26 to 28", "en", [(0, 6, 26), (0, 6, 28)]),
        ("17 to 19 July 2021", "en", [(0, 7, 17), (2021, 7, 19)]),
        ("in May; it may rain", "en", [(0, 5, 0)]),
        ("2016–2020", "en", [(2016, 0, 0), (2020, 0, 0)]),
    ],
)
def test_dates_are_read_by_their_parts(text, lang, dates):
    assert [value.date for value in find_values(text, lang) if value.kind is Kind.DATE] == dates


@pytest.mark.parametrize(
    "text", ["三农", "一江清水", "一干多支", "四川", "十分重要", "统一部署", "一带一路", "万一"]
)
def test_idioms_and_names_are_no_quantities(text):
    assert find_values(text, "zh-CN") == []


@pytest.mark.parametrize("text", ["learn from one another", "one must act", "both sides", "around the clock"])
def test_pronouns_are_no_quantities(text):
    assert find_values(text, "en") == []


def test_trillion_only_in_traditional_text():
    assert find_values("三兆元", "zh-TW")[0].amount == 3 * 10**12
    assert all(value.amount < 10**6 for value in find_values("3兆宽带", "zh-CN"))


def test_the_ends_of_a_change_are_told_apart():
    assert [value.role for value in find_values("从45%提高到60%", "zh")] == [Role.START, Role.END]
    assert [value.role for value in find_values("to 60 percent from about 45 percent", "en")] == [
        Role.END,
        Role.START,
    ]


ANY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "一二三十百千万亿兆两〇零第年月日时点分之成倍个元亩里斤%％０１２9.,，、:/- 半上下周前至到从约多"
        ),
        st.sampled_from("aeimtyIVX$£½'of "),
        st.characters(),
    ),
    max_size=60,
)
PIECES = (
    "a an one two twenty hundred thousand million third half quarter quarters first and of in to from per "
    "cent percent points May June 5 21 2018 1,234 3.5 th st , . - $ £ yuan km square meters hour times IV "
    "Level Q1 a.m. noon year the out /"
)
WORDS = st.lists(
    st.sampled_from(PIECES.split(" ")),
    max_size=14,
).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(ANY, st.sampled_from(["zh-CN", "zh-TW", "en"]))
def test_every_value_is_exactly_its_stretch_of_the_text(text, lang):
    place = 0
    for value in scan_values(text, lang):
        assert text[value.start : value.end] == value.text
        assert value.start >= place or value.strength is Strength.TRACE
        place = max(place, value.start)


@settings(deadline=None, max_examples=300)
@given(WORDS)
def test_every_run_of_number_words_is_read_without_fault(text):
    for value in scan_values(text, "en"):
        assert text[value.start : value.end] == value.text
        assert value.amount.denominator >= 1


@pytest.mark.parametrize(
    "piece", ["二", "9", "十百千", "1,", "a hundred and ", "from ", "5 to ", "（一）", "百分之", "5 billion "]
)
def test_time_grows_with_the_text_and_not_with_its_square(piece, cpu_seconds):
    lang = "en" if piece.isascii() else "zh"
    short = cpu_seconds(lambda: scan_values(piece * 1000, lang))
    assert cpu_seconds(lambda: scan_values(piece * 8000, lang)) < 24 * max(short, 0.004)
