"""Cue: dictionary words by CC-CEDICT."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tm.alignment.cues.base import Link, Tokens
from tm.alignment.document import Document
from tm.lexicon import CHINESE_FUNCTION_WORDS, FUNCTION_WORDS, Lexicon, stem, words

__all__ = ["Words"]

_WEAKEST = 0.01


class Words:
    """Chinese words and English stems, linked as the dictionary says."""

    name = "words"
    weight = 1.0

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def tokens(self, document: Document) -> Tokens:
        """Content words of both sides."""
        return Tokens(
            zh=[
                [w for w in self.lexicon.words(s) if w not in CHINESE_FUNCTION_WORDS]
                for s in document.simplified
            ],
            en=[
                [stem(w) for w in words(s) if len(w) > 1 and w.lower() not in FUNCTION_WORDS]
                for s in document.en
            ],
        )

    def links(self, zh: Sequence[str], en: Sequence[str]) -> Iterator[Link]:
        """Each word with its translations that occur."""
        known = set(en)
        for word in zh:
            for rendering, weight in self.lexicon.translations(word):
                if rendering in known and weight >= _WEAKEST:
                    yield word, rendering, weight
