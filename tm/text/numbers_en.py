"""English numbers: figures with scale words, numbers in words, fractions and ordinals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from tm.text.numbers import Figure, read_figure

__all__ = ["NUMBER_WORDS", "Phrase", "Token", "read_phrase", "roman_number", "tokens_of"]

_TOKEN = re.compile(
    r"(?<![\w.)])\.\d++|\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?+|\d++(?:\.\d++)?+|[^\W\d_]++|[%‰$£€¥°½¼¾⅓⅔]",
    re.UNICODE,
)
_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12, "hundreds": 100,
    "mln": 10**6, "bln": 10**9, "bn": 10**9, "tn": 10**12, "dozen": 12,
}  # fmt: skip
_GLUED = {"m": 10**6, "bn": 10**9, "b": 10**9, "k": 10**3, "tn": 10**12, "million": 10**6, "billion": 10**9}
_MOST_SCALES = 3
_ORDINAL_ONES = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
    "eightieth": 80, "ninetieth": 90,
}  # fmt: skip
_ORDINAL_SCALES = {"hundredth": 100, "thousandth": 1000}
_PARTS = {
    "half": 2, "halves": 2, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifths": 5,
    "sixths": 6,
    "sevenths": 7, "eighths": 8, "ninths": 9, "tenths": 10, "hundredths": 100, "thousandths": 1000,
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_SIGNS = {
    "½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3),
}  # fmt: skip
_SUFFIX = {"st", "nd", "rd", "th"}
NUMBER_WORDS = frozenset(
    [*_ONES, *_TENS, *_ORDINAL_ONES, *_ORDINAL_SCALES, "half", "quarter", "a", "an", "dozen", *_SCALES]
)


class Token(NamedTuple):
    """A word, number or sign of a text, lower-cased."""

    start: int
    end: int
    word: str

    @property
    def digits(self) -> bool:
        """Whether it is written in figures."""
        return self.word[0].isdecimal() or self.word[0] == "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A number of one or more tokens; `after` is the index of the next token.

    `form` is cardinal, ordinal, ratio (two thirds) or many (hundreds of).
    """

    figure: Figure
    after: int
    form: str = "cardinal"
    spelled: bool = False


def tokens_of(text: str) -> list[Token]:
    """The words, numbers and signs of a text."""
    return [Token(found.start(), found.end(), found.group().lower()) for found in _TOKEN.finditer(text)]


def read_phrase(text: str, tokens: list[Token], index: int) -> Phrase | None:
    """The number that begins at a token; None where none does."""
    token = tokens[index]
    if token.digits:
        return _figures(text, tokens, index)
    if token.word in _SIGNS:
        return Phrase(
            figure=Figure(amount=_SIGNS[token.word], step=Fraction(1, 100)), after=index + 1, form="ratio"
        )
    if token.word not in NUMBER_WORDS:
        return None
    return _words(text, tokens, index)


def _gap(text: str, tokens: list[Token], index: int) -> str:
    """What stands between a token and the one before; an unusual sign at either end of the text."""
    if index >= len(tokens) or index < 1:
        return "\0"
    return text[tokens[index - 1].end : tokens[index].start]


def _close(gap: str) -> bool:
    return gap == "" or gap in {"-", "\u2010", "\u2011"} or gap.isspace()


def _figures(text: str, tokens: list[Token], index: int) -> Phrase:
    """A number in figures with what multiplies it or makes it an ordinal."""
    figure, after = read_figure(tokens[index].word), index + 1
    gap = _gap(text, tokens, after)
    word = tokens[after].word if after < len(tokens) else ""
    if gap == "" and word in _SUFFIX:
        return Phrase(figure=figure, after=after + 1, form="ordinal")
    if gap == "" and word in _SIGNS:
        return Phrase(
            figure=Figure(amount=figure.amount + _SIGNS[word], step=Fraction(1, 100)), after=after + 1
        )
    if gap == "/" and word[:1].isdecimal() and _slash(text, tokens, index):
        below = read_figure(word).amount
        return Phrase(
            figure=Figure(amount=figure.amount / below, step=Fraction(1, 100)), after=after + 1, form="ratio"
        )
    if gap == "" and word in _GLUED and _glued_scale(text, tokens, index):
        return Phrase(figure=_times(figure, _GLUED[word]), after=after + 1)
    last = min(len(tokens), after + _MOST_SCALES)
    while after < last and _close(_gap(text, tokens, after)) and tokens[after].word in _SCALES:
        if tokens[after].word == "hundreds":
            break
        figure = _times(figure, _SCALES[tokens[after].word])
        after += 1
    return Phrase(figure=figure, after=after)


