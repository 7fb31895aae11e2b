"""What English writes for a Chinese value is that value again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.text.quantities import find_values
from tm.text.quantities_compare import compare_texts
from tm.text.quantities_write import english_number, english_value


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("5650亿元", "565 billion yuan"),
        ("4.63万", "46,300"),
        ("7.6%", "7.6 percent"),
        ("1.5个百分点", "1.5 percentage points"),
        ("2018年11月21日", "November 21, 2018"),
        ("16时", "4 p.m."),
        ("12时", "12 noon"),
        ("第21次", "21st"),
        ("第112次", "112th"),
        ("350万亩", "3.5 million mu"),
        ("5个工作日", "5 working days"),
        ("11.0%", "11.0 percent"),
        ("0.20个百分点", "0.20 percentage points"),
        ("2.0亿元", "200 million yuan"),
        ("Ⅱ级", "Level II"),
        ("Ⅳ类", "IV"),
        ("前三季度", "first three quarters"),
        ("二季度", "second quarter"),
        ("下半年", "second half"),
        ("三成", ""),
        ("增长1.5倍", ""),
    ],
)
def test_a_value_is_written_as_releases_write_it(zh, en):
    assert english_value(find_values(zh, "zh-CN")[0]) == en


@pytest.mark.parametrize(
    ("zh", "like", "en"),
    [
        ("第31条", "Article 32", "31"),
        ("第三期", "Phase II", "III"),
        ("第21次", "the 22nd", "21st"),
        ("第三次", "the second", ""),
        ("Ⅱ级", "Level 3", "Level II"),
    ],
)
def test_an_ordinal_is_written_as_the_english_writes_its_own(zh, like, en):
    assert english_value(find_values(zh, "zh-CN")[0], like=like) == en


@settings(deadline=None)
@given(st.integers(0, 10**14), st.integers(0, 4))
def test_a_number_is_read_again_as_it_was_written(number, places):
    amount = Fraction(number, 10**places)
    text = english_number(amount)
    values = find_values(f"{text} tons", "en")
    assert text
    assert amount == 0 or values[0].figure == amount


@settings(deadline=None)
@given(
    st.integers(2, 99999),
    st.sampled_from(
        ["亿元", "万元", "万亩", "%", "个百分点", "公里", "万吨", "毫米", "个工作日", "平方公里"]
    ),
)
def test_what_is_written_agrees_with_the_chinese(number, unit):
    zh = f"共{number}{unit}"
    assert compare_texts(zh, english_value(find_values(zh, "zh-CN")[0])).clean
