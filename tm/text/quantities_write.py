"""How English writes a value: for suggestions and for repairing a draft."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from tm.text.numbers import Kind, Value, read_figure

__all__ = [
    "MONTHS",
    "decimals_of",
    "english_number",
    "english_period",
    "english_value",
    "ordinal_figure",
    "roman",
]

_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_CURRENCIES = {
    "CNY": "yuan", "USD": "US dollars", "EUR": "euros", "GBP": "pounds sterling", "JPY": "yen",
    "HKD": "Hong Kong dollars", "TWD": "New Taiwan dollars", "MOP": "patacas", "KRW": "won", "RUB": "rubles",
}  # fmt: skip
_UNITS = {
    "公里": "kilometers", "千米": "kilometers", "米": "meters", "厘米": "centimeters", "毫米": "millimeters",
    "平方公里": "square kilometers", "平方米": "square meters", "公顷": "hectares", "亩": "mu",
    "立方米": "cubic meters", "立方米每秒": "cubic meters per second", "吨": "tonnes", "公斤": "kilograms",
    "千瓦": "kilowatts", "兆瓦": "megawatts", "千瓦时": "kilowatt-hours",
    "年": "years", "个月": "months", "天": "days", "小时": "hours",
    "分钟": "minutes", "个工作日": "working days",
}  # fmt: skip
_MOST_DECIMALS = 6


def english_number(amount: Fraction, *, decimals: int = 0) -> str:
    """The number in figures, with million, billion or trillion from a million on; "" where it has no end.

    Below a million at least so many decimals are written.
    """
    for scale, word in _SCALES:
        if amount >= scale and (text := _decimal(amount / scale)):
            return f"{text} {word}"
    return _decimal(amount, least=decimals)


def english_value(value: Value, *, like: str = "") -> str:
    """The Chinese value in English; "" where more than one way of writing it would be right.

    `like` is the English that it takes the place of, whose way of writing an ordinal it keeps.
    """
    if value.kind is Kind.DATE:
        return _date(value.date)
    if value.kind is Kind.TIME:
        return "" if value.others else _time(int(value.amount))
    if value.kind is Kind.PERIOD:
        return english_period(value)
    number = english_number(value.figure, decimals=decimals_of(value))
    if not number or value.others:
        return ""
    if value.kind is Kind.ORDINAL:
        return _placed(value, like)
    return _with_unit(value, number)


def _with_unit(value: Value, number: str) -> str:
    if value.kind is Kind.RATIO:
        return f"{number} percent" if value.written in {"%", "百分之"} else ""
    if value.kind is Kind.POINT:
        return f"{number} percentage points"
    if value.kind is Kind.MONEY:
        currency = _CURRENCIES.get(value.unit)
        return f"{number} {currency}" if currency else ""
    if value.kind in {Kind.MEASURE, Kind.DURATION}:
        unit = _UNITS.get(value.written.lstrip("多余"))
        return f"{number} {unit}" if unit and value.amount and value.figure != 1 else ""
    return number if value.kind is Kind.COUNT else ""


_DIGITS = re.compile(r"[\d,]+\.(\d+)")


def decimals_of(value: Value) -> int:
    """How many decimals the Chinese writes, as statistics keep 11.0%; 0 where a scale word follows."""
    found = _DIGITS.search(unicodedata.normalize("NFKC", value.text))
    if found is None or len(found[1]) > _MOST_DECIMALS:
        return 0
    return len(found[1]) if read_figure(found[0]).amount == value.figure else 0


def _decimal(amount: Fraction, *, least: int = 0) -> str:
    """The amount in figures with thousands separators, if it ends within six decimals."""
    for places in range(least, _MOST_DECIMALS + 1):
        shifted = amount * 10**places
        if shifted.denominator == 1:
            whole, rest = divmod(int(shifted), 10**places)
            return f"{whole:,}" + (f".{rest:0{places}d}" if places else "")
    return ""


def _date(parts: tuple[int, int, int]) -> str:
    year, month, day = parts
    if not month:
        return str(year) if year and not day else ""
    name = MONTHS[month - 1]
    if day:
        return f"{name} {day}" + (f", {year}" if year else "")
    return f"{name} {year}" if year else name


def _time(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    if hour % 12 == 0:
        return {12: "12 noon"}.get(hour, "midnight") if not minute else ""
    half = "a.m." if hour < 12 else "p.m."
    return f"{hour % 12}" + (f":{minute:02d}" if minute else "") + f" {half}"


_QUARTERS = {1: "first quarter", 2: "second quarter", 3: "third quarter", 4: "fourth quarter"}
_FIRST_QUARTERS = {2: "first two quarters", 3: "first three quarters"}


def english_period(value: Value) -> str:
    """A quarter, half-year or the first quarters of a year; "" for other periods."""
    number = int(value.amount)
    if value.others or value.amount.denominator != 1:
        return ""
    if value.unit == "half":
        return {1: "first half", 2: "second half"}.get(number, "")
    names = {"quarter": _QUARTERS, "quarters": _FIRST_QUARTERS}.get(value.unit, {})
    return names.get(number, "")


_ROMAN_DIGITS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROMAN_HEADS = {"级": "Level ", "期": "Phase "}
_ORDER = re.compile(r".*?(?:(?P<nth>\d+(?:st|nd|rd|th))|(?P<roman>\b[IVX]+)|(?P<figure>\d+))$")


def _placed(value: Value, like: str) -> str:
    """An ordinal as the English writes its own: II, 2 or 2nd; Ⅱ级 is always Level II."""
    number = int(value.amount)
    if not re.search(r"\d|第[零〇一二三四五六七八九十百千]", unicodedata.normalize("NFKC", value.text)):
        return _ROMAN_HEADS.get(value.written, "") + roman(number) if 0 < number < 40 else ""
    found = _ORDER.fullmatch(like)
    if not like or (found and found["nth"]):
        return ordinal_figure(number)
    if found is None:
        return ""
    return f"{number}" if found["figure"] else roman(number) if 0 < number < 40 else ""


def roman(number: int) -> str:
    """The number, below forty, in Roman numerals."""
    written = ""
    for worth, sign in _ROMAN_DIGITS:
        count, number = divmod(number, worth)
        written += sign * count
    return written


def ordinal_figure(number: int) -> str:
    """The ordinal in figures: 11th, 21st."""
    suffix = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
