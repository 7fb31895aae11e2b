"""Whether two values, one in Chinese and one in English, say the same."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tm.text.numbers import Kind, Strength, Value

__all__ = ["carried", "close", "compatible_unit", "dates_agree", "same"]

_PLAIN = frozenset({Kind.COUNT, Kind.ORDINAL, Kind.LABEL, Kind.CODE})
_CARRIED = frozenset({Kind.MONEY, Kind.RATIO, Kind.POINT, Kind.MEASURE, Kind.DURATION})
_EXACT = frozenset({Kind.POINT, Kind.WEEKDAY, *_PLAIN})
_YUAN = frozenset({"CNY", "TWD", "HKD", "MOP"})
_DOLLARS = frozenset({"USD", "TWD", "HKD", "AUD", "CAD", "SGD", "NZD"})
_PERCENT = Fraction(1, 100)
_PRECISE = 1000
_COARSEST = Fraction(1, 20)


def same(zh: Value, en: Value) -> bool:
    """Whether the values are equal: by amount and unit, converted where the languages use other units."""
    if zh.kind is en.kind:
        return _same_kind(zh, en)
    if zh.kind in _PLAIN and en.kind in _PLAIN:
        return _amounts_meet(zh, en)
    return _other_kind(zh, en) or _other_kind(en, zh)


def _amounts_meet(one: Value, other: Value) -> bool:
    if one.amount == other.amount:
        return True
    if not one.others and not other.others:
        return _rounded(one, other)
    return not set(one.amounts).isdisjoint(other.amounts)


def _rounded(zh: Value, en: Value) -> bool:
    """Whether the English says "about" and gives fewer figures of the same amount."""
    near = abs(en.amount - zh.amount) * 2 <= en.step
    return near and en.approximate and en.step > zh.step and en.amount != 0


def close(one: Value, other: Value) -> bool:
    """Whether two measures agree: exactly in one unit, else within 1 % or half the last figure written.

    Four figures and more claim to be exact: for them only half the last figure is allowed.
    """
    if one.amount == other.amount or _amounts_meet(one, other):
        return True
    if one.amount * other.figure == other.amount * one.figure:
        return False
    allowed = min(max(one.step, other.step) / 2, abs(one.amount) * _COARSEST)
    precise = min(abs(one.amount / one.step), abs(other.amount / other.step)) >= _PRECISE
    if not precise:
        allowed = max(allowed, abs(one.amount) * _PERCENT)
    return abs(one.amount - other.amount) <= allowed


def compatible_unit(zh: Value, en: Value) -> bool:
    """Whether two values of one kind are in units that may stand for each other."""
    if zh.unit == en.unit:
        return True
    if zh.kind is Kind.MONEY and en.kind is Kind.MONEY:
        generic = zh.unit == "CNY" and zh.written.startswith("元")
        dollars = en.unit == "USD" and en.written in {"$", "dollars", "dollar"} and zh.unit in _DOLLARS
        return (generic and en.unit in _YUAN) or dollars or (zh.unit == "TWD" and en.unit == "CNY")
    return zh.kind in {Kind.MULTIPLE, Kind.ORDINAL}


def _same_kind(zh: Value, en: Value) -> bool:
    compare = _BY_KIND.get(zh.kind)
    return compare(zh, en) if compare else compatible_unit(zh, en) and _amounts_meet(zh, en)


def _same_date(zh: Value, en: Value) -> bool:
    return dates_agree(zh.date, en.date)


def _same_time(zh: Value, en: Value) -> bool:
    return not {amount % 1440 for amount in zh.amounts}.isdisjoint(amount % 1440 for amount in en.amounts)


def _same_decade(zh: Value, en: Value) -> bool:
    return zh.amount % 100 == en.amount % 100


def _same_ratio(zh: Value, en: Value) -> bool:
    return _amounts_meet(zh, en) or _fraction_meets(zh, en)


def _same_measure(zh: Value, en: Value) -> bool:
    return close(zh, en) if zh.unit == en.unit else _other_unit(zh, en) or _other_unit(en, zh)


_BY_KIND: dict[Kind, Callable[[Value, Value], bool]] = {
    **dict.fromkeys(_EXACT, _amounts_meet),
    Kind.DATE: _same_date,
    Kind.TIME: _same_time,
    Kind.DECADE: _same_decade,
    Kind.RATIO: _same_ratio,
    Kind.MEASURE: _same_measure,
    Kind.DURATION: _same_measure,
}


_RATES = {("length", "speed"): (1, 3600), ("volume", "flow"): (1, 60, 3600)}


def _other_unit(one: Value, other: Value) -> bool:
    """Whether 时速350公里 meets 350 kilometers per hour, or 两个月 60 days."""
    if one.kind is Kind.DURATION:
        return one.unit == "month" and other.amount in {one.amount * 30, one.amount * Fraction(365, 12)}
    seconds = _RATES.get((one.unit, other.unit), ())
    return any(abs(one.amount - other.amount * time) <= abs(one.amount) * _PERCENT for time in seconds)


def _fraction_meets(zh: Value, en: Value) -> bool:
    """A third is 33 percent or 33.3 percent."""
    fraction = (
        "of" in (zh.written, en.written)
        or "分之" in (zh.written, en.written)
        or "成" in (zh.written, en.written)
    )
    return fraction and abs(zh.amount - en.amount) <= Fraction(1, 150)


def dates_agree(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether two dates share a part and differ in none that both have."""
    shared = False
    for mine, theirs in zip(one, other, strict=True):
        if mine and theirs:
            if mine != theirs:
                return False
            shared = True
    return shared


