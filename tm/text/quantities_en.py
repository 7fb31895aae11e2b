"""Values in English text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from tm.text.dates import CLOCK, MONTHS, NUMERIC_DATE, WEEKDAYS, is_year
from tm.text.numbers import Figure, Kind, Role, Strength, Value
from tm.text.numbers_en import NUMBER_WORDS, Phrase, Token, read_phrase, tokens_of
from tm.text.numbers_zh import fold_digits
from tm.text.quantities_units import ENGLISH, ENGLISH_MONEY_BEFORE, Measure

__all__ = ["scan_english"]

_ONE = Fraction(1)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?"
    r"(?:(?P<am>a\.?m\b\.?)|(?P<pm>p\.?m\b\.?)|(?P<clock>o['’]clock)|(?P<noon>noon)|(?P<midnight>midnight))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*(?:\(\s*(\d{1,3}|[ivxIVX]+|[A-Za-z])\s*\)|(\d{1,3}|[IVX]+|[A-Z])(?:\.(?!\d)|\))|(\d{1,2})、)"
)
_ROMAN = re.compile(r"M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_ROMAN_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_RANKS = frozenset(
    [
        "level",
        "grade",
        "class",
        "category",
        "phase",
        "type",
        "tier",
        "stage",
        "part",
        "chapter",
        "section",
        "article",
        "annex",
        "title",
    ]
)
_APPROXIMATE = frozenset(
    [
        "about",
        "around",
        "nearly",
        "almost",
        "over",
        "roughly",
        "approximately",
        "some",
        "least",
        "close",
        "up",
        "exceeding",
    ]
)
_ADJECTIVES = frozenset(
    [
        "working",
        "business",
        "consecutive",
        "calendar",
        "full",
        "more",
        "further",
        "additional",
        "straight",
        "natural",
        "whole",
        "or",
    ]
)
_MULTIPLES = {
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "twofold": 2, "twice": 2, "triple": 3, "tripled": 3,
    "triples": 3, "tripling": 3, "threefold": 3, "treble": 3, "trebled": 3, "quadruple": 4, "quadrupled": 4,
    "quadrupling": 4, "fourfold": 4, "fivefold": 5, "sixfold": 6, "tenfold": 10, "thrice": 3,
}  # fmt: skip
_TRACES = {
    "both": 2, "pair": 2, "pairs": 2, "dual": 2, "twin": 2, "couple": 2, "bilateral": 2, "either": 2, "secondary": 2,
    "single": 1, "sole": 1, "another": 1, "primary": 1, "once": 1, "tertiary": 3, "trilateral": 3, "tripartite": 3,
    "quarterly": 4, "dozens": 12, "teenager": 10, "inaugural": 1, "initial": 1, "neither": 2, "trio": 3,
}  # fmt: skip
_LONE_SPANS = {"decade": 120, "decades": 120, "century": 1200, "centuries": 1200, "annual": 12}
_COMPOUND = (
    (
        re.compile(r"(?:square|sq\.?) ?(?:kilomet(?:er|re)s?|kms?\b)|km(?:²|\^?2\b)", re.IGNORECASE),
        "area",
        10**6,
    ),
    (re.compile(r"(?:square|sq\.?) ?(?:met(?:er|re)s?|m\b)|m(?:²|2\b)", re.IGNORECASE), "area", 1),
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


@dataclass(frozen=True, slots=True)
class _Scan:
    """A text with its tokens, at one of them."""

    text: str
    folded: str
    tokens: list[Token]
    index: int

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def word(self, index: int) -> str:
        """The token at an index, "" outside the text."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def gap(self, index: int) -> str:
        """What stands before a token; an unusual sign outside the text."""
        if not 0 < index < len(self.tokens):
            return "\0"
        return self.folded[self.tokens[index - 1].end : self.tokens[index].start]

    def close(self, index: int) -> bool:
        """Whether only a space or hyphen, or nothing, stands before a token."""
        gap = self.gap(index)
        return gap in {"", "-", "\u2010", "\u2011"} or gap.isspace()

    def value(self, kind: Kind, amount: Fraction, end: int, *, start: int = -1) -> Value:
        start = self.token.start if start < 0 else start
        return Value(start=start, end=end, kind=kind, amount=amount, figure=amount, text=self.text[start:end])


