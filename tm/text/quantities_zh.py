"""Values in Chinese text."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from tm.text.numbers import Kind, Strength, Value
from tm.text.numbers_en import roman_number
from tm.text.numbers_zh import fold_digits, is_traditional, read_chinese, run_pattern
from tm.text.quantities_zh_dates import date, decade, period, time
from tm.text.quantities_zh_names import annex, code, dotted, label, ordinal, phrase, plan
from tm.text.quantities_zh_ranges import hedged, propagated
from tm.text.quantities_zh_ratios import fraction, slash, tenths
from tm.text.quantities_zh_run import ONE, Run
from tm.text.quantities_zh_units import bare, counted, decimal, quantity

__all__ = ["scan_chinese"]

_WORD = re.compile(
    r"(?P<half>上半年|下半年)"
    r"|(?P<relative>今年|去年|明年|本年|当年|上年|前年|全年|年初|年末|年底|年内|年来|一年|来年|近年|今明)"
    r"|(?P<reference>[前同本各][一二三四五六七八九十两]*[条项款目])"
    r"|(?P<latin>(?<![A-Za-z0-9-])[IVX]{1,5}(?= ?[期型级类章卷部届])|(?<=[-~])[IVX]{1,5}(?= ?[期型级类]))"
    r"|(?P<halfyear>半年)|(?P<ratio>一半|过半|半数)|(?P<doubled>翻番|倍增)"
    r"|(?P<weekday>(?:星期|周|礼拜)[一二三四五六日天])(?!年|期|岁|边|围|全|刊|到|密|个)"
    r"|(?P<roman>[Ⅰ-Ⅻ]+)|(?P<trace>[双首半单俩仨])"
)
_TRACES = {
    "双": Fraction(2),
    "首": ONE,
    "半": Fraction(1, 2),
    "单": ONE,
    "俩": Fraction(2),
    "仨": Fraction(3),
}


_ROMAN = {sign: number for number, sign in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", start=1)}


_ROMAN_LATIN = str.maketrans(
    {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "Ⅵ": "VI", "Ⅶ": "VII", "Ⅷ": "VIII"}
)
_Reader = Callable[[Run], Value | None]


def scan_chinese(text: str, lang: str = "zh-CN") -> list[Value]:
    """The values of a Chinese text in order, traces included."""
    folded = fold_digits(text)
    traditional = is_traditional(text) or lang.lower().startswith(("zh-tw", "zh-hk", "zh-mo", "zh-hant"))
    values = list(_numerals(text, folded, run_pattern(traditional=traditional)))
    return propagated(_merged(values, list(_words(text, folded))), folded)


def _merged(values: list[Value], words: list[Value]) -> list[Value]:
    """Both in order, without what another one covers; the number of 前三项 is soft."""
    if not words:
        return values
    kept = _outside(words, values)
    references = [word for word in words if word.unit == "reference"]
    soft = {id(value) for value in values} - {id(value) for value in _outside(values, references)}
    plain = [replace(value, strength=Strength.SOFT) if id(value) in soft else value for value in values]
    covering = [word for word in kept if word.unit not in {"relative", "reference"}]
    return sorted([*_outside(plain, covering), *kept], key=lambda value: value.start)


def _outside(values: list[Value], covers: list[Value]) -> list[Value]:
    """The values that none of the others covers; both lists are in order and do not overlap themselves."""
    starts = [cover.start for cover in covers]
    kept = []
    for value in values:
        place = bisect.bisect_right(starts, value.start) - 1
        if place < 0 or value.end > covers[place].end:
            kept.append(value)
    return kept


def _numerals(text: str, folded: str, pattern: re.Pattern[str]) -> Iterator[Value]:
    place = 0
    while found := pattern.search(folded, place):
        end = _run_end(folded, found.start(), found.end())
        scan = Run(text, folded, found.start(), end, read_chinese(folded[found.start() : end]))
        value = _read(scan) if scan.figure or plan(scan) else phrase(scan) or _either(scan)
        place = max(end, value.end if value else 0)
        if value is not None:
            yield hedged(value, folded)


_PAIRS = re.compile("(?:一[二两]|[二两]三|三[四五]|四五|五六|六七|七八|八九)")


def _either(scan: Run) -> Value | None:
    """Two numbers in one: 两三天 is two or three days, 三四十 thirty or forty."""
    pair = _PAIRS.search(scan.run)
    if pair is None:
        return None
    both = [read_chinese(scan.run[: pair.start()] + digit + scan.run[pair.end() :]) for digit in pair.group()]
    if both[0] is None or both[1] is None or not both[0].amount:
        return None
    value = _read(replace(scan, figure=both[0]))
    if value is None or value.kind is Kind.DATE:
        return None
    other = value.amount * both[1].amount / both[0].amount
    return replace(value, others=(other,), approximate=True, strength=min(value.strength, Strength.SOFT))


_SEAM = re.compile(r"[一二两三四五六七八九](?=\d)")


_THOUSANDS = frozenset("瓦克米伏赫")


def _run_end(folded: str, start: int, end: int) -> int:
    """Where a number ends that goes on in another or in a unit: 周四14:00, 1600万千瓦."""
    if folded[end - 1] == "千" and folded[end : end + 1] in _THOUSANDS and folded[end - 2] in "万亿":
        return end - 1
    seam = _SEAM.search(folded, start, end)
    return seam.end() if seam and seam.end() < end else end


def _read(scan: Run) -> Value | None:
    """What the run means where it stands."""
    for reader in _HAN_READERS if scan.han else _FIGURE_READERS:
        value = reader(scan)
        if value is not None:
            return value
    return None


_HAN_READERS: tuple[_Reader, ...] = (
    plan, label, decimal, fraction, period, decade, ordinal, phrase, date, time, tenths, quantity,
    annex, counted, bare,
)  # fmt: skip


_FIGURE_READERS: tuple[_Reader, ...] = (
    slash, dotted, code, label, date, decade, time, fraction, period, ordinal, tenths, quantity, bare,
)  # fmt: skip


def _words(text: str, folded: str) -> Iterator[Value]:
    """The values that stand in words without a numeral: 上半年, 一半, 周五, Ⅲ, 双."""
    for found in _WORD.finditer(folded):
        scan = Run(text, folded, found.start(), found.end(), None)
        name = found.lastgroup or "trace"
        if name in _FIXED:
            kind, amount, unit, strength = _FIXED[name]
            yield replace(scan.value(kind, amount), unit=unit, strength=strength)
        else:
            yield hedged(_spoken(scan, name), folded)


_FIXED: dict[str, tuple[Kind, Fraction, str, Strength]] = {
    "halfyear": (Kind.DURATION, Fraction(6), "month", Strength.SOFT),
    "ratio": (Kind.RATIO, Fraction(1, 2), "", Strength.SOFT),
    "doubled": (Kind.MULTIPLE, Fraction(2), "", Strength.SOFT),
    "relative": (Kind.DATE, Fraction(0), "relative", Strength.TRACE),
    "reference": (Kind.ORDINAL, Fraction(0), "reference", Strength.TRACE),
}


def _spoken(scan: Run, name: str) -> Value:
    """A word whose amount depends on its characters."""
    word = scan.run
    if name == "half":
        value = scan.value(Kind.PERIOD, ONE if word[0] == "上" else Fraction(2))
        return replace(value, unit="half", strength=Strength.FIRM)
    if name == "weekday":
        day = min("一二三四五六日天".index(word[-1]), 6) + 1
        return replace(scan.value(Kind.WEEKDAY, Fraction(day)), strength=Strength.LIKELY)
    if name in {"roman", "latin"}:
        number = _ROMAN.get(word) or roman_number(word.translate(_ROMAN_LATIN))
        value = scan.value(Kind.ORDINAL, Fraction(number))
        return replace(value, strength=Strength.FIRM, written=scan.folded[scan.end : scan.end + 1].strip())
    return replace(scan.value(Kind.COUNT, _TRACES[word]), strength=Strength.TRACE)
