"""Dates, times of day and periods, as both languages write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tm.text.numbers_zh import read_chinese

__all__ = [
    "CHINESE_DATE",
    "CHINESE_TIME",
    "CLOCK",
    "MONTHS",
    "NUMERIC_DATE",
    "WEEKDAYS",
    "Date",
    "chinese_time",
    "is_year",
    "read_chinese_date",
]

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS: dict[str, int] = {
    **{name: number for number, name in enumerate(_NAMES, start=1)},
    **{name[:3]: number for number, name in enumerate(_NAMES, start=1)},
    "sept": 9,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS: dict[str, int] = {
    **{name: number for number, name in enumerate(_DAYS, start=1)},
    **{name + "s": number for number, name in enumerate(_DAYS, start=1)},
}

NUMERIC_DATE = re.compile(r"(?<![\d.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d.]?\d)")
CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])")
_HAN = "〇一二三四五六七八九十廿卅"
CHINESE_DATE = re.compile(
    rf"(?:(?P<year>\d{{2,4}}|[{_HAN}百]{{2,5}}) ?年 ?(?:的|度)?)?"
    rf"(?:(?P<month>\d{{1,2}}|[{_HAN}]{{1,3}}) ?月(?!\d*经)份?)?"
    rf" ?(?:(?P<day>\d{{1,2}}|[{_HAN}]{{1,3}}) ?[日号])?"
)
CHINESE_TIME = re.compile(
    r"(?P<hour>\d{1,2}|[〇一二两三四五六七八九十]{1,3}) ?[时点](?!代|期|间|段|候|评|子|击|多)钟?整?"
    r"(?:(?P<half>半)|(?P<minute>\d{1,2}|[〇一二三四五六七八九十]{1,3})分)?"
)
_AFTERNOON = ("下午", "晚上", "傍晚", "夜间", "午后", "当晚", "今晚", "晚间", "夜里", "晚")
_MORNING = ("上午", "凌晨", "早上", "清晨", "早晨", "今早", "早")


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date or a part of one; 0 for a part that is not written."""

    year: int = 0
    month: int = 0
    day: int = 0
    end: int = 0

    @property
    def parts(self) -> tuple[int, int, int]:
        """Year, month, day."""
        return (self.year, self.month, self.day)

    @property
    def number(self) -> int:
        """The parts as one figure, 20181121."""
        return self.year * 10000 + self.month * 100 + self.day


def is_year(amount: int) -> bool:
    """Whether a four-figure number may be a year."""
    return 1000 <= amount <= 2199


def _read(run: str | None) -> int:
    figure = read_chinese(run) if run else None
    return int(figure.amount) if figure is not None else 0


def read_chinese_date(folded: str, start: int) -> Date | None:
    """The date that begins at `start`, as far as it goes; None where a duration or a number stands."""
    found = CHINESE_DATE.match(folded, start)
    if found is None or found.end() == start:
        return None
    written = found["year"]
    date = Date(year=_read(written), month=_read(found["month"]), day=_read(found["day"]), end=found.end())
    if date.month > 12 or date.day > 31 or (found["month"] and not date.month):
        return None
    return _with_year(folded, start, date) if written else date


def _with_year(folded: str, start: int, date: Date) -> Date | None:
    """The date with its year in full: 民国九十五年 is 2006, 18年3月 is 2018."""
    year = date.year
    if folded[max(0, start - 2) : start] == "民国" or (date.month and year < 150 and "民国" in folded):
        year += 1911
    elif not is_year(year):
        if not (date.month and 0 < year < 100):
            return None
        year += 2000 if year < 50 else 1900
    return Date(year=year, month=date.month, day=date.day, end=date.end)


def _meridian(before: str) -> tuple[int, int]:
    """Hours to add after such a word (12 in the afternoon), and the word's length."""
    before = before.rstrip(" ")
    for words, hours in ((_AFTERNOON, 12), (_MORNING, 0)):
        for word in words:
            if before.endswith(word):
                return hours, len(word)
    return -1, 0


def chinese_time(folded: str, start: int) -> tuple[int, int, bool, int] | None:
    """Minutes since midnight, end, whether it is certain which half of the day, and that word's length."""
    found = CHINESE_TIME.match(folded, start)
    if found is None:
        return None
    hour, minute = _read(found["hour"]), 30 if found["half"] else _read(found["minute"])
    extra, length = _meridian(folded[max(0, start - 3) : start])
    if hour > 24 or minute > 59:
        return None
    if extra == 12 and hour < 12:
        hour += 12
    certain = extra >= 0 or hour > 12 or hour == 0 or "时" in found.group()
    return hour * 60 + minute, found.end(), certain, length