_Reader = Callable[[_Scan], Value | None]
_START = frozenset(
    [*NUMBER_WORDS, *MONTHS, *WEEKDAYS, *_MULTIPLES, *_TRACES, *_LONE_SPANS, "noon", "midday", "midnight"]
)
_CLOCK_ROUND = re.compile(r"\b(?:around|round) the clock\b|\b24/7\b|\bday and night\b", re.IGNORECASE)


def scan_english(text: str) -> list[Value]:
    """The values of an English text in order, traces included."""
    folded = fold_digits(text)
    tokens = tokens_of(folded)
    values: list[Value] = []
    first = _label(text, folded)
    if first is not None:
        values.append(first)
    reached = first.end if first else 0
    for index, token in enumerate(tokens):
        if token.start < reached or not _may_start(token, text):
            continue
        value = _read(_Scan(text, folded, tokens, index))
        if value is not None:
            values.append(value)
            reached = value.end
    values.extend(_round_the_clock(text))
    return _propagated(values, folded)


def _may_start(token: Token, text: str) -> bool:
    word = token.word
    if word in _START or word[0].isdecimal() or word[0] in "½¼¾⅓⅔ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴ":
        return True
    return word[0] in "ivxq" and text[token.start : token.end].isupper()


def _round_the_clock(text: str) -> list[Value]:
    return [
        Value(
            start=found.start(), end=found.end(), kind=Kind.DURATION, amount=_ONE, figure=Fraction(24),
            text=found.group(), unit="day", strength=Strength.TRACE,
        )
        for found in _CLOCK_ROUND.finditer(text)
    ]  # fmt: skip


def _read(scan: _Scan) -> Value | None:
    for reader in _FIGURE_READERS if scan.token.digits else _WORD_READERS:
        value = reader(scan)
        if value is not None:
            return value
    phrase = read_phrase(scan.folded, scan.tokens, scan.index)
    return _with_context(_quantity(scan, phrase), scan) if phrase else None


# --- Labels, codes, Roman numerals --------------------------------------------------------------------


def _label(text: str, folded: str) -> Value | None:
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
    roman = _roman_number(written.upper())
    return [number for number in (roman, letter) if number] or [0]


def _roman_number(written: str) -> int:
    if not written or not _ROMAN.fullmatch(written):
        return 0
    worths = [_ROMAN_WORTH[sign] for sign in written]
    pairs = zip(worths, [*worths[1:], 0], strict=True)
    return sum(-worth if worth < following else worth for worth, following in pairs)


def _roman(scan: _Scan) -> Value | None:
    """Level III, Phase II; the numeral after any other name is soft (World War II)."""
    written = scan.text[scan.token.start : scan.token.end]
    single = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ".find(written[0]) + 1
    amount = single or (_roman_number(written) if written.isupper() else 0)
    if not amount or (not single and not scan.close(scan.index)):
        return None
    before = scan.word(scan.index - 1)
    ranked = single or before in _RANKS or before.rstrip("s") in _RANKS
    if not ranked and (
        len(written) == 1 or not before or not scan.text[scan.tokens[scan.index - 1].start].isupper()
    ):
        return None
    value = scan.value(Kind.ORDINAL, Fraction(amount), scan.token.end)
    return replace(value, strength=Strength.FIRM if ranked else Strength.SOFT)


def _quarter_code(scan: _Scan) -> Value | None:
    """Q1 and H2 are read at the letter."""
    if scan.token.word not in {"q", "h"} or scan.gap(scan.index + 1) != "":
        return None
    number = scan.word(scan.index + 1)
    if number not in {"1", "2", "3", "4"}:
        return None
    value = scan.value(Kind.PERIOD, Fraction(number), scan.tokens[scan.index + 1].end)
    return replace(value, unit="quarter" if scan.token.word == "q" else "half")


