"""English words and their stems, as coarse as evidence for translation needs them."""

from __future__ import annotations

import re
from functools import lru_cache

from tm.lexicon.wordlists import families, listed

__all__ = ["FUNCTION_WORDS", "stem", "words"]

_WORD = re.compile(r"([A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’](?!s\b)[A-Za-z]+)*)(?:['’]s\b)?")
FUNCTION_WORDS = frozenset(listed("english"))
_IRREGULAR = {form: base for base, *forms in families("irregular") for form in forms}
_ENDINGS = tuple((ending, "".join(left)) for ending, *left in families("endings"))
_SHORTEST = 4
_SHORTEST_BEFORE_Y = 6
_VOWELS = frozenset("aeiouy")


def words(text: str) -> list[str]:
    """The words of an English text as written, without figures and without a possessive's ending."""
    return [word.replace("’", "'") for word in _WORD.findall(text)]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem that related words share: develop, developing, development.

    Coarser than inflection on purpose: a dictionary gives one word of a family, a translator takes another.
    """
    word = word.lower().replace("'", "")
    word = _IRREGULAR.get(word, word)
    word = _without_plural(word)
    word = _without_inflection(word)
    for _ in range(3):
        shorter = _without_ending(word)
        if shorter == word:
            break
        word = shorter
    return word


def _without_plural(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]


def _without_inflection(word: str) -> str:
    for ending in ("ing", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and not _VOWELS.isdisjoint(base):
            doubled = base[-1] == base[-2] and base[-1] not in "lsz"
            return base[:-1] if doubled else base
    return word


def _without_ending(word: str) -> str:
    for ending, left in _ENDINGS:
        shortest = _SHORTEST_BEFORE_Y if ending == "y" else _SHORTEST
        if word.endswith(ending) and len(word) - len(ending) + len(left) >= shortest:
            return word[: len(word) - len(ending)] + left
    return word
