"""Values in English text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from tm.text.dates import MONTHS, WEEKDAYS
from tm.text.numbers import Kind, Strength, Value
from tm.text.numbers_en import NUMBER_WORDS, Phrase, Token, read_phrase, tokens_of
from tm.text.numbers_zh import fold_digits
from tm.text.quantities_en_at import At
from tm.text.quantities_en_dates import (
    day_first,
    decade,
    month,
    named_time,
    relative,
    round_the_clock,
    time,
    weekday,
    year,
)
from tm.text.quantities_en_names import code, label, quarter_code, roman
from tm.text.quantities_en_ranges import propagated
from tm.text.quantities_en_ratios import one_in_five, ordinal, plain, ratio
from tm.text.quantities_en_units import measured, money, multiple, percent, period
from tm.text.quantities_units import APPROXIMATE, MULTIPLES, SPANS, TRACES

__all__ = ["scan_english"]

_Reader = Callable[[At], Value | None]


_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_START = frozenset(
    [*NUMBER_WORDS, *MONTHS, *WEEKDAYS, *MULTIPLES, *TRACES, *SPANS, "noon", "midday", "midnight"]
)


_FIGURES = frozenset("0123456789.½¼¾⅓⅔ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ")
_CAPITALS = frozenset(
    ["q", "h", *(tens + ones for tens in ("", "x", "xx", "xxx") for ones in _ROMAN_ONES if tens + ones)]
)


def scan_english(text: str) -> list[Value]:
    """The values of an English text in order, traces included."""
    folded = fold_digits(text)
    tokens = tokens_of(folded)
    values: list[Value] = []
    first = label(text, folded)
    if first is not None:
        values.append(first)
    reached = first.end if first else 0
    for index, token in enumerate(tokens):
        if token.start < reached or not _may_start(token, text):
            continue
        value = _read(At(text, folded, tokens, index))
        if value is not None:
            values.append(value)
            reached = value.end
    lower = folded.lower()
    if "clock" in lower or "24/7" in lower or "night" in lower:
        values.extend(round_the_clock(text))
    if " year" in lower:
        values.extend(relative(text))
    return propagated(values, folded)


def _may_start(token: Token, text: str) -> bool:
    """Whether a value may begin at a token: at a figure, a number word, a month, a Roman numeral."""
    word = token.word
    if word[0] in _FIGURES or word in _START:
        return True
    return word in _CAPITALS and text[token.start : token.end].isupper()


def _read(scan: At) -> Value | None:
    for reader in _FIGURE_READERS if scan.token.digits else _WORD_READERS:
        value = reader(scan)
        if value is not None:
            return value
    phrase = read_phrase(scan.folded, scan.tokens, scan.index)
    return _with_context(_quantity(scan, phrase), scan) if phrase else None


def _word_value(scan: At) -> Value | None:
    word, end = scan.token.word, scan.token.end
    if word in MULTIPLES:
        return replace(scan.value(Kind.MULTIPLE, Fraction(MULTIPLES[word]), end), strength=Strength.SOFT)
    if word in TRACES:
        return replace(scan.value(Kind.COUNT, Fraction(TRACES[word]), end), strength=Strength.TRACE)
    if word in SPANS:
        value = scan.value(Kind.DURATION, Fraction(SPANS[word]), end)
        return replace(value, unit="month", strength=Strength.TRACE)
    return None


def _quantity(scan: At, phrase: Phrase) -> Value | None:
    """A number with its unit."""
    end = scan.tokens[phrase.after - 1].end
    if phrase.form == "ordinal":
        return ordinal(scan, phrase, end)
    if phrase.form == "ratio":
        return ratio(scan, phrase, end)
    value = replace(scan.value(Kind.COUNT, phrase.figure.amount, end), step=phrase.figure.step)
    return (
        one_in_five(scan, phrase)
        or percent(scan, phrase, value)
        or money(scan, phrase, value)
        or measured(scan, phrase, value)
        or multiple(scan, phrase, value)
        or period(scan, phrase, value)
        or plain(scan, phrase, value)
    )


_FIGURE_READERS: tuple[_Reader, ...] = (day_first, time, decade, code, year)


_WORD_READERS: tuple[_Reader, ...] = (month, weekday, named_time, quarter_code, roman, _word_value)


def _with_context(value: Value | None, scan: At) -> Value | None:
    if value is None:
        return None
    before = scan.word(scan.index - 1)
    if value.start < scan.token.start:
        before = _word_before(scan, value.start)
    near = (
        before in APPROXIMATE
        or (before == "than")
        or (before == "to" and scan.word(scan.index - 2) == "close")
    )
    return replace(value, approximate=True) if near else value


def _word_before(scan: At, start: int) -> str:
    words = [token.word for token in scan.tokens[max(0, scan.index - 4) : scan.index] if token.end <= start]
    return words[-1] if words else ""
