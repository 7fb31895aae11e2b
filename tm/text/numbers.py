"""What a value in a text is: its stretch, its exact amount, its unit, and how sure we are that it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from fractions import Fraction

__all__ = [
    "MOST_DIGITS",
    "Figure",
    "Kind",
    "Role",
    "Strength",
    "Value",
    "is_chinese",
    "read_figure",
    "shifted",
]


MOST_DIGITS = 60


class Kind(StrEnum):
    """What is counted or measured."""

    COUNT = "count"
    ORDINAL = "ordinal"
    RATIO = "ratio"
    POINT = "point"
    MULTIPLE = "multiple"
    MONEY = "money"
    MEASURE = "measure"
    DURATION = "duration"
    DATE = "date"
    PERIOD = "period"
    TIME = "time"
    WEEKDAY = "weekday"
    DECADE = "decade"
    LABEL = "label"
    CODE = "code"


class Strength(IntEnum):
    """How much a value is missed when the other side lacks it.

    A TRACE is no quantity (三农, one as pronoun) and only ever excuses a number on the other side; SOFT
    values (一个, two) may be paraphrased; LIKELY ones (五大经济区) rarely are; a FIRM value must be there.
    """

    TRACE = 0
    SOFT = 1
    LIKELY = 2
    FIRM = 3


class Role(StrEnum):
    """Which end of a change or range a value is."""

    NONE = ""
    START = "from"
    END = "to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An exact number and `step`, the worth of its last significant figure (2.60亿: 1 000 000)."""

    amount: Fraction
    step: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A quantity, date or number in a text. `start` and `end` are code points, half open.

    `amount` is exact and in base units (see `unit`): ratio 1 = 100 %, money in units of its currency,
    measure in SI units, duration in months (unit month) or days (unit day), time in minutes since midnight,
    period in quarters. `figure` is the number as written, with its scale words and before the unit; `step`
    is the worth of its last significant figure in base units. `others` are further readings of `amount`.
    `date` is (year, month, day), 0 where not written. `written` is the unit as it stands in the text.
    """

    start: int
    end: int
    kind: Kind
    amount: Fraction
    text: str
    unit: str = ""
    figure: Fraction = Fraction(0)
    step: Fraction = Fraction(1)
    approximate: bool = False
    strength: Strength = Strength.FIRM
    role: Role = Role.NONE
    others: tuple[Fraction, ...] = ()
    date: tuple[int, int, int] = (0, 0, 0)
    written: str = ""

    @property
    def ordinal(self) -> bool:
        """Whether the value names a place in an order (第三, 21st)."""
        return self.kind is Kind.ORDINAL

    @property
    def amounts(self) -> tuple[Fraction, ...]:
        """Every reading of the amount, the likeliest first."""
        return (self.amount, *self.others)


def is_chinese(lang: str) -> bool:
    """Whether a BCP 47 tag names Chinese."""
    return lang.replace("_", "-").lower().split("-")[0] in {"zh", "cmn", "yue"}


def read_figure(digits: str) -> Figure:
    """The number written in ASCII digits with optional thousands separators and decimal point.

    Of more than 60 digits, which no quantity has, only the first 60 count.
    """
    plain = digits.replace(",", "").replace("，", "")[:MOST_DIGITS]
    whole, _, decimals = plain.partition(".")
    whole = whole or "0"
    if decimals:
        power = 10 ** len(decimals)
        return Figure(amount=Fraction(int(whole + decimals), power), step=Fraction(1, power))
    number = int(whole)
    zeros = len(whole) - len(whole.rstrip("0")) if number else 0
    return Figure(amount=Fraction(number), step=Fraction(10**zeros))


def shifted(value: Value, offset: int) -> Value:
    """The same value `offset` code points further right."""
    return replace(value, start=value.start + offset, end=value.end + offset)
