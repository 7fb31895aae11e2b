"""Cue: numbers as values, so that 2600亿 is 260 billion, 百分之三 3 percent, and 十一月 November."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tm.alignment.cues.base import Link, Tokens, same
from tm.alignment.document import Document
from tm.text.numbers import Kind, Value
from tm.text.quantities import find_values

__all__ = ["Values"]

_PARTS = ("year", "month", "day")
_OWN_SCALE = frozenset({Kind.TIME, Kind.PERIOD, Kind.WEEKDAY, Kind.DECADE})


class Values:
    """Amounts in base units, dates by their parts, times of day."""

    name = "values"
    weight = 1.3
    certainty = 0.9

    def tokens(self, document: Document) -> Tokens:
        """The values of each segment, each once."""
        return Tokens(
            zh=[_tokens(text, "zh") for text in document.simplified],
            en=[_tokens(text, "en") for text in document.en],
        )

    def links(self, zh: Sequence[str], en: Sequence[str]) -> Iterator[Link]:
        """A value with itself."""
        return same(zh, en, self.certainty)


def _tokens(text: str, lang: str) -> list[str]:
    return sorted({token for value in find_values(text, lang) for token in _spelt(value)})


def _spelt(value: Value) -> Iterator[str]:
    if any(value.date):
        for part, number in zip(_PARTS, value.date, strict=True):
            if number:
                yield f"{part} {number}"
    elif value.kind in _OWN_SCALE:
        yield f"{value.kind} {value.amount}"
    else:
        yield str(value.amount)
