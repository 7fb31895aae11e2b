"""Which English article stands before a word: a or an, by its sound."""

from __future__ import annotations

import re

__all__ = ["ARTICLE", "takes_an"]

ARTICLE = re.compile(r"\b(?P<article>an?)(?P<gap>\s+[“\"‘'(]?)$", re.IGNORECASE)
"""An indefinite article at the end of what stands before a word."""

_VOWEL_SOUND = re.compile(r"(?i:[aeio]|u(?!n[ai]|s[ae]|t[ie])|h(?:our|onest|onou?r))|[FHLMNRSX](?=[A-Z])")
_ONE = re.compile(r"once?\b|eu|ewe", re.IGNORECASE)
_EIGHT = re.compile(r"8|11(?=,\d{3}(?!,\d)|\b|(?:\.\d))|18(?=,\d{3}(?!,\d)|\b|(?:\.\d))")


def takes_an(words: str) -> bool:
    """True when `an` is right before these words: an hour, an 8, an RMB; but a union, a one-off."""
    if words[:1].isdecimal():
        return _EIGHT.match(words) is not None
    return _ONE.match(words) is None and _VOWEL_SOUND.match(words) is not None
