"""English text as words for matching terms: places of words, and what stands between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache

__all__ = ["ARTICLES", "COORDINATORS", "EnglishText", "Gap", "gap_kind"]

ARTICLES = frozenset({"a", "an", "the"})
COORDINATORS = frozenset({"and", "or", "&", "plus", "nor"})

_INSIDE = "\u00ad\u200b\u200c\u200d\u2060\u0300-\u036f"
_WORD = re.compile(rf"(?:[^\W_][{_INSIDE}]*)+(?:['’ʼ＇](?:[^\W_][{_INSIDE}]*)+)*|&")
_IGNORED = re.compile(f"[{_INSIDE}]")
_HYPHEN = re.compile(r"[-‐‑\u00ad]\s*")
_BREAKS = re.compile(r"[.;:!?…—。；：！？]|--|\n\s*\n")
_BRACKETS = re.compile(r"[()\[\]{}（）%$€£¥＄=+*#|<>]")
_COMMAS = re.compile(r"[,，、]")


class Gap(IntEnum):
    """What stands between two words: nothing that parts them, a comma, a bracket or sign, a full break."""

    JOIN = 0
    COMMA = 1
    BRACKET = 2
    BREAK = 3


@lru_cache(maxsize=4096)
def gap_kind(gap: str) -> Gap:
    """How strongly this text between two words parts them; spaces, hyphens, slashes and quotes do not."""
    for pattern, kind in ((_BREAKS, Gap.BREAK), (_BRACKETS, Gap.BRACKET), (_COMMAS, Gap.COMMA)):
        if pattern.search(gap):
            return kind
    return Gap.JOIN


@dataclass(frozen=True)
class EnglishText:
    """A text and its words, folded: lower case, straight apostrophes, no accents, no soft hyphens."""

    text: str

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in the text."""
        return [match.span() for match in _WORD.finditer(self.text)]

    @cached_property
    def words(self) -> list[str]:
        """The words, folded."""
        written = [self.text[start:end] for start, end in self.spans]
        if self.text.isascii():
            return [word.lower() for word in written]
        return [_folded(word) for word in written]

    @cached_property
    def gaps(self) -> list[Gap]:
        """What stands before each word."""
        spans, text = self.spans, self.text
        before = [0, *[end for _, end in spans[:-1]]]
        between = [text[end:start] for end, (start, _) in zip(before, spans, strict=False)]
        return [Gap.JOIN if gap in {" ", "-", ""} else gap_kind(gap) for gap in between]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The positions of each word, and of each pair of words that a hyphen joins, as one word."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            found.setdefault(word, []).append(at)
        for at, word in self.joined.items():
            found.setdefault(word, []).append(at)
        return found

    @cached_property
    def joined(self) -> dict[int, str]:
        """Pairs of words joined by a hyphen, written together, by the position of the first."""
        spans, text = self.spans, self.text
        if not _HYPHEN.search(text):
            return {}
        return {
            at: self.words[at] + self.words[at + 1]
            for at in range(len(spans) - 1)
            if _HYPHEN.fullmatch(text, spans[at][1], spans[at + 1][0])
        }

    def written(self, at: int) -> str:
        """The word at a position as it is written, without soft hyphens and accents."""
        start, end = self.spans[at]
        word = self.text[start:end]
        return word if word.isascii() else _plain(word)

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """The offsets from the first word to the end of the last."""
        return self.spans[first][0], self.spans[last][1]


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return _plain(word).lower()


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    if word.isascii():
        return word
    straight = word.replace("’", "'").replace("ʼ", "'").replace("＇", "'")
    return _IGNORED.sub("", unicodedata.normalize("NFKD", straight))
