"""The values of a unit, compared once for all number rules, and what kind of fault a difference is."""

from __future__ import annotations

from enum import Enum

from tm.checks.rule import Context
from tm.model import Unit
from tm.text.numbers import Kind, Value, is_chinese
from tm.text.quantities import scan_values
from tm.text.quantities_compare import Comparison, compare_values
from tm.text.quantities_same import compatible_unit
from tm.text.quantities_write import english_value

__all__ = ["Fault", "chinese_side", "compared", "english_side", "fault_of", "is_time", "suggested"]

_TIMES = frozenset({Kind.DATE, Kind.TIME, Kind.PERIOD, Kind.WEEKDAY, Kind.DECADE})
_NOTHING = Comparison()


class Fault(Enum):
    """What is wrong between a Chinese value and the English one that stands for it."""

    AMOUNT = "amount"
    MAGNITUDE = "magnitude"
    DATE = "date"
    UNIT = "unit"


def chinese_side(unit: Unit) -> str:
    """The side that is Chinese."""
    return "source" if is_chinese(unit.source.lang) else "target"


def english_side(unit: Unit) -> str:
    """The other side."""
    return "target" if is_chinese(unit.source.lang) else "source"


def compared(unit: Unit, context: Context) -> Comparison:
    """The comparison of the unit's values; of nothing where not exactly one side is Chinese."""
    if is_chinese(unit.source.lang) == is_chinese(unit.target.lang):
        return _NOTHING
    zh, en = (unit.source, unit.target) if chinese_side(unit) == "source" else (unit.target, unit.source)

    def compare(_texts: str) -> Comparison:
        year = context.date.year if context.date else None
        return compare_values(scan_values(zh.text, zh.lang), scan_values(en.text, en.lang), year=year)

    return context.once("values", f"{zh.lang}\0{zh.text}\0{en.text}", compare)


def suggested(found: Comparison, zh: Value, en: Value) -> str:
    """What to write for the English value of a differing pair; "" where the pair may be another."""
    return "" if (zh, en) in found.unsure else english_value(zh, like=en.text)


def is_time(value: Value) -> bool:
    """Whether a value is a date, a time of day or a period."""
    return value.kind in _TIMES


def fault_of(zh: Value, en: Value) -> Fault:
    """What is wrong with the English value."""
    if is_time(zh) or is_time(en):
        return Fault.DATE
    unit_differs = zh.kind is not en.kind or not compatible_unit(zh, en)
    if zh.figure == en.figure and (unit_differs or zh.amount != en.amount):
        return Fault.UNIT
    return Fault.MAGNITUDE if not unit_differs and _power_of_ten(zh, en) else Fault.AMOUNT


def _power_of_ten(zh: Value, en: Value) -> bool:
    if not zh.amount or not en.amount:
        return False
    ratio = max(zh.amount, en.amount) / min(zh.amount, en.amount)
    return ratio.denominator == 1 and ratio > 1 and str(ratio.numerator).strip("0") == "1"