def _code(scan: _Scan) -> Value | None:
    """A figure that is part of a name: 5G, A380, COVID-19."""
    token, folded = scan.token, scan.folded
    before = folded[: token.start]
    glued = before[-1:].isalpha() or (before[-1:] == "-" and before[-2:-1].isupper())
    named = before[-1:] == "-" and scan.index > 0 and scan.text[scan.tokens[scan.index - 1].start].isupper()
    named = named and scan.word(scan.index - 1) not in MONTHS and not scan.tokens[scan.index - 1].digits
    after = scan.word(scan.index + 1) if scan.gap(scan.index + 1) == "" else ""
    name_after = after.isalpha() and after not in _GLUED_WORDS and not _unit_glued(scan)
    if before.endswith(("NT", "RMB", "USD", "CNY", "EUR", "HKD", "NTD", "Q", "H")) and before[-1:].isalpha():
        glued = False
    if not glued and not named and not name_after:
        return None
    end = scan.tokens[scan.index + 1].end if name_after else token.end
    value = scan.value(Kind.CODE, Fraction(token.word.replace(",", "")), end)
    return replace(value, strength=Strength.SOFT)


def _unit_glued(scan: _Scan) -> bool:
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


# --- Dates and times ----------------------------------------------------------------------------------


def _month(scan: _Scan) -> Value | None:
    """November 21, 2018; November 2018; November. May needs a figure or a preposition beside it."""
    month = MONTHS.get(scan.token.word)
    if month is None or not scan.text[scan.token.start].isupper():
        return None
    day, year, after = _day_and_year(scan, scan.index + 1)
    if scan.token.word in _AMBIGUOUS_MONTHS and not (day or year) and not _dated_before(scan):
        return None
    return _dated(scan, (year, month, day), scan.tokens[after - 1].end)


_AMBIGUOUS_MONTHS = frozenset(
    {"may", "mar", "march", "jan", "jun", "dec", "sep", "oct", "nov", "feb", "apr", "jul", "aug", "sept"}
)
_BEFORE_MONTH = frozenset(
    [
        "in",
        "by",
        "of",
        "since",
        "until",
        "till",
        "from",
        "to",
        "between",
        "this",
        "last",
        "next",
        "early",
        "late",
        "mid",
        "and",
        "through",
        "during",
    ]
)


def _dated_before(scan: _Scan) -> bool:
    return (
        scan.word(scan.index - 1) in _BEFORE_MONTH or scan.folded[scan.token.end : scan.token.end + 1] == "."
    )


def _day_and_year(scan: _Scan, place: int) -> tuple[int, int, int]:
    """Day and year after a month's name, 0 where absent, and the index behind them."""
    day = year = 0
    if scan.gap(place).strip() in {"", "."} and _is_day(scan, place):
        day = int(scan.word(place))
        place += 1
        place += scan.gap(place) == "" and scan.word(place) in {"st", "nd", "rd", "th"}
    if scan.gap(place).strip() in {"", ",", "."} and _is_year_token(scan, place):
        year = int(scan.word(place))
        place += 1
    return day, year, place


def _is_day(scan: _Scan, place: int) -> bool:
    word = scan.word(place)
    clock = scan.folded[scan.tokens[place].end : scan.tokens[place].end + 1] == ":" if word else False
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 and not clock


def _is_year_token(scan: _Scan, place: int) -> bool:
    word = scan.word(place)
    return word.isdecimal() and len(word) == 4 and is_year(int(word))


def _dated(scan: _Scan, parts: tuple[int, int, int], end: int) -> Value:
    number = Fraction(parts[0] * 10000 + parts[1] * 100 + parts[2])
    return replace(scan.value(Kind.DATE, number, end), date=parts, figure=Fraction(parts[0] or parts[1]))


