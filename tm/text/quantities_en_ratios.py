"""Ordinals, fractions and plain numbers in English text."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tm.text.numbers import Kind, Strength, Value
from tm.text.numbers_en import Phrase, read_phrase
from tm.text.quantities_en_at import At, strength
from tm.text.quantities_units import ENGLISH, REFERENCES

__all__ = ["one_in_five", "ordinal", "plain", "ratio"]


def plain(scan: At, phrase: Phrase, value: Value) -> Value:
    """A number of things, or the number of an article."""
    value = replace(value, strength=strength(scan, phrase))
    if scan.word(scan.index - 1) in REFERENCES:
        return replace(value, kind=Kind.ORDINAL, unit="reference")
    if scan.word(phrase.after) in {"point", "points"} and scan.close(phrase.after):
        return replace(value, written="points")
    return value


def one_in_five(scan: At, phrase: Phrase) -> Value | None:
    """One in five, one person in six, three out of four."""
    if not phrase.figure.amount or phrase.figure.amount > 20:
        return None
    for place in (phrase.after, phrase.after + 1):
        words = (scan.word(place), scan.word(place + 1))
        below = place + 2 if words == ("out", "of") else place + 1 if words[0] == "in" else 0
        if not below or below >= len(scan.tokens):
            continue
        whole = read_phrase(scan.folded, scan.tokens, below)
        if (
            whole
            and whole.form == "cardinal"
            and phrase.figure.amount < whole.figure.amount <= 1000
            and (whole.spelled or words[0] == "out" or place == phrase.after)
            and not (len(scan.word(whole.after)) > 2 and scan.word(whole.after) in ENGLISH)
        ):
            value = scan.value(
                Kind.RATIO, phrase.figure.amount / whole.figure.amount, scan.tokens[whole.after - 1].end
            )
            return replace(value, written="of", strength=Strength.SOFT, step=Fraction(1, 100))
    return None


def ordinal(scan: At, phrase: Phrase, end: int) -> Value:
    """A place in an order; the first quarter and the first half are periods."""
    amount = phrase.figure.amount
    after = scan.word(phrase.after)
    value = scan.value(Kind.ORDINAL, amount, end)
    if after in {"quarter", "quarters"} and amount <= 4 and scan.close(phrase.after):
        return replace(
            value,
            kind=Kind.PERIOD,
            unit="quarter",
            end=scan.tokens[phrase.after].end,
            text=scan.text[value.start : scan.tokens[phrase.after].end],
        )
    if after == "half" and amount <= 2:
        year = scan.word(phrase.after + 1) in {"of", "year"} or scan.word(phrase.after - 2) == "the"
        stop = scan.tokens[phrase.after].end
        strength = Strength.LIKELY if year else Strength.SOFT
        return replace(
            value,
            kind=Kind.PERIOD,
            unit="half",
            end=stop,
            text=scan.text[value.start : stop],
            strength=strength,
        )
    if after in {"century", "centuries"}:
        return replace(value, unit="century", strength=Strength.FIRM)
    if not phrase.spelled or amount > 10:
        return value
    return replace(value, strength=Strength.SOFT if amount <= 2 else Strength.LIKELY)


def ratio(scan: At, phrase: Phrase, end: int) -> Value:
    """Two thirds; half a year and three quarters of an hour are durations."""
    amount = phrase.figure.amount
    if scan.word(phrase.after - 1) == "quarters" and scan.word(scan.index - 1) in {"first", "last", "past"}:
        return replace(scan.value(Kind.PERIOD, amount * 4, end), unit="quarters", figure=amount * 4)
    place = phrase.after + (scan.word(phrase.after) == "of")
    place += scan.word(place) in {"a", "an"}
    unit = ENGLISH.get(scan.word(place)) if place > phrase.after or scan.gap(place) == "-" else None
    if unit is not None and unit.kind is Kind.DURATION:
        stop = scan.tokens[place].end
        value = scan.value(Kind.DURATION, amount * unit.factor, stop)
        return replace(value, unit=unit.unit, strength=Strength.SOFT, step=phrase.figure.step * unit.factor)
    value = replace(scan.value(Kind.RATIO, amount, end), step=phrase.figure.step, written="of")
    return replace(
        value, strength=Strength.SOFT if amount == Fraction(1, 2) or phrase.spelled else Strength.LIKELY
    )
