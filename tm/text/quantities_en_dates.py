"""Dates, decades and times of day in English text."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tm.text.dates import CLOCK, MONTHS, NUMERIC_DATE, WEEKDAYS, is_year
from tm.text.numbers import Kind, Strength, Value
from tm.text.quantities_en_at import ONE, At
from tm.text.quantities_units import AMBIGUOUS_MONTHS, BEFORE_MONTH, ENGLISH

__all__ = [
    "day_first",
    "decade",
    "month",
    "named_time",
    "relative",
    "round_the_clock",
    "time",
    "weekday",
    "year",
]

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?"
    r"(?:(?P<am>a\.?m\b\.?)|(?P<pm>p\.?m\b\.?)|(?P<clock>o['’]clock)|(?P<noon>noon)|(?P<midnight>midnight))",
    re.IGNORECASE,
)


_CLOCK_ROUND = re.compile(r"\b(?:around|round) the clock\b|\b24/7\b|\bday and night\b", re.IGNORECASE)


def round_the_clock(text: str) -> list[Value]:
    """Traces of 24 hours: around the clock, 24/7."""
    return [
        Value(
            start=found.start(), end=found.end(), kind=Kind.DURATION, amount=ONE, figure=Fraction(24),
            text=found.group(), unit="day", strength=Strength.TRACE,
        )
        for found in _CLOCK_ROUND.finditer(text)
    ]  # fmt: skip


_RELATIVE = re.compile(
    r"\b(?:this|last|next|the previous|the past|that|the following|the same|the) year\b", re.IGNORECASE
)


def relative(text: str) -> list[Value]:
    """Words like "this year": traces that make a year known."""
    return [
        Value(
            start=found.start(), end=found.end(), kind=Kind.DATE, amount=Fraction(0), text=found.group(),
            unit="relative", strength=Strength.TRACE,
        )
        for found in _RELATIVE.finditer(text)
    ]  # fmt: skip


def month(scan: At) -> Value | None:
    """November 21, 2018; November 2018; November. May needs a figure or a preposition beside it."""
    month = MONTHS.get(scan.token.word)
    if month is None or not scan.text[scan.token.start].isupper():
        return None
    day, year, after = _day_and_year(scan, scan.index + 1)
    if scan.token.word in AMBIGUOUS_MONTHS and not (day or year) and not _dated_before(scan):
        return None
    return _dated(scan, (year, month, day), scan.tokens[after - 1].end)


def _dated_before(scan: At) -> bool:
    return (
        scan.word(scan.index - 1) in BEFORE_MONTH or scan.folded[scan.token.end : scan.token.end + 1] == "."
    )


def _day_and_year(scan: At, place: int) -> tuple[int, int, int]:
    """Day and year after a month's name, 0 where absent, and the index behind them."""
    day = year = 0
    if scan.gap(place).strip() in {"", "."} and _is_day(scan, place):
        day = int(scan.word(place))
        place += 1
        place += scan.gap(place) == "" and scan.word(place) in {"st", "nd", "rd", "th"}
    if scan.gap(place).strip() in {"", ",", "."} and _is_year_token(scan, place):
        year = int(scan.word(place))
        place += 1
    return day, year, place


def _is_day(scan: At, place: int) -> bool:
    word = scan.word(place)
    clock = scan.folded[scan.tokens[place].end : scan.tokens[place].end + 1] == ":" if word else False
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 and not clock


def _is_year_token(scan: At, place: int) -> bool:
    word = scan.word(place)
    return word.isdecimal() and len(word) == 4 and is_year(int(word))


def _dated(scan: At, parts: tuple[int, int, int], end: int) -> Value:
    number = Fraction(parts[0] * 10000 + parts[1] * 100 + parts[2])
    return replace(scan.value(Kind.DATE, number, end), date=parts, figure=Fraction(parts[0] or parts[1]))


