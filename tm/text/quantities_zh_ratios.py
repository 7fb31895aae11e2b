"""Fractions, percentages, points and multiples in Chinese text."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tm.text.numbers import Figure, Kind, Strength, Value
from tm.text.numbers_zh import read_chinese, run_pattern
from tm.text.quantities_units import AFTER_TENTH
from tm.text.quantities_zh_run import ONE, Run

__all__ = ["fraction", "multiple", "percent", "point", "slash", "tenths", "with_decimals"]

_RISE = re.compile(r"(?:增长|增加|提高|上升|高出|扩大|上涨|增|涨|多)(?:了|近|约|超过|超|逾)?$")


def fraction(scan: Run) -> Value | None:
    """A ratio such as 百分之三 or 三分之二."""
    if not scan.folded.startswith("分之", scan.end):
        return None
    found = run_pattern(traditional=False).match(scan.folded, scan.end + 2)
    below = scan.figure
    above = read_chinese(found.group()) if found else None
    if below is None or above is None or found is None or not below.amount:
        return None
    end = found.end()
    amount = above.amount
    more = re.compile(r"点[〇一二三四五六七八九]+").match(scan.folded, end)
    if more:
        amount, end = with_decimals(amount, more.group()[1:]), more.end()
    value = scan.value(Kind.RATIO, amount / below.amount, end=end)
    return replace(
        value,
        figure=amount,
        step=above.step / below.amount,
        strength=Strength.SOFT if amount == below.amount else Strength.FIRM,
        written="百分之" if below.amount == 100 else "分之",
    )


_SLASH = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?![\d/年月])")


def slash(scan: Run) -> Value | None:
    """2/3; neither a date nor 24/7."""
    found = _SLASH.match(scan.folded, scan.start)
    if found is None or not 0 < int(found[1]) < int(found[2]):
        return None
    amount = Fraction(int(found[1]), int(found[2]))
    value = scan.value(Kind.RATIO, amount, end=found.end())
    return replace(value, figure=amount, step=Fraction(1, 100), written="分之", strength=Strength.LIKELY)


def with_decimals(amount: Fraction, decimals: str) -> Fraction:
    """The amount with the decimals that a Han numeral spells."""
    digits = "".join(str("〇一二三四五六七八九".index(sign)) for sign in decimals)
    return amount + Fraction(int(digits), 10 ** len(digits))


def tenths(scan: Run) -> Value | None:
    """三成 is 30 %."""
    folded, after = scan.folded, scan.after
    if folded[after : after + 1] != "成" or scan.figure is None or scan.figure.amount > 10:
        return None
    if folded[after + 1 : after + 2] in AFTER_TENTH and folded[after + 1 : after + 2]:
        return None
    value = scan.value(Kind.RATIO, scan.figure.amount / 10, end=after + 1)
    return replace(value, step=Fraction(1, 10), written="成", strength=Strength.FIRM)


def percent(scan: Run, sign: str) -> Value:
    """A percentage or per mille with its sign."""
    below = 100 if sign == "%" else 1000
    figure = scan.figure or Figure(amount=ONE, step=ONE)
    value = scan.value(Kind.RATIO, figure.amount / below, end=scan.after + 1)
    if figure.amount == below:
        value = replace(value, strength=Strength.SOFT)
    return replace(value, step=figure.step / below, written=sign)


def point(scan: Run) -> Value:
    """A number of percentage points, 百分点."""
    figure = scan.figure or Figure(amount=ONE, step=ONE)
    end = scan.folded.index("点", scan.after) + 1
    strength = Strength.SOFT if figure.amount == 1 else Strength.FIRM
    return replace(scan.value(Kind.POINT, figure.amount, end=end), strength=strength, written="百分点")


def multiple(scan: Run) -> Value | None:
    """2倍 is 2 times; after a word of rising it is the increase, so that the whole is 3 times."""
    if scan.figure is None:
        return None
    if scan.folded[scan.after : scan.after + 1] == "番" and scan.before(1) == "翻" and scan.figure.amount < 9:
        amount = Fraction(2 ** int(scan.figure.amount))
        return replace(
            scan.value(Kind.MULTIPLE, amount, end=scan.after + 1, start=scan.start - 1),
            strength=Strength.FIRM,
        )
    place = scan.after + (scan.folded[scan.after : scan.after + 1] in ("多", "余"))
    if scan.folded[place : place + 1] != "倍" or scan.folded[place : place + 2] in ("倍数", "倍增", "倍率"):
        return None
    value = scan.value(Kind.MULTIPLE, scan.figure.amount, end=place + 1)
    rise = scan.before(2).endswith(("翻", "翻了")) or _RISE.search(scan.before(6)) is not None
    others = (scan.figure.amount + 1,) if rise else ()
    return replace(value, unit="rise" if rise else "", others=others, strength=Strength.FIRM)
