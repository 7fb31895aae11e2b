"""The fuzzy index by other units than characters: each text is spelled anew, one character for each unit.

Words become characters of a private alphabet, numbers become one mark; so the index of characters serves
them as it is, and its hits are those of a comparison with every text unit by unit.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from gettext import gettext as _

from tm.errors import InputError
from tm.matching.index import Hit, MatchIndex
from tm.text.counts import tokens

__all__ = ["SpelledIndex", "WordSpelling", "holds_figures", "spell_figures"]

Spelling = Callable[[str], str]
"""Gives a text its units as characters; equal characters for equal units, and only for them."""

_HAN_FIGURES = "〇零一二三四五六七八九十百千万亿兆两"
_NUMBER = re.compile(f"[0-9]+(?:[.,:/][0-9]+)*[{_HAN_FIGURES}]*|[{_HAN_FIGURES}]+(?:[点·][{_HAN_FIGURES}]+)*")
_FIGURE = "0"
_MOST = sys.maxunicode


def spell_figures(text: str) -> str:
    """The text with one mark for each number in figures or Chinese numerals, whatever its value."""
    return _NUMBER.sub(_FIGURE, text)


def holds_figures(text: str) -> bool:
    """True when a number stands in the text."""
    return _NUMBER.search(text) is not None


class WordSpelling:
    """Spells texts by words: the first word known becomes the first character, and so on.

    `cut` gives the words of a text. Words that are met in a query only are told apart within that query.
    """

    def __init__(self, cut: Callable[[str], Sequence[str]] = tokens) -> None:
        self._cut = cut
        self._known: dict[str, str] = {}

    def learn(self, text: str) -> str:
        """The text spelled; words not yet known become known."""
        return "".join([self._known.get(word) or self._new(word) for word in self._cut(text)])

    def spell(self, text: str) -> str:
        """The text spelled; words not known are characters that no learnt text has."""
        strange: dict[str, str] = {}
        words = self._cut(text)
        for word in words:
            if word not in self._known and word not in strange:
                strange[word] = _character(len(self._known) + len(strange))
        return "".join([self._known.get(word) or strange[word] for word in words])

    def _new(self, word: str) -> str:
        return self._known.setdefault(word, _character(len(self._known)))


class SpelledIndex:
    """An exact index of texts for similarity by the units of a spelling; see `MatchIndex`.

    By words unless another spelling is given. `Hit.similarity` is 1 - distance / longer length in units.
    """

    def __init__(self, texts: Iterable[str], *, spelling: Spelling | None = None) -> None:
        words = WordSpelling()
        self._spell: Spelling = spelling or words.spell
        self._index = MatchIndex([(spelling or words.learn)(text) for text in texts])

    def __len__(self) -> int:
        return len(self._index)

    def search(self, text: str, threshold: float, *, limit: int | None = None) -> list[Hit]:
        """Every text whose similarity to this one is at least the threshold, as `MatchIndex.search` gives."""
        return self._index.search(self._spell(text), threshold, limit=limit)

    def search_many(
        self, texts: Iterable[str], threshold: float, *, limit: int | None = None
    ) -> list[list[Hit]]:
        """The hits of each text, as `search` gives them."""
        return self._index.search_many(map(self._spell, texts), threshold, limit=limit)


def _character(number: int) -> str:
    if number > _MOST:
        raise InputError(
            _("there are more than {count} different words").format(count=_MOST),
            hint=_("Search by characters, or divide the memory."),
        )
    return chr(number)