def day_first(scan: At) -> Value | None:
    """21 November 2018; the 21st of November."""
    numeric = NUMERIC_DATE.match(scan.folded, scan.token.start)
    if numeric and int(numeric[3]) <= 12 and int(numeric[4]) <= 31:
        return _dated(scan, (int(numeric[1]), int(numeric[3]), int(numeric[4])), numeric.end())
    if not _is_day(scan, scan.index):
        return None
    place = scan.index + 1
    place += scan.gap(place) == "" and scan.word(place) in {"st", "nd", "rd", "th"}
    place += scan.word(place) == "of"
    month = MONTHS.get(scan.word(place))
    if month is None or not scan.close(place) or not scan.text[scan.tokens[place].start].isupper():
        return None
    year = 0
    if scan.gap(place + 1).strip() in {"", ",", "."} and _is_year_token(scan, place + 1):
        place += 1
        year = int(scan.word(place))
    return _dated(scan, (year, month, int(scan.token.word)), scan.tokens[place].end)


def time(scan: At) -> Value | None:
    """A time of day: 4 p.m., 16:00, 12 noon."""
    start = scan.token.start
    found = _TIME.match(scan.folded, start)
    if found is None:
        clock = CLOCK.match(scan.folded, start)
        if clock is None:
            return None
        minutes = int(clock[1]) * 60 + int(clock[2])
        value = scan.value(Kind.TIME, Fraction(minutes), clock.end())
        return replace(value, others=(Fraction(minutes + 720),) if int(clock[1]) <= 12 else ())
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 24:
        return None
    hour = hour % 12 + (12 if found["pm"] else 0) if found["am"] or found["pm"] else hour
    if found["midnight"]:
        hour = 0
    value = scan.value(Kind.TIME, Fraction(hour * 60 + minute), found.end())
    others = (value.amount + 720,) if found["clock"] else (value.amount + 1440,) if hour == 0 else ()
    return replace(value, others=others)


def named_time(scan: At) -> Value | None:
    """Noon and midnight."""
    word = scan.token.word
    if word not in {"noon", "midday", "midnight"}:
        return None
    value = scan.value(Kind.TIME, Fraction(0 if word == "midnight" else 720), scan.token.end)
    return replace(value, others=(Fraction(1440),) if word == "midnight" else (), strength=Strength.SOFT)


def weekday(scan: At) -> Value | None:
    """Monday to Sunday."""
    number = WEEKDAYS.get(scan.token.word)
    if number is None:
        return None
    return replace(scan.value(Kind.WEEKDAY, Fraction(number), scan.token.end), strength=Strength.LIKELY)


def year(scan: At) -> Value | None:
    """2019; the 1990s; 2018-19 as a year."""
    if not _is_year_token(scan, scan.index):
        return None
    number, after = int(scan.token.word), scan.index + 1
    if scan.word(after) == "s" and scan.gap(after).strip("'’") == "":
        value = scan.value(Kind.DECADE, Fraction(number), scan.tokens[after].end)
        return replace(value, strength=Strength.LIKELY)
    if scan.gap(scan.index) in _MONEY_GAPS and scan.word(scan.index - 1) in _MONEY_SIGNS:
        return None
    if scan.close(after) and (scan.word(after) in _NOT_AFTER_YEAR or scan.word(after) in ENGLISH):
        return None
    return _dated(scan, (number, 0, 0), scan.token.end)


_MONEY_GAPS = frozenset({"", " "})


_MONEY_SIGNS = frozenset({"$", "£", "€", "¥", "rmb", "usd", "cny", "nt", "ntd"})


_NOT_AFTER_YEAR = frozenset(
    [
        "percent",
        "per",
        "%",
        "million",
        "billion",
        "trillion",
        "thousand",
        "people",
        "persons",
        "times",
        "square",
        "cubic",
    ]
) - {"per"}


def decade(scan: At) -> Value | None:
    """A decade in two figures: the '90s."""
    if scan.word(scan.index + 1) != "s" or scan.gap(scan.index + 1).strip("'’") or len(scan.token.word) != 2:
        return None
    value = scan.value(Kind.DECADE, Fraction(scan.token.word), scan.tokens[scan.index + 1].end)
    return replace(value, strength=Strength.SOFT)
