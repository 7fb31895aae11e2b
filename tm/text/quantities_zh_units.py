"""Numbers with units and counters in Chinese text."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tm.text.dates import is_year
from tm.text.numbers import Figure, Kind, Strength, Value
from tm.text.numbers_zh import read_chinese
from tm.text.quantities_units import (
    CHINESE,
    CHINESE_LONGEST,
    CHINESE_MONEY_BEFORE,
    COUNTERS,
    LONGER_UNITS,
    Measure,
)
from tm.text.quantities_zh_ratios import multiple, percent, point, with_decimals
from tm.text.quantities_zh_run import ONE, Run, in_place, sums_up, vague

__all__ = ["bare", "counted", "decimal", "measure", "quantity"]

_DECIMAL = re.compile(r"([〇一二三四五六七八九十百千]+)[点.]([〇一二三四五六七八九]+)(万亿|万|亿)?")


def decimal(scan: Run) -> Value | None:
    """三点五亿元; only before a unit, for 三点五十分 is a time."""
    found = _DECIMAL.match(scan.folded, scan.start)
    whole = read_chinese(found[1]) if found else None
    if found is None or whole is None:
        return None
    scale = read_chinese("1" + found[3]) if found[3] else None
    worth = scale.amount if scale else ONE
    figure = Figure(
        amount=with_decimals(whole.amount, found[2]) * worth, step=Fraction(1, 10 ** len(found[2])) * worth
    )
    inner = Run(scan.text, scan.folded, scan.start, found.end(), figure)
    value = quantity(inner) or counted(inner)
    return replace(value, strength=Strength.FIRM) if value else None


def measure(scan: Run) -> tuple[Measure | None, int, bool]:
    """The unit after the run, where it ends, and whether 多 or 余 stands between."""
    place = scan.after
    hedged = scan.folded[place : place + 1] in ("多", "余", "来")
    place += hedged
    for length in range(CHINESE_LONGEST, 0, -1):
        word = scan.folded[place : place + length]
        unit = CHINESE.get(word) if len(word) == length else None
        if unit is not None and not _continues(scan.folded, word, place + length):
            return unit, place + length, hedged
    return None, place, hedged


def _continues(folded: str, word: str, end: int) -> bool:
    """Whether a unit's word goes on as another: 米粉, 年级, 5GB and 里程 are no units."""
    after = folded[end : end + 1]
    if word[-1].isascii() and word[-1].isalpha():
        return after.isascii() and after.isalnum()
    return (word[-1] + after) in LONGER_UNITS


def quantity(scan: Run) -> Value | None:
    """A number with a unit of money, time or measure."""
    if scan.figure is None:
        return None
    rest = scan.folded[scan.after : scan.after + 1]
    if rest and rest in "%‰":
        return percent(scan, rest)
    if scan.folded.startswith(("个百分点", "百分点"), scan.after):
        return point(scan)
    unit, end, hedged = measure(scan)
    if unit is None:
        return _money_before(scan) or multiple(scan)
    halves = (
        Fraction(1, 2) if unit.kind is Kind.DURATION and scan.folded[end : end + 1] == "半" else Fraction(0)
    )
    end += bool(halves)
    value = scan.value(unit.kind, (scan.figure.amount + halves) * unit.factor, end=end)
    weak = scan.figure.amount == 1 or scan.folded[end : end + 1] == "级" or in_place(scan, end) or vague(scan)
    before = _currency_before(scan)
    return replace(
        value,
        unit=before if before and unit.kind is Kind.MONEY else unit.unit,
        step=scan.figure.step * unit.factor,
        approximate=hedged,
        written=scan.text[scan.after : end],
        strength=Strength.SOFT if weak else _amount_strength(scan),
    )


def _amount_strength(scan: Run) -> Strength:
    """A Han numeral up to ten before a unit may be paraphrased (两天, 三年来); a figure may not."""
    small = scan.han and scan.figure is not None and scan.figure.amount <= 10
    return Strength.LIKELY if small else Strength.FIRM


def _currency_before(scan: Run) -> str:
    before = scan.before(4).rstrip(" ")
    return next((code for sign, code in CHINESE_MONEY_BEFORE.items() if before.endswith(sign)), "")


def _money_before(scan: Run) -> Value | None:
    code = _currency_before(scan)
    if not code or scan.figure is None:
        return None
    return replace(scan.value(Kind.MONEY, scan.figure.amount), unit=code, strength=Strength.FIRM)


_QUOTES = frozenset('“‘「『"')


def counted(scan: Run) -> Value | None:
    """A Han numeral before a counter: 七个, 三千二百多人."""
    if scan.figure is None:
        return None
    place = scan.after
    hedged = scan.folded[place : place + 1] in ("多", "余", "来")
    place += hedged
    if scan.folded[place : place + 1] not in COUNTERS and scan.folded[place : place + 2] not in COUNTERS:
        return None
    amount = scan.figure.amount
    small = (
        amount <= 2
        or scan.before(1) in _QUOTES
        or vague(scan)
        or sums_up(scan)
        or in_place(scan, place + 1)
        or scan.folded[place] == "等"
        or scan.run in ("千万", "百万", "万", "亿", "千", "百")
    )
    strength = Strength.SOFT if small else Strength.LIKELY if amount <= 10 else Strength.FIRM
    value = scan.value(Kind.COUNT, amount)
    return replace(value, strength=strength, approximate=hedged)


def bare(scan: Run) -> Value | None:
    """A figure counts wherever it stands; a Han numeral of two characters and more may."""
    if scan.figure is None:
        return None
    amount = scan.figure.amount
    if scan.han:
        strength = Strength.SOFT if amount > 10 and len(scan.run) > 1 else Strength.TRACE
        return replace(scan.value(Kind.COUNT, amount), strength=strength)
    if is_year(int(amount)) and amount.denominator == 1 and len(scan.run) == 4:
        return scan.value(Kind.COUNT, amount)
    value = scan.value(Kind.COUNT, amount)
    return replace(value, strength=Strength.SOFT) if amount == 1 or sums_up(scan) else value
