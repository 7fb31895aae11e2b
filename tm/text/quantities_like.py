"""A new value written in the manner of an English one: figures or words, scale, order of a date, capitals."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from tm.text.numbers import Kind, Value
from tm.text.numbers_en import read_phrase, roman_number, tokens_of
from tm.text.quantities_write import (
    MONTHS,
    decimals_of,
    english_number,
    english_period,
    ordinal_figure,
    roman,
)

__all__ = ["in_words", "ordinal_in_words", "rewritten"]

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth",
          10: "tenth"}  # fmt: skip
_FOLDS = {2: "doubl", 3: "tripl", 4: "quadrupl"}
_FOLD = re.compile(r"(doubl|tripl|quadrupl)(e|ed|es|ing)", re.IGNORECASE)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SMALL_WORDS = 10  # up to here a number may be written in words wherever the English writes words

_FIGURE = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?:(?P<gap>[\s\u00a0-]?)(?P<scale>thousand|million|billion|trillion)\b)?",
    re.I,
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NTH = re.compile(r"(\d+)(st|nd|rd|th)\b")
_ROMAN = re.compile(r"\b[IVXL]+\b")
_MONTH = re.compile(
    r"\b(?P<name>January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?P<short>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b",
)
_YEAR = re.compile(r"\b\d{4}\b")
_DAY = re.compile(r"\b(?P<day>0?[1-9]|[12]\d|3[01])(?P<nth>st|nd|rd|th)?\b")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_SHORT_PERIOD = re.compile(r"([QH])[1-4]")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?P<gap>\s?)(?P<half>[ap]\.?m\.?)?", re.IGNORECASE
)

Writer = Callable[[Value, Value, Value], str | None]


def rewritten(english: Value, old: Value, new: Value) -> str | None:
    """The new Chinese value as the English writes the old one; None where that is not certain.

    `english` must say the same as `old`. Its text is kept but for what differs, so that units, currency
    signs and the order of a date stay as they are.
    """
    if old.kind is not new.kind or old.approximate != new.approximate:
        return None
    if old.unit != new.unit and old.kind is not Kind.PERIOD:
        return None
    if bool(old.date[0]) != bool(new.date[0]) or bool(old.others) != bool(new.others):
        return None
    writer = _ordinal if english.kind is Kind.ORDINAL else _WRITERS.get(old.kind, _number)
    written = writer(english, old, new)
    return None if written is None else _capital(english.text, written)


def in_words(number: int) -> str:
    """The number, below a hundred, in English words: twenty-one."""
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def ordinal_in_words(number: int) -> str:
    """The ordinal, below a hundredth, in English words: twenty-first."""
    head, dash, last = in_words(number).rpartition("-")
    if last in _ORDINALS:
        return f"{head}{dash}{_ORDINALS[last]}"
    return f"{head}{dash}{last[:-1]}ieth" if last.endswith("y") else f"{head}{dash}{last}th"


def _capital(model: str, written: str) -> str:
    if not model[:1].isupper() or not written[:1].islower():
        return written
    if "-" in model and model.title() == model:
        return written.title()
    return written[:1].upper() + written[1:]


# --- Numbers --------------------------------------------------------------------------------------------


def _number(english: Value, old: Value, new: Value) -> str | None:
    """A count, an amount of money, a ratio, a measure: the number is exchanged, the rest is kept."""
    if new.written == "分之" and english.figure == old.amount and not any(map(str.isdigit, english.text)):
        return _fraction(english, new)
    if english.figure != old.figure:
        return None
    figures = list(_FIGURE.finditer(english.text))
    if len(figures) == 1:
        found = figures[0]
        written = _figure(found, new)
        return None if written is None else _spliced(english.text, found.span(), written)
    return None if figures else _words(english, new)


def _figure(found: re.Match[str], new: Value) -> str | None:
    scale = (found["scale"] or "").lower()
    number = found["number"]
    if new.figure.denominator == 1 and new.kind in {Kind.CODE, Kind.LABEL}:
        return str(int(new.figure)) if not scale else None
    if scale == "thousand" and new.figure < _SCALES["million"]:
        return _thousands(found, new)
    if scale and number.startswith("0.") and (kept := _in_scale(new.figure, scale)):
        return f"{kept}{found['gap']}{found['scale']}"
    written = english_number(new.figure, decimals=0 if scale else decimals_of(new))
    if not written:
        return None
    if not scale and "," not in number and len(number) >= 4 and "." not in number:
        written = written.replace(",", "") if new.figure < _SCALES["million"] else written
    if not scale and new.figure >= _SCALES["million"] and "," in number and len(number) > 9:
        written = f"{int(new.figure):,}" if new.figure.denominator == 1 else written
    return written.replace(" ", found["gap"]) if scale and found["gap"] else written


def _in_scale(amount: Fraction, scale: str) -> str:
    """The amount in a scale that the English writes fractions of (0.83 trillion); "" for other amounts."""
    share = amount / _SCALES[scale]
    return english_number(share) if Fraction(1, 10) <= share < 1 and (share * 1000).denominator == 1 else ""


def _thousands(found: re.Match[str], new: Value) -> str | None:
    written = english_number(new.figure / _SCALES["thousand"])
    if new.figure >= _SCALES["thousand"] and len(written) <= 5:
        return f"{written}{found['gap']}thousand"
    return english_number(new.figure) or None


def _words(english: Value, new: Value) -> str | None:
    """A number that the English writes in words."""
    if new.kind is Kind.MULTIPLE and (fold := _folded(english, new)):
        return fold
    tokens = tokens_of(english.text)
    read = ((n, read_phrase(english.text, tokens, n)) for n in range(len(tokens)))
    phrases = [(n, phrase) for n, phrase in read if phrase and phrase.figure.amount == english.figure]
    if not phrases or new.figure.denominator != 1 or tokens[phrases[0][0]].word in {"a", "an"}:
        return None
    first, phrase = phrases[0]
    stretch = (tokens[first].start, tokens[phrase.after - 1].end)
    if new.figure <= _SMALL_WORDS or (new.figure < 100 and english.figure > _SMALL_WORDS):
        return _spliced(english.text, stretch, in_words(int(new.figure)))
    if english.text[stretch[0]].isupper():
        return (
            _spliced(english.text, stretch, in_words(int(new.figure)).capitalize())
            if new.figure < 100
            else None
        )
    return _spliced(english.text, stretch, english_number(new.figure))


def _fraction(english: Value, new: Value) -> str | None:
    """One-third, two thirds: a fraction in words, with or without a hyphen."""
    part = _PARTS.get(new.amount.denominator)
    found = re.fullmatch(r"(?:an?|[a-z]+)(?P<gap>[ -])[a-z]+", english.text.lower())
    if part is None or found is None or new.amount >= 1:
        return None
    count = int(new.amount.numerator)
    return f"{in_words(count)}{found['gap']}{part}{'s' if count > 1 else ''}"


def _folded(english: Value, new: Value) -> str | None:
    """Doubled for tripled, in the same form."""
    found = _FOLD.fullmatch(english.text)
    stem = _FOLDS.get(int(new.amount)) if new.amount.denominator == 1 else None
    return f"{stem}{found[2].lower()}" if found and stem else None


# --- Dates and times ------------------------------------------------------------------------------------


def _date(english: Value, old: Value, new: Value) -> str | None:
    """The date, of which only the parts that differ are exchanged."""
    if any(bool(before) != bool(after) for before, after in zip(old.date, new.date, strict=True)):
        return None
    iso = _ISO.fullmatch(english.text)
    if iso:
        return _iso(iso, old, new)
    text = english.text
    changed = [n for n in (0, 1, 2) if old.date[n] != new.date[n]]
    if changed[-1:] > [0] and not _YEAR.search(text):
        changed = [part for part in changed if part]  # the English leaves the year of such a date out
    if 1 in changed and not _MONTH.search(text):
        return _day_of_a_range(text, old, new)
    for part in changed:
        found = _PART_FINDERS[part](text, old.date[part])
        if found is None:
            return None
        text = _spliced(text, found[0], found[1](new.date[part]))
    return text


def _day_of_a_range(text: str, old: Value, new: Value) -> str | None:
    """The second day of a range, whose month the English writes with the first."""
    found = _find_day(text, old.date[2])
    if found is None or "月" in old.text or not new.date[2]:
        return None
    day = found[1](new.date[2])
    return _spliced(text, found[0], f"{_long_month(new.date[1])} {day}" if "月" in new.text else day)


def _iso(found: re.Match[str], old: Value, new: Value) -> str | None:
    parts = [int(found[n]) for n in (1, 3, 4)]
    if any(mine and mine != theirs for mine, theirs in zip(old.date, parts, strict=True)):
        return None
    year, month, day = (after or theirs for after, theirs in zip(new.date, parts, strict=True))
    width = 2 if len(found[3]) == 2 and len(found[4]) == 2 else 1
    return f"{year}{found[2]}{month:0{width}d}{found[2]}{day:0{width}d}"


_Found = tuple[tuple[int, int], Callable[[int], str]] | None


def _find_year(text: str, year: int) -> _Found:
    found = [match for match in _YEAR.finditer(text) if int(match[0]) == year]
    return (found[0].span(), str) if len(found) == 1 else None


def _find_month(text: str, month: int) -> _Found:
    found = [match for match in _MONTH.finditer(text) if MONTHS[month - 1].startswith(match[0][:3])]
    if len(found) != 1:
        return None
    return found[0].span(), (_short_month if found[0]["short"] else _long_month)


def _find_day(text: str, day: int) -> _Found:
    found = [match for match in _DAY.finditer(text) if int(match["day"]) == day]
    if len(found) != 1:
        return None
    return found[0].span(), (ordinal_figure if found[0]["nth"] else str)


_PART_FINDERS = (_find_year, _find_month, _find_day)


def _long_month(month: int) -> str:
    return MONTHS[month - 1]


def _short_month(month: int) -> str:
    return "Sept" if month == 9 else MONTHS[month - 1][:3]


def _time(english: Value, _old: Value, new: Value) -> str | None:
    found = _CLOCK.fullmatch(english.text)
    if found is None or new.others or new.amount.denominator != 1:
        return None
    hour, minute = divmod(int(new.amount), 60)
    if not found["half"]:
        width = len(found["hour"]) if found["hour"].startswith("0") else 1
        return f"{hour:0{width}d}:{minute:02d}" if found["minute"] else None
    half = "p" if hour >= 12 else "a"
    letters = half + found["half"][1:]
    letters = letters.upper() if found["half"][0].isupper() else letters
    minutes = f":{minute:02d}" if minute or (found["minute"] == "00") else ""
    return f"{hour % 12 or 12}{minutes}{found['gap']}{letters}"


def _period(english: Value, old: Value, new: Value) -> str | None:
    if (found := _SHORT_PERIOD.fullmatch(english.text)) and old.unit == new.unit and not new.others:
        return f"{found[1]}{new.amount}"
    before, after = english_period(old), english_period(new)
    head = before.removesuffix(english.text.lower())
    return (
        after.removeprefix(head) if before and after and before != head and after.startswith(head) else None
    )


def _weekday(english: Value, old: Value, new: Value) -> str | None:
    days = (int(old.amount), int(new.amount))
    names = [name for name in _WEEKDAYS if english.text.lower().startswith(name.lower())]
    base = (days[0] - _WEEKDAYS.index(names[0])) if names else 0
    place = days[1] - base
    return _WEEKDAYS[place] if names and base in {0, 1} and 0 <= place < len(_WEEKDAYS) else None


def _decade(english: Value, old: Value, new: Value) -> str | None:
    found = re.fullmatch(r"(?P<digits>\d+)(?P<rest>['’]?s)", english.text)
    if found is None or old.amount == new.amount or old.unit != new.unit:
        return None
    digits = str(int(new.amount))
    century = found["digits"][: -len(digits)] if len(digits) < len(found["digits"]) else ""
    return century + digits[-len(found["digits"]) :] + found["rest"]


# --- Ordinals -------------------------------------------------------------------------------------------


def _ordinal(english: Value, old: Value, new: Value) -> str | None:
    """The place in an order: 11th, eleventh, XI, No. 11, Chapter Eleven."""
    if new.amount.denominator != 1 or english.amount != old.amount:
        return None
    number, was = int(new.amount), int(old.amount)
    text = english.text
    if found := _NTH.search(text):
        return _spliced(text, found.span(), ordinal_figure(number))
    figures = [match for match in re.finditer(r"\d+", text) if int(match[0]) == was]
    if len(figures) == 1:
        return _spliced(text, figures[0].span(), str(number))
    romans = [match for match in _ROMAN.finditer(text) if roman_number(match[0]) == was]
    if len(romans) == 1 and 0 < number < 50:
        return _spliced(text, romans[0].span(), roman(number))
    return _ordinal_words(text, was, number)


def _label(english: Value, old: Value, new: Value) -> str | None:
    """The number of a heading: 1., (1) or I."""
    figures = any(map(str.isdigit, english.text))
    return _number(english, old, new) if figures else _ordinal(english, old, new)


def _ordinal_words(text: str, was: int, number: int) -> str | None:
    if not (0 < was < 100 and 0 < number < 100):
        return None
    for before, after in (
        (ordinal_in_words(was), ordinal_in_words(number)),
        (in_words(was), in_words(number)),
    ):
        found = re.search(rf"\b{re.escape(before).replace('-', '[- ]')}\b", text, re.IGNORECASE)
        if found:
            return _spliced(text, found.span(), _capital(found[0], after))
    return None


def _spliced(text: str, stretch: tuple[int, int], new: str) -> str:
    return text[: stretch[0]] + new + text[stretch[1] :]


_WRITERS: dict[Kind, Writer] = {
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.PERIOD: _period,
    Kind.WEEKDAY: _weekday,
    Kind.DECADE: _decade,
    Kind.ORDINAL: _ordinal,
    Kind.LABEL: _label,
}
