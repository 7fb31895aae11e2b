"""English figures that name: labels, codes, Roman numerals, Q1."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tm.text.dates import MONTHS
from tm.text.numbers import Kind, Strength, Value
from tm.text.numbers_en import NUMBER_WORDS, roman_number
from tm.text.quantities_en_at import At
from tm.text.quantities_units import ENGLISH, PREFIXES, RANKS

__all__ = ["code", "label", "quarter_code", "roman"]

_LABEL = re.compile(
    r"\s*(?:\(\s*(\d{1,3}|[ivxIVX]+|[A-Za-z])\s*\)|(\d{1,3}|[IVX]+|[A-Z])(?:\.(?!\d)|\))|(\d{1,2})、)"
)


def label(text: str, folded: str) -> Value | None:
    """The number of a heading or list point at the beginning: 1. (2) III. B."""
    found = _LABEL.match(folded)
    if found is None:
        return None
    written = found[1] or found[2] or found[3]
    amount = _label_amount(written)
    end = found.end()
    return Value(
        start=found.start() + len(found.group()) - len(found.group().lstrip()), end=end, kind=Kind.LABEL,
        amount=Fraction(amount[0]), others=tuple(map(Fraction, amount[1:])), figure=Fraction(amount[0]),
        text=text[:end].strip(), strength=Strength.LIKELY if written.isdecimal() else Strength.SOFT,
    )  # fmt: skip


def _label_amount(written: str) -> list[int]:
    if written.isdecimal():
        return [int(written)]
    letter = ord(written.lower()) - ord("a") + 1 if len(written) == 1 else 0
    roman = roman_number(written.upper())
    return [number for number in (roman, letter) if number] or [0]


def roman(scan: At) -> Value | None:
    """Level III, Phase II; the numeral after any other name is soft (World War II)."""
    written = scan.text[scan.token.start : scan.token.end]
    single = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ".find(written[0]) + 1
    amount = single or (roman_number(written) if written.isupper() else 0)
    if not amount or (not single and not scan.close(scan.index)):
        return None
    before = scan.word(scan.index - 1)
    ranked = single or before in RANKS or before.rstrip("s") in RANKS
    if before in {"and", "or", "to"} and len(written) > 1:
        return replace(scan.value(Kind.ORDINAL, Fraction(amount), scan.token.end), strength=Strength.SOFT)
    if not ranked and (
        len(written) == 1 or not before or not scan.text[scan.tokens[scan.index - 1].start].isupper()
    ):
        return None
    value = scan.value(Kind.ORDINAL, Fraction(amount), scan.token.end)
    return replace(value, strength=Strength.FIRM if ranked else Strength.SOFT)


def quarter_code(scan: At) -> Value | None:
    """Q1 and H2 are read at the letter."""
    if scan.token.word not in {"q", "h"} or scan.gap(scan.index + 1) != "":
        return None
    number = scan.word(scan.index + 1)
    if number not in {"1", "2", "3", "4"} or scan.gap(scan.index + 2) == "":
        return None
    value = scan.value(Kind.PERIOD, Fraction(number), scan.tokens[scan.index + 1].end)
    return replace(value, unit="quarter" if scan.token.word == "q" else "half")


def code(scan: At) -> Value | None:
    """A figure that is part of a name: 5G, A380, COVID-19."""
    token, folded = scan.token, scan.folded
    before = folded[max(0, token.start - 4) : token.start]
    glued = before[-1:].isalpha()
    named = before[-1:] == "-" and before[-2:-1].isalpha() and not _prefix(scan)
    after = scan.word(scan.index + 1) if scan.gap(scan.index + 1) == "" else ""
    name_after = after.isalpha() and after not in _GLUED_WORDS and not _unit_glued(scan)
    if before.endswith(("NT", "RMB", "USD", "CNY", "EUR", "HKD", "NTD", "Q", "H")) and before[-1:].isalpha():
        glued = False
    if not glued and not named and not name_after:
        return None
    end = scan.tokens[scan.index + 1].end if name_after else token.end
    value = scan.value(Kind.CODE, Fraction(token.word.replace(",", "")), end)
    return replace(value, strength=Strength.SOFT)


def _prefix(scan: At) -> bool:
    """Whether the word before a hyphen leaves the figure a number of its own: mid-2018, Sept-15, two-2."""
    word = scan.word(scan.index - 1)
    return word in PREFIXES or word in MONTHS or word in NUMBER_WORDS or word in ENGLISH


def _unit_glued(scan: At) -> bool:
    """Whether the letters glued to a figure are a unit, as in 10km; 5G and 4K are names."""
    token = scan.tokens[scan.index + 1]
    written = scan.text[token.start : token.end]
    return token.word in ENGLISH and not (len(written) == 1 and written.isupper() and written != "W")


_GLUED_WORDS = frozenset(
    [
        "st",
        "nd",
        "rd",
        "th",
        "s",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "bn",
        "k",
        "b",
        "tn",
        "million",
        "billion",
        "percent",
        "pc",
    ]
)
