"""Units and words of quantity in both languages, read once from quantities.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from typing import Any

from tm.text.numbers import Kind

__all__ = [
    "ADJECTIVES",
    "AFTER_TENTH",
    "AMBIGUOUS_MONTHS",
    "APPROXIMATE",
    "BEFORE_MONTH",
    "CHINESE",
    "CHINESE_LONGEST",
    "CHINESE_MONEY_BEFORE",
    "COUNTERS",
    "ENGLISH",
    "ENGLISH_MONEY_BEFORE",
    "HOLIDAYS",
    "LONGER_UNITS",
    "MULTIPLES",
    "NATIONS",
    "NOT_COUNTED",
    "PREFIXES",
    "RANKS",
    "REFERENCES",
    "SPANS",
    "TRACES",
    "Measure",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a unit word means: `factor` base units of dimension or currency `unit`."""

    kind: Kind
    unit: str
    factor: Fraction = Fraction(1)


def _money(currencies: dict[str, list[str]]) -> dict[str, Measure]:
    return {word: Measure(kind=Kind.MONEY, unit=code) for code, words in currencies.items() for word in words}


def _factors(kind: Kind, dimensions: dict[str, dict[str, str]]) -> dict[str, Measure]:
    return {
        word: Measure(kind=kind, unit=unit, factor=Fraction(factor))
        for unit, words in dimensions.items()
        for word, factor in words.items()
    }


def _units(language: dict[str, Any]) -> dict[str, Measure]:
    return {
        **_money(language["money"]),
        **_factors(Kind.DURATION, language["duration"]),
        **_factors(Kind.MEASURE, language["measure"]),
    }


def _before(language: dict[str, Any]) -> dict[str, str]:
    """Sign before an amount → currency, longest sign first."""
    signs = {sign: code for code, signs in language["money_before"].items() for sign in signs}
    return dict(sorted(signs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


_TABLE: dict[str, Any] = tomllib.loads(
    files("tm.text").joinpath("quantities.toml").read_text(encoding="utf-8"),
)
ENGLISH: dict[str, Measure] = _units(_TABLE["en"])
ENGLISH_MONEY_BEFORE: dict[str, str] = _before(_TABLE["en"])
_LATIN = {word: unit for word, unit in ENGLISH.items() if len(word) <= 3 and unit.kind is Kind.MEASURE}
CHINESE: dict[str, Measure] = {
    **_LATIN,
    **{word.upper(): unit for word, unit in _LATIN.items() if len(word) > 1},
    **{
        "MW": ENGLISH["mw"],
        "kW": ENGLISH["kw"],
        "kV": ENGLISH["kv"],
        "MHz": ENGLISH["mhz"],
        "GHz": ENGLISH["ghz"],
    },
    **{"kWh": ENGLISH["kwh"]},
    **_units(_TABLE["zh"]),
}
CHINESE_LONGEST: int = max(map(len, CHINESE))
CHINESE_MONEY_BEFORE: dict[str, str] = _before(_TABLE["zh"])
COUNTERS: frozenset[str] = frozenset(
    [*_TABLE["zh"]["counters"]["single"], *_TABLE["zh"]["counters"]["several"]]
)
NOT_COUNTED: frozenset[str] = frozenset(_TABLE["zh"]["not_counted"]["phrases"])
LONGER_UNITS: frozenset[str] = frozenset(_TABLE["zh"]["words"]["longer_units"])
AFTER_TENTH: frozenset[str] = frozenset(_TABLE["zh"]["words"]["after_tenth"])
NATIONS: dict[str, str] = _TABLE["en"]["nations"]
_WORDS: dict[str, Any] = _TABLE["en"]["words"]
MULTIPLES: dict[str, float] = _WORDS["multiples"]
TRACES: dict[str, int] = _WORDS["traces"]
SPANS: dict[str, int] = _WORDS["spans"]
RANKS: frozenset[str] = frozenset(_WORDS["ranks"])
REFERENCES: frozenset[str] = frozenset(_WORDS["references"])
APPROXIMATE: frozenset[str] = frozenset(_WORDS["approximate"])
ADJECTIVES: frozenset[str] = frozenset(_WORDS["adjectives"])
PREFIXES: frozenset[str] = frozenset(_WORDS["prefixes"])
AMBIGUOUS_MONTHS: frozenset[str] = frozenset(_WORDS["ambiguous_months"])
BEFORE_MONTH: frozenset[str] = frozenset(_WORDS["before_month"])
HOLIDAYS: dict[str, tuple[int, int]] = {
    name: (month, day) for name, (month, day) in _TABLE["zh"]["holidays"].items()
}
