"""An English text with its tokens, at one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from tm.text.numbers import Kind, Strength, Value
from tm.text.numbers_en import Phrase, Token

__all__ = ["ONE", "At", "strength", "until"]

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class At:
    """A text with its tokens, at one of them."""

    text: str
    folded: str
    tokens: list[Token]
    index: int

    @property
    def token(self) -> Token:
        """The token itself."""
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
        """A value that begins at the token, or at `start`."""
        start = self.token.start if start < 0 else start
        return Value(start=start, end=end, kind=kind, amount=amount, figure=amount, text=self.text[start:end])


def strength(scan: At, phrase: Phrase) -> Strength:
    """How much a plain number is missed: a figure is, a small number in words may be paraphrased."""
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
    if amount == 2 or many or scan.word(phrase.after - 1) == "dozen":
        return Strength.SOFT
    return Strength.LIKELY if amount <= 10 or amount in {12, 100, 1000} else Strength.FIRM


def until(scan: At, value: Value, end: int) -> Value:
    """The value with its stretch drawn out to `end`."""
    return replace(value, end=end, text=scan.text[value.start : end])
