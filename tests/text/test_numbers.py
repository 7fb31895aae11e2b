"""Numbers in words, read and written by an independent writer."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.text.numbers import read_figure
from tm.text.numbers_en import read_phrase, roman_number, tokens_of
from tm.text.numbers_zh import fold_digits, read_chinese

HAN = "零一二三四五六七八九"
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["x", "x", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def han_below_ten_thousand(number):
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if zero and text else "") + HAN[digit] + name
            zero = False
        elif text:
            zero = True
    return text


def han(number):
    text = ""
    for unit, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // unit % 10000
        if part:
            text += ("零" if text and part < 1000 else "") + han_below_ten_thousand(part) + name
    return text


def english(number):
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + ("-" + ONES[number % 10] if number % 10 else "")
    for unit, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= unit:
            rest = number % unit
            joint = " and " if rest and rest < 100 and unit == 100 else " "
            return english(number // unit) + " " + name + (joint + english(rest) if rest else "")
    raise AssertionError(number)


@settings(deadline=None)
@given(st.integers(1, 10**12 - 1))
def test_a_han_numeral_is_read_as_it_was_written(number):
    figure = read_chinese(fold_digits(han(number)))
    assert figure is not None
    assert figure.amount == number


@settings(deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_a_number_in_english_words_is_read_as_it_was_written(number):
    text = english(number)
    phrase = read_phrase(text, tokens_of(text), 0)
    assert phrase is not None
    assert phrase.figure.amount == number
    assert phrase.after == len(tokens_of(text))


@settings(deadline=None)
@given(st.integers(0, 10**15), st.integers(0, 6))
def test_a_figure_is_read_as_it_was_written(number, places):
    amount = Fraction(number, 10**places)
    text = f"{number // 10**places:,}" + (f".{number % 10**places:0{places}d}" if places else "")
    assert read_figure(text).amount == amount


@pytest.mark.parametrize(
    ("run", "amount"),
    [
        ("1亿7千万", 170_000_000),
        ("3.5万亿", 3_500_000_000_000),
        ("1万3千亿", 1_300_000_000_000),
        ("一万五", 15_000),
        ("三百五", 350),
        ("一百零五", 105),
        ("二〇一九", 2019),
        ("廿一", 21),
        ("两千", 2000),
        ("百万", 1_000_000),
        ("一百十", 110),
        ("１，０００", 1000),
        ("叁拾伍", 35),
        ("萬", 10_000),
    ],
)
def test_mixed_and_formal_numerals(run, amount):
    figure = read_chinese(fold_digits(run))
    assert figure is not None
    assert figure.amount == amount


@pytest.mark.parametrize("run", ["万千", "三五", "十四五", "七八"])
def test_what_is_no_single_number_is_none(run):
    assert read_chinese(run) is None


@settings(deadline=None)
@given(st.text(alphabet="一二三十百千万亿萬點個Aa１２ ，。％", max_size=40))
def test_folding_keeps_every_offset(text):
    assert len(fold_digits(text)) == len(text)


def test_roman_numerals():
    assert [roman_number(text) for text in ("I", "IV", "IX", "XIV", "XL", "MMXIX", "IIII", "", "VX")] == [
        1, 4, 9, 14, 40, 2019, 0, 0, 0,
    ]  # fmt: skip
