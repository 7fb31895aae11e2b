"""Chinese words: rjieba's cut, and unknown words taken apart into known ones."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

import rjieba

from tm.lexicon.wordlists import listed

__all__ = ["FUNCTION_WORDS", "cut", "parts"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_LONGEST = 8
FUNCTION_WORDS = frozenset(listed("chinese"))


def cut(text: str, known: Container[str]) -> list[str]:
    """The Chinese words of a simplified text; every word is known or a single character.

    Segmentation by highest probability (rjieba); what is not known is taken apart. Figures, Latin words and
    marks are left out.
    """
    return [
        part
        for stretch in _HAN.findall(text)
        for word in rjieba.cut(stretch)
        for part in ((word,) if word in known or len(word) == 1 else parts(word, known))
    ]


def parts(word: str, known: Container[str]) -> Iterator[str]:
    """Known words that make up a word, the longest first from the left, never the word itself."""
    start = 0
    while start < len(word):
        longest = min(_LONGEST, len(word) - start, len(word) - 1)
        for length in range(longest, 0, -1):
            part = word[start : start + length]
            if length == 1 or part in known:
                yield part
                start += length
                break
