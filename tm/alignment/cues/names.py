"""Cue: names in pinyin, and words written in Latin letters on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tm.alignment.cues.base import Link, Tokens, same
from tm.alignment.document import Document
from tm.lexicon import Cognates, Lexicon, spelt

__all__ = ["Names"]

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.+-]*[A-Za-z0-9]|[A-Z]")


class Names:
    """Names read aloud (彭 → Peng) and copied words (GDP)."""

    name = "names"
    weight = 1.4
    certainty = 0.9

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def tokens(self, document: Document) -> Tokens:
        """English names that are found on the Chinese side, and Latin words of the Chinese side."""
        spellings = [sorted(set(spelt(text))) for text in document.en]
        cognates = Cognates((name for names in spellings for name in names), self.lexicon.readings)
        copied = [set(map(str.lower, _LATIN.findall(text))) for text in document.zh]
        sought = set().union(*copied)
        latin = [sorted(sought & set(map(str.lower, _LATIN.findall(text)))) for text in document.en]
        return Tokens(
            zh=[
                [*sorted(set(cognates.find(text))), *sorted(words)]
                for text, words in zip(document.simplified, copied, strict=True)
            ],
            en=[[*names, *words] for names, words in zip(spellings, latin, strict=True)],
        )

    def links(self, zh: Sequence[str], en: Sequence[str]) -> Iterator[Link]:
        """A name with itself."""
        return same(zh, en, self.certainty)