def _day_first(scan: _Scan) -> Value | None:
    """21 November 2018; the 21st of November."""
    numeric = NUMERIC_DATE.match(scan.folded, scan.token.start)
    if numeric and int(numeric[3]) <= 12 and int(numeric[4]) <= 31:
        return _dated(scan, (int(numeric[1]), int(numeric[3]), int(numeric[4])), numeric.end())
    if not _is_day(scan, scan.index):
        return None
    place = scan.index + 1
    place += scan.gap(place) == "" and scan.word(place) in {"st", "nd", "rd", "th"}
    place += scan.word(place) == "of"
    month = MONTHS.get(scan.word(place))
    if month is None or not scan.close(place) or not scan.text[scan.tokens[place].start].isupper():
        return None
    year = 0
    if scan.gap(place + 1).strip() in {"", ",", "."} and _is_year_token(scan, place + 1):
        place += 1
        year = int(scan.word(place))
    return _dated(scan, (year, month, int(scan.token.word)), scan.tokens[place].end)


def _time(scan: _Scan) -> Value | None:
    start = scan.token.start
    found = _TIME.match(scan.folded, start)
    if found is None:
        clock = CLOCK.match(scan.folded, start)
        if clock is None:
            return None
        minutes = int(clock[1]) * 60 + int(clock[2])
        value = scan.value(Kind.TIME, Fraction(minutes), clock.end())
        return replace(value, others=(Fraction(minutes + 720),) if int(clock[1]) <= 12 else ())
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 24:
        return None
    hour = hour % 12 + (12 if found["pm"] else 0) if found["am"] or found["pm"] else hour
    if found["midnight"]:
        hour = 0
    value = scan.value(Kind.TIME, Fraction(hour * 60 + minute), found.end())
    others = (value.amount + 720,) if found["clock"] else (value.amount + 1440,) if hour == 0 else ()
    return replace(value, others=others)


def _named_time(scan: _Scan) -> Value | None:
    word = scan.token.word
    if word not in {"noon", "midday", "midnight"}:
        return None
    value = scan.value(Kind.TIME, Fraction(0 if word == "midnight" else 720), scan.token.end)
    return replace(value, others=(Fraction(1440),) if word == "midnight" else (), strength=Strength.SOFT)


def _weekday(scan: _Scan) -> Value | None:
    number = WEEKDAYS.get(scan.token.word)
    if number is None:
        return None
    return replace(scan.value(Kind.WEEKDAY, Fraction(number), scan.token.end), strength=Strength.SOFT)


def _year(scan: _Scan) -> Value | None:
    """2019; the 1990s; 2018-19 as a year."""
    if not _is_year_token(scan, scan.index):
        return None
    number, after = int(scan.token.word), scan.index + 1
    if scan.word(after) == "s" and scan.gap(after).strip("'’") == "":
        value = scan.value(Kind.DECADE, Fraction(number), scan.tokens[after].end)
        return replace(value, strength=Strength.LIKELY)
    if scan.gap(scan.index) in _MONEY_GAPS and scan.word(scan.index - 1) in _MONEY_SIGNS:
        return None
    if scan.close(after) and (scan.word(after) in _NOT_AFTER_YEAR or scan.word(after) in ENGLISH):
        return None
    return _dated(scan, (number, 0, 0), scan.token.end)


_MONEY_GAPS = frozenset({"", " "})
_MONEY_SIGNS = frozenset({"$", "£", "€", "¥", "rmb", "usd", "cny", "nt", "ntd"})
_NOT_AFTER_YEAR = frozenset(
    [
        "percent",
        "per",
        "%",
        "million",
        "billion",
        "trillion",
        "thousand",
        "people",
        "persons",
        "times",
        "square",
        "cubic",
    ]
) - {"per"}


def _decade(scan: _Scan) -> Value | None:
    """The '90s, the 90s"""
    if scan.word(scan.index + 1) != "s" or scan.gap(scan.index + 1).strip("'’") or len(scan.token.word) != 2:
        return None
    value = scan.value(Kind.DECADE, Fraction(scan.token.word), scan.tokens[scan.index + 1].end)
    return replace(value, strength=Strength.SOFT)


# --- Words that stand for a number --------------------------------------------------------------------


def _word_value(scan: _Scan) -> Value | None:
    word, end = scan.token.word, scan.token.end
    if word in _MULTIPLES:
        return replace(scan.value(Kind.MULTIPLE, Fraction(_MULTIPLES[word]), end), strength=Strength.SOFT)
    if word in _TRACES:
        return replace(scan.value(Kind.COUNT, Fraction(_TRACES[word]), end), strength=Strength.TRACE)
    if word in _LONE_SPANS:
        value = scan.value(Kind.DURATION, Fraction(_LONE_SPANS[word]), end)
        return replace(value, unit="month", strength=Strength.TRACE)
    return None


