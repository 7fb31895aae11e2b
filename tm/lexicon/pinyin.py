"""Names that are written in pinyin: where Chinese characters read like an English word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tm.lexicon.english import FUNCTION_WORDS

__all__ = ["Cognates", "is_pinyin", "spelt"]

_SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|uai|uan|ian|iao|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|ve|er|a|o|e|i|u|v))"
)
_PINYIN = re.compile(rf"{_SYLLABLE}{{1,4}}")
_NAME = re.compile(r"\b[A-Z][a-zü]+(?:['’][a-z]+)?(?:-[a-z]+)*")
_MOST_SYLLABLES = 4


def spelt(text: str) -> Iterator[str]:
    """The capitalised words of an English text that may be pinyin, in lower case without marks."""
    for found in _NAME.findall(text):
        name = re.sub(r"['’-]", "", found).lower().replace("ü", "v")
        if is_pinyin(name):
            yield name


def is_pinyin(word: str) -> bool:
    """True when a word in lower case can be one to four syllables and is no English function word."""
    return word not in FUNCTION_WORDS and _PINYIN.fullmatch(word) is not None


class Cognates:
    """Finds the given names in Chinese text by the readings of its characters."""

    def __init__(self, names: Iterable[str], readings: Mapping[str, tuple[str, ...]]) -> None:
        self.names = frozenset(names)
        self.readings = readings
        self._beginnings = frozenset(name[:end] for name in self.names for end in range(1, len(name) + 1))

    def find(self, text: str) -> Iterator[str]:
        """Each name that some stretch of characters can be read as, in the order of the text."""
        for start in range(len(text)):
            yield from self._from(text, start)

    def _from(self, text: str, start: int) -> Iterator[str]:
        spellings = {""}
        for char in text[start : start + _MOST_SYLLABLES]:
            spellings = {
                spelling + syllable
                for spelling in spellings
                for syllable in self.readings.get(char, ())
                if spelling + syllable in self._beginnings
            }
            if not spellings:
                return
            yield from sorted(spellings & self.names)