def _glued_scale(text: str, tokens: list[Token], index: int) -> bool:
    """Whether the letter after a figure is a scale: after a sign of money, or bn, k and the like."""
    word = tokens[index + 1].word
    money = index > 0 and tokens[index - 1].word in "$£€¥" and _gap(text, tokens, index) == ""
    return money or word in {"bn", "tn", "million", "billion"}


def _slash(text: str, tokens: list[Token], index: int) -> bool:
    """Whether figure/figure is a fraction such as 2/3, not a date, a pair of years or 24/7."""
    above, below = tokens[index].word, tokens[index + 1].word
    if len(above) > 2 or len(below) > 2 or int(float(below)) < 2 or "." in above + below:
        return False
    more = text[tokens[index + 1].end : tokens[index + 1].end + 1]
    return (
        int(above) < int(below) and more != "/" and text[tokens[index].start - 1 : tokens[index].start] != "/"
    )


def _times(figure: Figure, scale: int) -> Figure:
    return Figure(amount=figure.amount * scale, step=figure.step * scale)


_ROMAN = re.compile(r"M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_ROMAN_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman_number(written: str) -> int:
    """The worth of a Roman numeral in capitals; 0 where it is none."""
    if not written or not _ROMAN.fullmatch(written):
        return 0
    worths = [_ROMAN_WORTH[sign] for sign in written]
    pairs = zip(worths, [*worths[1:], 0], strict=True)
    return sum(-worth if worth < following else worth for worth, following in pairs)


class _Words:
    """The state of reading a number in words."""

    def __init__(self) -> None:
        self.total = 0
        self.current = 0
        self.place = 1000
        self.count = 0

    def add(self, amount: int, place: int) -> bool:
        """Takes a smaller number behind a larger one (twenty | one); False where that cannot be."""
        if place >= self.place:
            return False
        self.current += amount
        self.place = place
        self.count += 1
        return True

    def scale(self, worth: int) -> bool:
        """Takes hundred, thousand and so on."""
        if worth in {100, 12}:
            if self.place == 100:
                return False
            self.current = (self.current or 1) * worth
            self.place = 100
        else:
            self.total += (self.current or 1) * worth
            self.current, self.place = 0, 1000
        self.count += 1
        return True

    @property
    def amount(self) -> int:
        return self.total + self.current


def _words(text: str, tokens: list[Token], index: int) -> Phrase | None:
    """A number in words from a token on."""
    if tokens[index].word in {"a", "an"}:
        return _indefinite(text, tokens, index)
    if tokens[index].word in {"half", "quarter"}:
        return _part_alone(tokens, index)
    state, place = _Words(), index
    while place < len(tokens):
        step = _joined(text, tokens, place) if place > index else place
        if step is None:
            break
        word = tokens[step].word
        ordinal = _ordinal(state, word)
        if ordinal is not None:
            return _ordinal_phrase(state, ordinal, word, (index, step))
        if not _cardinal(state, word):
            break
        place = step + 1
    if not state.count:
        return None
    return _finished(text, tokens, place, state)


def _joined(text: str, tokens: list[Token], place: int) -> int | None:
    """The index of the next number word, past an "and" inside a number; None where the number ends."""
    gap = _gap(text, tokens, place)
    if not _close(gap) or gap == "":
        return None
    if tokens[place].word != "and":
        return place
    before = tokens[place - 1].word
    follows = place + 1 < len(tokens) and tokens[place + 1].word in {*_ONES, *_TENS, *_ORDINAL_ONES}
    return place + 1 if before in {"hundred", "thousand", "million"} and follows else None


def _cardinal(state: _Words, word: str) -> bool:
    if word in _ONES:
        return state.add(_ONES[word], 10 if _ONES[word] < 10 else 11)
    if word in _TENS:
        return state.add(_TENS[word], 99)
    if word in _SCALES:
        return state.scale(_SCALES[word]) if state.count or not word.endswith("s") else False
    return False


def _ordinal(state: _Words, word: str) -> int | None:
    """The worth of an ordinal that may end the number; None for other words."""
    if word in _ORDINAL_ONES:
        worth = _ORDINAL_ONES[word]
        return worth if state.place > (10 if worth < 10 else 99) or not state.count else None
    return _ORDINAL_SCALES.get(word)


def _ordinal_phrase(state: _Words, worth: int, word: str, place: tuple[int, int]) -> Phrase:
    """twenty-first; or a ratio, where a whole number stands before a part (one third)."""
    start, step = place
    if word in _PARTS and state.count == 1 and 0 < state.current < 10:
        ratio = Fraction(state.current, _PARTS[word])
        return Phrase(
            figure=Figure(amount=ratio, step=Fraction(1, 100)), after=step + 1, form="ratio", spelled=True
        )
    amount = (state.current or 1) * worth if word in _ORDINAL_SCALES else state.current + worth
    figure = Figure(amount=Fraction(state.total + amount), step=Fraction(1))
    return Phrase(figure=figure, after=step + 1, form="ordinal", spelled=start >= 0)


def _indefinite(text: str, tokens: list[Token], index: int) -> Phrase | None:
    """A number after a or an: a hundred, a dozen, a third, a half."""
    following = index + 1
    if following >= len(tokens) or not _close(_gap(text, tokens, following)):
        return None
    word = tokens[following].word
    if word in _SCALES and not word.endswith("s"):
        return _words(text, tokens, following)
    behind = text[tokens[following].end : tokens[following].end + 1]
    before_of = behind in {"", ",", ".", ";", ")"} or (
        following + 1 < len(tokens) and tokens[following + 1].word in {"of", "the", "less", "more", "and"}
    )
    if word in {"half", "quarter"} or (word in _PARTS and before_of):
        figure = Figure(amount=Fraction(1, _PARTS[word]), step=Fraction(1, 100))
        return Phrase(figure=figure, after=following + 1, form="ratio", spelled=True)
    return None


def _part_alone(tokens: list[Token], index: int) -> Phrase | None:
    words = [token.word for token in tokens[index + 1 : index + 3]]
    if tokens[index].word == "quarter":
        return None
    if words and words[-1] in _SCALES and (len(words) == 1 or words[0] in {"a", "an"}):
        worth = Fraction(_SCALES[words[-1]], 2)
        return Phrase(figure=Figure(amount=worth, step=worth / 5), after=index + 1 + len(words), spelled=True)
    return Phrase(
        figure=Figure(amount=Fraction(1, 2), step=Fraction(1, 100)),
        after=index + 1,
        form="ratio",
        spelled=True,
    )


def _finished(text: str, tokens: list[Token], place: int, state: _Words) -> Phrase:
    """The cardinal read so far, or the ratio or mixed number it begins."""
    amount = Fraction(state.amount)
    word = tokens[place].word if place < len(tokens) and _close(_gap(text, tokens, place)) else ""
    if word in _PARTS and state.count == 1 and 0 < state.amount < 100 and (word.endswith("s") or amount == 1):
        ratio = amount / _PARTS[word]
        return Phrase(
            figure=Figure(amount=ratio, step=Fraction(1, 100)), after=place + 1, form="ratio", spelled=True
        )
    words = [token.word for token in tokens[place : place + 3]]
    if words[:3] == ["and", "a", "half"]:
        return Phrase(
            figure=Figure(amount=amount + Fraction(1, 2), step=Fraction(1, 2)), after=place + 3, spelled=True
        )
    step = Fraction(1)
    while amount and amount % (step * 10) == 0:
        step *= 10
    return Phrase(figure=Figure(amount=amount, step=step), after=place, spelled=True)