# --- Quantities ---------------------------------------------------------------------------------------


def _quantity(scan: _Scan, phrase: Phrase) -> Value | None:
    """A number with its unit."""
    end = scan.tokens[phrase.after - 1].end
    if phrase.form == "ordinal":
        return _ordinal(scan, phrase, end)
    if phrase.form == "ratio":
        return _ratio(scan, phrase, end)
    value = replace(scan.value(Kind.COUNT, phrase.figure.amount, end), step=phrase.figure.step)
    return (
        _percent(scan, phrase, value)
        or _money(scan, phrase, value)
        or _measured(scan, phrase, value)
        or _multiple(scan, phrase, value)
        or _period(scan, phrase, value)
        or replace(value, strength=_strength(scan, phrase))
    )


def _strength(scan: _Scan, phrase: Phrase) -> Strength:
    amount = phrase.figure.amount
    if not phrase.spelled:
        return Strength.FIRM if amount != 1 else Strength.SOFT
    if amount <= 1:
        return Strength.TRACE
    many = scan.word(phrase.after) == "of" and scan.word(phrase.after - 1) in {
        "hundreds",
        "thousands",
        "millions",
    }
    if amount == 2 or many:
        return Strength.SOFT
    return Strength.LIKELY if amount <= 10 or amount in {12, 100, 1000} else Strength.FIRM


def _ordinal(scan: _Scan, phrase: Phrase, end: int) -> Value:
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


def _ratio(scan: _Scan, phrase: Phrase, end: int) -> Value:
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


def _until(scan: _Scan, value: Value, end: int) -> Value:
    return replace(value, end=end, text=scan.text[value.start : end])


def _percent(scan: _Scan, phrase: Phrase, value: Value) -> Value | None:
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
            return replace(_until(scan, value, scan.tokens[place + 1].end), kind=Kind.POINT, written="points")
        ratio = replace(value, kind=Kind.RATIO, amount=value.amount / below, step=value.step / below)
        return replace(
            _until(scan, ratio, scan.tokens[place].end),
            written=scan.text[value.end : scan.tokens[place].end].strip(),
        )
    if word in {"percentage", "basis"} and scan.word(place + 1) in {"point", "points"}:
        factor = Fraction(1, 100) if word == "basis" else _ONE
        point = replace(value, kind=Kind.POINT, amount=value.amount * factor, written="points")
        return _until(scan, point, scan.tokens[place + 1].end)
    return None


def _money(scan: _Scan, phrase: Phrase, value: Value) -> Value | None:
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
            return money if behind is None else replace(_until(scan, money, behind[1]), unit=behind[0])
    behind = _currency_behind(scan, phrase.after)
    if behind is None:
        return None
    code, end = behind
    return replace(
        _until(scan, value, end), kind=Kind.MONEY, unit=code, written=scan.text[value.end : end].strip()
    )


_NATIONS = {
    "us": "USD", "american": "USD", "hong": "HKD", "taiwan": "TWD", "nt": "TWD", "australian": "AUD", "canadian": "CAD",
    "singapore": "SGD", "chinese": "CNY", "rmb": "CNY", "south": "KRW", "japanese": "JPY", "zealand": "NZD", "s": "USD",
    "kong": "HKD", "swiss": "CHF", "british": "GBP", "hk": "HKD", "new": "TWD",
}  # fmt: skip


def _currency_behind(scan: _Scan, place: int) -> tuple[str, int] | None:
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
        if word not in _NATIONS and word not in {"u", "taiwan", "of"}:
            return None
        nation = _NATIONS.get(word, nation) if not (word == "s" and nation) else nation
    return None


def _measured(scan: _Scan, phrase: Phrase, value: Value) -> Value | None:
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
    while scan.word(place) in _ADJECTIVES and scan.close(place + 1):
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


