"""Dates, decades, times of day and quarters in Chinese text."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tm.text.dates import CLOCK, NUMERIC_DATE, chinese_time, read_chinese_date
from tm.text.numbers import Kind, Strength, Value
from tm.text.numbers_zh import read_chinese
from tm.text.quantities_zh_run import Run

__all__ = ["date", "decade", "period", "time"]


def date(scan: Run) -> Value | None:
    """A date, or the part of one that is written."""
    numeric = NUMERIC_DATE.match(scan.folded, scan.start)
    if numeric and int(numeric[3]) <= 12 and int(numeric[4]) <= 31:
        parts = (int(numeric[1]), int(numeric[3]), int(numeric[4]))
        return _dated(scan, parts, numeric.end())
    after = scan.folded[scan.after : scan.after + 2]
    if not after or after[0] not in "年月日号" or after == "年代":
        return None
    date = read_chinese_date(scan.folded, scan.start)
    if date is None or not any(date.parts):
        return None
    if after[0] == "号" and scan.before(1) != "月":
        return None
    return _dated(scan, date.parts, date.end)


def _dated(scan: Run, parts: tuple[int, int, int], end: int) -> Value:
    number = Fraction(parts[0] * 10000 + parts[1] * 100 + parts[2])
    value = scan.value(Kind.DATE, number, end=end)
    return replace(
        value, date=parts, figure=Fraction(parts[0] or parts[1] or parts[2]), strength=Strength.FIRM
    )


_CENTURY_DECADE = re.compile(r" ?世纪 ?(\d0|[一二三四五六七八九]十) ?年代")


def decade(scan: Run) -> Value | None:
    """The decade 90年代; 20世纪90年代 is 1990."""
    full = _CENTURY_DECADE.match(scan.folded, scan.end)
    if full and scan.figure is not None:
        tens = read_chinese(full[1])
        amount = (scan.figure.amount - 1) * 100 + (tens.amount if tens else 0)
        return replace(scan.value(Kind.DECADE, amount, end=full.end()), strength=Strength.LIKELY)
    if not scan.folded.startswith("年代", scan.after) or scan.figure is None:
        return None
    amount = scan.figure.amount if scan.figure.amount > 99 else scan.figure.amount % 100
    return replace(scan.value(Kind.DECADE, amount, end=scan.after + 2), strength=Strength.LIKELY)


def time(scan: Run) -> Value | None:
    """A time of day: 16时, 下午4点半, 16:00."""
    clock = CLOCK.match(scan.folded, scan.start)
    if clock:
        return replace(
            scan.value(Kind.TIME, Fraction(int(clock[1]) * 60 + int(clock[2])), end=clock.end()),
            others=() if int(clock[1]) > 12 else (Fraction(int(clock[1]) * 60 + int(clock[2]) + 720),),
        )
    after = scan.folded[scan.after : scan.after + 1]
    if not after or after not in "时点":
        return None
    read = chinese_time(scan.folded, scan.start)
    if read is None:
        return None
    minutes, end, certain, word = read
    spoken = scan.folded[end - 1] in "钟整半分" or word or after == "时"
    if not spoken and (scan.han or scan.before(1) in "涨跌升降至到共"):
        return None
    if after == "时" and not word and scan.han and not certain and scan.folded[end - 1] == "时":
        return None
    value = scan.value(Kind.TIME, Fraction(minutes), end=end, start=scan.start - word)
    others = () if certain else (Fraction(minutes + 720),)
    return replace(value, others=others, strength=Strength.FIRM)


def period(scan: Run) -> Value | None:
    """第一季度 is quarter 1; 前三季度 and 前三个季度 are quarters up to 3."""
    found = re.compile(r" ?个?季度?").match(scan.folded, scan.end)
    if not found or scan.figure is None or not 1 <= scan.figure.amount <= 4:
        return None
    tail = found.group().strip()
    first = scan.before(1) == "前"
    if tail in ("季", "个季") or ("个" in tail and not first):
        return None
    value = scan.value(Kind.PERIOD, scan.figure.amount, end=found.end(), start=scan.start - first)
    return replace(value, unit="quarters" if first else "quarter", strength=Strength.FIRM)
