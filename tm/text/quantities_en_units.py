"""Numbers with units in English text: percent, money, measures, multiples."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tm.text.numbers import Kind, Strength, Value
from tm.text.numbers_en import Phrase
from tm.text.quantities_en_at import ONE, At, until
from tm.text.quantities_units import ADJECTIVES, ENGLISH, ENGLISH_MONEY_BEFORE, NATIONS, Measure

__all__ = ["measured", "money", "multiple", "percent", "period"]

_COMPOUND = (
    (
        re.compile(r"(?:square|sq\.?)[ -]?(?:kilomet(?:er|re)s?|kms?\b)|km(?:²|\^?2\b)", re.IGNORECASE),
        "area",
        10**6,
    ),
    (re.compile(r"(?:square|sq\.?)[ -]?(?:met(?:er|re)s?|m\b)|m(?:²|2\b)", re.IGNORECASE), "area", 1),
    (re.compile(r"(?:square|sq\.?) ?miles?", re.IGNORECASE), "area", Fraction("2589988.110336")),
    (re.compile(r"(?:square|sq\.?) ?(?:feet|foot|ft)\b", re.IGNORECASE), "area", Fraction("0.09290304")),
    (re.compile(r"cubic ?met(?:er|re)s? (?:per|a) second|m³/s", re.IGNORECASE), "flow", 1),
    (re.compile(r"cubic ?met(?:er|re)s?|m³", re.IGNORECASE), "volume", 1),
    (re.compile(r"cubic ?centimet(?:er|re)s?|cm³", re.IGNORECASE), "volume", Fraction(1, 10**6)),
    (re.compile(r"met(?:er|re)s? (?:per|a) second|m/s\b", re.IGNORECASE), "speed", 1),
    (re.compile(r"kilowatt[ -]?hours?", re.IGNORECASE), "energy", 1),
    (re.compile(r"megawatt[ -]?hours?", re.IGNORECASE), "energy", 1000),
    (re.compile(r"degrees? (?:celsius|c\b)|°c|℃", re.IGNORECASE), "celsius", 1),
    (re.compile(r"degrees? (?:fahrenheit|f\b)|°f|℉", re.IGNORECASE), "fahrenheit", 1),
    (re.compile(r"nautical miles?", re.IGNORECASE), "length", 1852),
)


_COMPOUND_FIRST = frozenset(
    [
        "square",
        "sq",
        "cubic",
        "meters",
        "metres",
        "meter",
        "metre",
        "kilowatt",
        "megawatt",
        "degrees",
        "degree",
        "km",
        "m",
        "cm",
        "nautical",
        "°",
    ]
)


def percent(scan: At, phrase: Phrase, value: Value) -> Value | None:
    """Percent, per mille, percentage points and basis points."""
    place = phrase.after
    word = scan.word(place)
    if not scan.close(place):
        return None
    if word in {"%", "percent", "pct", "pc", "‰"} or (
        word == "per" and scan.word(place + 1) in {"cent", "mille"}
    ):
        place += word == "per"
        below = 1000 if word == "‰" or scan.word(place) == "mille" else 100
        if scan.word(place + 1) in {"point", "points"} and scan.close(place + 1):
            return replace(until(scan, value, scan.tokens[place + 1].end), kind=Kind.POINT, written="points")
        ratio = replace(value, kind=Kind.RATIO, amount=value.amount / below, step=value.step / below)
        return replace(
            until(scan, ratio, scan.tokens[place].end),
            written=scan.text[value.end : scan.tokens[place].end].strip(),
        )
    if [scan.word(place + step) for step in range(4)] == ["of", "a", "percentage", "point"]:
        return replace(until(scan, value, scan.tokens[place + 3].end), kind=Kind.POINT, written="points")
    if word in {"percentage", "basis"} and scan.word(place + 1) in {"point", "points"}:
        factor = Fraction(1, 100) if word == "basis" else ONE
        point = replace(value, kind=Kind.POINT, amount=value.amount * factor, written="points")
        return until(scan, point, scan.tokens[place + 1].end)
    return None


def money(scan: At, phrase: Phrase, value: Value) -> Value | None:
    """An amount with a currency sign before it or a currency's name behind it."""
    before = scan.folded[max(0, value.start - 5) : value.start].rstrip("\u00a0 ")
    for sign, code in ENGLISH_MONEY_BEFORE.items():
        if before.endswith(sign) and not (sign.isalpha() and before[: -len(sign)][-1:].isalpha()):
            start = scan.folded.rindex(sign, 0, value.start)
            money = replace(
                value,
                kind=Kind.MONEY,
                unit=code,
                start=start,
                text=scan.text[start : value.end],
                written=sign,
            )
            behind = _currency_behind(scan, phrase.after)
            return money if behind is None else replace(until(scan, money, behind[1]), unit=behind[0])
    behind = _currency_behind(scan, phrase.after)
    if behind is None:
        return None
    code, end = behind
    return replace(
        until(scan, value, end), kind=Kind.MONEY, unit=code, written=scan.text[value.end : end].strip()
    )