def _another_word(scan: _Scan, place: int) -> bool:
    """Whether a short unit's letters stand for something else: 5 m people, 3 a day, 3 G."""
    word = scan.text[scan.tokens[place].start : scan.tokens[place].end]
    return (len(word) == 1 and (word.isupper() and word != "W")) or (
        word == "stone" and scan.gap(place) != " "
    )


def _in_unit(scan: _Scan, value: Value, unit: Measure, end: int) -> Value:
    written = scan.text[value.end : end].strip(" -\u00a0")
    amount = value.amount * unit.factor
    strength = Strength.SOFT if value.amount == 1 else Strength.FIRM
    if strength is Strength.FIRM and value.amount <= 10 and not value.text[:1].isdecimal():
        plan = scan.folded[end : end + 5].lower() == " plan"
        strength = Strength.TRACE if plan else Strength.LIKELY
    return replace(
        _until(scan, value, end), kind=unit.kind, unit=unit.unit, amount=amount, step=value.step * unit.factor,
        written=written, strength=strength,
    )  # fmt: skip


def _multiple(scan: _Scan, phrase: Phrase, value: Value) -> Value | None:
    if scan.word(phrase.after) not in {"times", "fold"} or not scan.close(phrase.after):
        return None
    strength = Strength.LIKELY if phrase.spelled else Strength.FIRM
    return replace(_until(scan, value, scan.tokens[phrase.after].end), kind=Kind.MULTIPLE, strength=strength)


def _period(scan: _Scan, phrase: Phrase, value: Value) -> Value | None:
    """The first three quarters."""
    word = scan.word(phrase.after)
    if (
        word != "quarters"
        or not 2 <= value.amount <= 4
        or scan.word(scan.index - 1) not in {"first", "last", "past"}
    ):
        return None
    return replace(_until(scan, value, scan.tokens[phrase.after].end), kind=Kind.PERIOD, unit="quarters")


_FIGURE_READERS: tuple[_Reader, ...] = (_day_first, _time, _decade, _code, _year)
_WORD_READERS: tuple[_Reader, ...] = (_month, _weekday, _named_time, _quarter_code, _roman, _word_value)


# --- Roles, hedges, ranges ----------------------------------------------------------------------------


def _with_context(value: Value | None, scan: _Scan) -> Value | None:
    if value is None:
        return None
    before = scan.word(scan.index - 1)
    if value.start < scan.token.start:
        before = _word_before(scan, value.start)
    role = {"from": Role.START, "to": Role.END}.get(before, Role.NONE)
    near = (
        before in _APPROXIMATE
        or (before == "than")
        or (before == "to" and scan.word(scan.index - 2) == "close")
    )
    if role or near:
        return replace(value, role=role, approximate=near)
    return value


def _word_before(scan: _Scan, start: int) -> str:
    words = [token.word for token in scan.tokens[max(0, scan.index - 4) : scan.index] if token.end <= start]
    return words[-1] if words else ""


_RANGE = re.compile(r"\s?(?:to|-|and|or|through|,|until|&|/|, and|–)\s?")
_SHARED_KINDS = frozenset(
    {Kind.RATIO, Kind.POINT, Kind.MONEY, Kind.MEASURE, Kind.DURATION, Kind.MULTIPLE, Kind.COUNT}
)


def _propagated(values: list[Value], folded: str) -> list[Value]:
    """The values, with the unit of "120 to 200 millimeters" or "June 26 to 28" on both numbers."""
    values.sort(key=lambda value: value.start)
    for place in range(len(values) - 2, -1, -1):
        left, right = values[place], values[place + 1]
        gap = folded[left.end : right.start].lower()
        if len(gap) <= 9 and (found := _RANGE.fullmatch(gap)):
            values[place] = _left_of(left, right, folded)
            del found
    for place in range(len(values) - 1):
        left, right = values[place], values[place + 1]
        gap = folded[left.end : right.start].lower().strip()
        if left.kind is Kind.DATE and gap in {"to", "-", "and", "through", "until"}:
            values[place + 1] = _right_of(left, right)
    return values


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
    if year and not month and amount == year % 100 + 1:
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
    factor = right.amount / right.figure if right.figure else _ONE
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
