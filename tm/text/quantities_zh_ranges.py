"""What stands around Chinese values: hedges, the ends of a change, shared units."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tm.text.dates import is_year
from tm.text.numbers import Kind, Role, Strength, Value
from tm.text.numbers_zh import read_chinese
from tm.text.quantities_zh_run import ONE

__all__ = ["hedged", "propagated"]

_HEDGES_BEFORE = ("约", "近", "超", "逾", "超过", "过", "将近", "大约", "不足", "至少", "突破", "上", "达到")


_HEDGES_AFTER = ("以上", "以下", "以内", "左右", "上下", "许", "之多")


_FROM = ("由", "从", "自")


_TO = ("到", "至", "为", "达", "达到", "成", "-", "~")


def hedged(value: Value, folded: str) -> Value:
    """The value with what stands around it: hedges and its end of a change."""
    before = folded[max(0, value.start - 3) : value.start].rstrip(" ")
    after = folded[value.end : value.end + 2]
    approximate = value.approximate or before.endswith(_HEDGES_BEFORE) or after.startswith(_HEDGES_AFTER)
    approximate = approximate or any(sign in value.text for sign in "多余来几")
    role = Role.START if before.endswith(_FROM) else Role.END if before.endswith(_TO) else Role.NONE
    if approximate or role:
        return replace(value, approximate=approximate, role=role)
    return value


_RANGE = re.compile(r" ?(?:至|到|-|~|、|和|或|与|及) ?")


_SCALE = re.compile(r"[万亿兆]+$")


def propagated(values: list[Value], folded: str) -> list[Value]:
    """The values, with the unit of 120至200毫米 or 1至11月 on both numbers."""
    for place in range(len(values) - 2, -1, -1):
        left, right = values[place], values[place + 1]
        if _RANGE.fullmatch(folded, left.end, right.start):
            values[place], values[place + 1] = _shared(left, right, folded)
    return values


def _shared(left: Value, right: Value, folded: str) -> tuple[Value, Value]:
    """Both ends of a range or list, each with what only the other one writes."""
    if left.kind is Kind.DATE and right.kind is Kind.DATE:
        return left, _month_of(left, right)
    if left.kind is not Kind.COUNT:
        return left, right
    if right.kind is Kind.PERIOD and right.unit == "quarter" and left.amount == 1:
        return replace(left, strength=Strength.TRACE), replace(right, unit="quarters")
    if left.strength is Strength.TRACE:
        return left, right
    return _years(left, right, folded) or (_like_right(left, right, folded), right)


def _month_of(left: Value, right: Value) -> Value:
    """The second date with the month of the first: 6月26日至28日."""
    year, month, day = right.date
    if not day or month or not left.date[1]:
        return right
    return replace(right, date=(year or left.date[0], left.date[1], day))


def _like_right(left: Value, right: Value, folded: str) -> Value:
    """The left number as what the right one is."""
    if right.kind is Kind.DATE:
        return _dated_left(left, right)
    if right.kind in _SHARED_KINDS and not left.written:
        return _measured_left(left, right, folded)
    return left


_SHARED_KINDS = frozenset(
    {Kind.RATIO, Kind.POINT, Kind.MONEY, Kind.MEASURE, Kind.DURATION, Kind.COUNT, Kind.MULTIPLE}
)


def _years(left: Value, right: Value, folded: str) -> tuple[Value, Value] | None:
    """2010-11年, 2019-20赛季: two years."""
    if folded[left.end : right.start].strip() != "-" or len(left.text) != 4 or not is_year(int(left.amount)):
        return None
    first = int(left.amount)
    short = right.text[:2].isdecimal() and not right.text[2:3].isdecimal()
    spans = right.kind is Kind.DURATION and right.written == "年"
    if not short or not (spans or (right.kind is Kind.COUNT and right.figure == first % 100 + 1)):
        return None
    second = first - first % 100 + int(right.figure)
    return _year_value(left, first), _year_value(right, second)


def _year_value(value: Value, year: int) -> Value:
    return replace(
        value,
        kind=Kind.DATE,
        unit="",
        date=(year, 0, 0),
        amount=Fraction(year * 10000),
        figure=Fraction(year),
    )


def _dated_left(left: Value, right: Value) -> Value:
    amount = int(left.amount)
    year, month, day = right.date
    parts = (
        (amount, 0, 0)
        if is_year(amount) and year
        else (0, amount, 0)
        if month and not day
        else (0, 0, amount)
    )
    if parts[1] > 12 or parts[2] > 31:
        return left
    return replace(
        left,
        strength=Strength.FIRM,
        kind=Kind.DATE,
        date=parts,
        amount=Fraction(parts[0] * 10000 + parts[1] * 100 + parts[2]),
    )


def _measured_left(left: Value, right: Value, folded: str) -> Value:
    """The left number with the right one's unit and, where it reads so, its 万 or 亿."""
    factor = right.amount / right.figure if right.figure else ONE
    figure, step = left.figure, left.step
    scale = _SCALE.search(
        read_scale := folded[right.start : right.end].rstrip("元人个吨亩米公里斤平方美欧顷户名次 ")
    )
    written = _SCALE.search(folded[left.start : left.end])
    others: tuple[Fraction, ...] = ()
    if scale and not written and read_scale:
        worth = read_chinese("1" + scale.group())
        if worth is not None and figure * worth.amount < right.figure:
            others = (figure * factor,)
            figure, step = figure * worth.amount, step * worth.amount
    if right.kind is Kind.COUNT and not others:
        return left
    return replace(
        left,
        kind=right.kind,
        unit=right.unit,
        amount=figure * factor,
        figure=figure,
        step=step * factor,
        others=others,
    )