def _other_kind(one: Value, other: Value) -> bool:
    """Whether values of two kinds say the same, read in this order."""
    compare = _ACROSS.get(one.kind)
    return compare is not None and compare(one, other)


def _point_and(point: Value, other: Value) -> bool:
    return other.kind is Kind.COUNT and other.written == "points" and point.amount == other.amount


def _time_and(time: Value, other: Value) -> bool:
    return other.kind in _PLAIN and other.amount <= 24 and time.amount % 720 == other.amount * 60 % 720


def _decade_and(decade: Value, other: Value) -> bool:
    return other.kind in _PLAIN and decade.amount == other.amount


def _money_and(money: Value, other: Value) -> bool:
    """A hundred-billion-yuan industry is 千亿级产业, without the 元."""
    return other.kind is Kind.COUNT and money.amount == other.amount and other.text[-1:] in {"万", "亿"}


def _measure_and(measure: Value, other: Value) -> bool:
    return other.kind in _PLAIN and measure.figure == other.figure


def _date_and(date: Value, other: Value) -> bool:
    year, month, day = date.date
    if other.kind is Kind.DURATION:
        if other.unit == "day":
            return not (year or month) and day == other.amount
        return bool(month and not day and not year and month == other.amount) or bool(
            year and not month and other.figure == year % 100
        )
    if other.kind is Kind.DECADE:
        return year == other.amount
    if other.kind in _PLAIN:
        return other.amount in {year, day} if not month else other.amount == day and other.ordinal
    return False


def _multiple_and(multiple: Value, other: Value) -> bool:
    if other.kind in _PLAIN:
        return multiple.figure == other.figure or multiple.amount == other.amount
    if other.kind is Kind.RATIO:
        whole = multiple.amount == other.amount + 1 and multiple.unit != "rise"
        return multiple.amount == other.amount or whole or multiple.amount * other.amount == 1
    return False


def _period_and(period: Value, other: Value) -> bool:
    if other.kind is Kind.DURATION and other.unit == "month":
        months = {"half": 6, "quarters": 3 * int(period.amount), "quarter": 3}[period.unit]
        return other.amount == months
    if other.kind in _PLAIN:
        return period.amount == other.amount and other.strength < Strength.FIRM
    return False


_ACROSS: dict[Kind, Callable[[Value, Value], bool]] = {
    Kind.DATE: _date_and,
    Kind.MULTIPLE: _multiple_and,
    Kind.PERIOD: _period_and,
    Kind.POINT: _point_and,
    Kind.TIME: _time_and,
    Kind.DECADE: _decade_and,
    Kind.MONEY: _money_and,
    Kind.DURATION: _measure_and,
    Kind.MEASURE: _measure_and,
}


def carried(kind: Kind) -> bool:
    """Whether a unit of this kind may be left out where another value of the text carries it."""
    return kind in _CARRIED
