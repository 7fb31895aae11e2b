"""What English values share with their neighbours: roles, units and months."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tm.text.numbers import Figure, Kind, Role, Strength, Value
from tm.text.quantities_en_at import ONE
from tm.text.quantities_units import ENGLISH_MONEY_BEFORE

__all__ = ["propagated"]

_RANGE = re.compile(r"\s?(?:to|-|and|or|through|,|until|&|/|, and|–)\s?")


_SHARED_KINDS = frozenset(
    {Kind.RATIO, Kind.POINT, Kind.MONEY, Kind.MEASURE, Kind.DURATION, Kind.MULTIPLE, Kind.COUNT}
)


def propagated(values: list[Value], folded: str) -> list[Value]:
    """The values, with the unit of "120 to 200 millimeters" or "June 26 to 28" on both numbers."""
    values.sort(key=lambda value: value.start)
    for place in range(len(values) - 2, -1, -1):
        left, right = values[place], values[place + 1]
        gap = folded[left.end : right.start].lower()
        if len(gap) <= 9 and (found := _RANGE.fullmatch(gap)):
            values[place] = _left_of(left, right, folded)
            del found
    values[:] = [_with_role(value, folded) for value in values]
    for place in range(len(values) - 1):
        left, right = values[place], values[place + 1]
        gap = folded[left.end : right.start].lower().strip()
        if left.kind is Kind.DATE and gap in {"to", "-", "and", "through", "until"}:
            values[place + 1] = _right_of(left, right)
    return values


_ROLE = re.compile(
    r"\b(from|to)\s(?:(?:about|level|grade|class|nearly|around|some|over|the|a|rmb|phase|stage|category|[a-z]*\$)[\s-]?)*$",
    re.IGNORECASE,
)


def _with_role(value: Value, folded: str) -> Value:
    """The value as an end of a change: from Level IV to Level III."""
    found = _ROLE.search(folded[max(0, value.start - 24) : value.start])
    return replace(value, role=Role(found[1].lower())) if found else value


def _right_of(left: Value, right: Value) -> Value:
    """June 26 to 28; 2018-19."""
    year, month, day = left.date
    if (
        right.kind not in {Kind.COUNT, Kind.ORDINAL}
        or right.strength is not Strength.FIRM
        or right.amount.denominator != 1
    ):
        return right
    amount = int(right.amount)
    if day and month and 1 <= amount <= 31:
        return replace(right, kind=Kind.DATE, date=(0, month, amount), amount=Fraction(month * 100 + amount))
    if year and not month and year % 100 < amount <= 99 and right.text.isdecimal():
        full = year - year % 100 + amount
        return replace(right, kind=Kind.DATE, date=(full, 0, 0), amount=Fraction(full * 10000))
    return right


def _left_of(left: Value, right: Value, folded: str) -> Value:
    if (
        left.kind is Kind.MONEY
        and left.written in ENGLISH_MONEY_BEFORE
        and right.kind in {Kind.MONEY, Kind.COUNT}
    ):
        return _scaled(left, right, folded)
    if left.kind not in {Kind.COUNT, Kind.ORDINAL} or left.strength is Strength.TRACE:
        return left
    if right.kind is Kind.DATE:
        return _dated_left(left, right)
    if right.kind not in _SHARED_KINDS or left.kind is Kind.ORDINAL:
        return left
    scaled = _scaled(left, right, folded)
    factor = right.amount / right.figure if right.figure else ONE
    return replace(
        scaled, kind=right.kind, unit=right.unit, amount=scaled.figure * factor, step=scaled.step * factor,
        others=tuple(other * factor for other in scaled.others),
    )  # fmt: skip


def _dated_left(left: Value, right: Value) -> Value:
    """17 to 19 July; 5 and 6 May."""
    _, month, day = right.date
    written_day_first = right.text[:1].isdecimal()
    amount = int(left.amount)
    if not (day and month and written_day_first and left.amount.denominator == 1 and 1 <= amount <= 31):
        return left
    return replace(left, kind=Kind.DATE, date=(0, month, amount), amount=Fraction(month * 100 + amount))


_SCALE_WORDS = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def _scaled(left: Value, right: Value, folded: str) -> Value:
    """2 to 3 billion: the left number has the right one's scale; as it stands is its other reading."""
    words = folded[right.start : right.end].lower().split()
    scale = next((_SCALE_WORDS[word] for word in words if word in _SCALE_WORDS), 1)
    if scale == 1 or not left.text[-1:].isdecimal() or left.figure * scale >= right.figure:
        return left
    figure = Figure(amount=left.figure * scale, step=left.step * scale)
    return replace(left, figure=figure.amount, amount=figure.amount, step=figure.step, others=(left.amount,))