def _currency_behind(scan: At, place: int) -> tuple[str, int] | None:
    """Currency and end of its name: yuan, US dollars, New Taiwan dollars."""
    nation = ""
    for step in range(4):
        word = scan.word(place + step)
        if not word or not (scan.close(place + step) or scan.gap(place + step) == "."):
            return None
        unit = ENGLISH.get(word)
        if unit is not None and unit.kind is Kind.MONEY:
            return nation or unit.unit, scan.tokens[place + step].end
        if word in {"pound", "pounds"} and nation == "GBP":
            return "GBP", scan.tokens[place + step].end
        if word not in NATIONS and word not in {"u", "taiwan", "of"}:
            return None
        nation = NATIONS.get(word, nation) if not (word == "s" and nation) else nation
    return None


def measured(scan: At, phrase: Phrase, value: Value) -> Value | None:
    """A number with a unit of measure or time."""
    place = phrase.after
    if not (scan.close(place) or scan.gap(place).strip() == "-"):
        return None
    if scan.word(place) in _COMPOUND_FIRST:
        for pattern, unit, factor in _COMPOUND:
            found = pattern.match(scan.folded, scan.tokens[place].start)
            if found:
                return _in_unit(
                    scan, value, Measure(kind=Kind.MEASURE, unit=unit, factor=Fraction(factor)), found.end()
                )
    while scan.word(place) in ADJECTIVES and scan.close(place + 1):
        place += 1
    unit_word = ENGLISH.get(scan.word(place))
    if unit_word is None or unit_word.kind is Kind.MONEY or _another_word(scan, place):
        return None
    end = scan.tokens[place].end
    speed = re.compile(r"(?: per |/| an )(?:h\b|hour|hr\b)").match(scan.folded, end)
    if speed and unit_word.unit == "length":
        return _in_unit(
            scan, value, Measure(kind=Kind.MEASURE, unit="speed", factor=unit_word.factor / 3600), speed.end()
        )
    return _in_unit(scan, value, unit_word, end)


def _another_word(scan: At, place: int) -> bool:
    """Whether a short unit's letters stand for something else: 5 m people, 3 a day, 3 G."""
    word = scan.text[scan.tokens[place].start : scan.tokens[place].end]
    return (len(word) == 1 and (word.isupper() and word != "W")) or (
        word == "stone" and scan.gap(place) != " "
    )


def _in_unit(scan: At, value: Value, unit: Measure, end: int) -> Value:
    written = scan.text[value.end : end].strip(" -\u00a0")
    amount = value.amount * unit.factor
    strength = Strength.SOFT if value.amount == 1 else Strength.FIRM
    if strength is Strength.FIRM and value.amount <= 10 and not value.text[:1].isdecimal():
        plan = scan.folded[end : end + 7].lower().startswith((" plan", " period", " progr"))
        strength = Strength.TRACE if plan else Strength.LIKELY
    return replace(
        until(scan, value, end), kind=unit.kind, unit=unit.unit, amount=amount, step=value.step * unit.factor,
        written=written, strength=strength,
    )  # fmt: skip


def multiple(scan: At, phrase: Phrase, value: Value) -> Value | None:
    """Two times, 3-fold."""
    if scan.word(phrase.after) not in {"times", "fold"} or not scan.close(phrase.after):
        return None
    strength = Strength.LIKELY if phrase.spelled else Strength.FIRM
    return replace(until(scan, value, scan.tokens[phrase.after].end), kind=Kind.MULTIPLE, strength=strength)


def period(scan: At, phrase: Phrase, value: Value) -> Value | None:
    """The first three quarters."""
    word = scan.word(phrase.after)
    if (
        word != "quarters"
        or not 2 <= value.amount <= 4
        or scan.word(scan.index - 1) not in {"first", "last", "past"}
    ):
        return None
    return replace(until(scan, value, scan.tokens[phrase.after].end), kind=Kind.PERIOD, unit="quarters")
