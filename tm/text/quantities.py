"""Quantities, dates and numbers by value, in Chinese and English."""

from __future__ import annotations

from functools import lru_cache

from tm.text.numbers import Strength, Value, is_chinese
from tm.text.quantities_en import scan_english
from tm.text.quantities_zh import scan_chinese

__all__ = ["find_values", "scan_values"]

_REMEMBERED = 4096


@lru_cache(maxsize=_REMEMBERED)
def scan_values(text: str, lang: str) -> tuple[Value, ...]:
    """The values of a text in order, with the traces: numerals in idioms and names, one as a pronoun.

    `lang` is a BCP 47 tag; every language but Chinese is read as English. Time is linear in the text.
    """
    return tuple(scan_chinese(text, lang) if is_chinese(lang) else scan_english(text))


def find_values(text: str, lang: str) -> list[Value]:
    """The quantities, dates and numbers of a text in order, with exact offsets; no traces."""
    return [value for value in scan_values(text, lang) if value.strength is not Strength.TRACE]
