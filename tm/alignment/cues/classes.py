"""Cue: marks, pronouns and negations, whose presence translations mostly keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tm.alignment.cues.base import Link, Tokens, same
from tm.alignment.document import Document

__all__ = ["Classes"]

_CLASSES = {
    "?": (r"[？?]", r"\?"),
    "!": (r"[！!]", r"!"),
    "quotation": (r"[“「『]", r"[“\"‘]"),
    "bracket": (r"[（(]", r"[(]"),
    "title": (
        r"[《]",
        r"\b(?:Opinions?|Measures|Plan|Law|Regulations|Guidelines|Outline|List|Report|Rules)\b",
    ),
    "colon": (r"[：:](?!\d)", r":(?!\d)"),
    "semicolon": (r"[；;]", r";"),
    "dash": (r"——|—|―", r"—|--|–\s"),
    "ellipsis": (r"…|\.\.\.", r"…|\.\.\."),
    "i": (r"我(?!们|国|省|市|县|区|军|党|方)", r"\b(?:I|me|my|mine|myself)\b"),
    "we": (r"我们|咱们?|我国|我省|我市", r"\b(?i:we|us|our|ours|ourselves)\b"),
    "you": (r"[你您]", r"\b(?i:you|your|yours|yourself|thee|thou|thy|ye)\b"),
    "he": (r"他(?!们|人)", r"\b(?i:he|him|his|himself)\b"),
    "she": (r"她(?!们)", r"\b(?i:she|her|hers|herself)\b"),
    "they": (r"[他她它]们", r"\b(?i:they|them|their|theirs|themselves)\b"),
    "it": (r"它(?!们)", r"\b(?i:it|its|itself)\b"),
    "not": (
        r"[不没未无非勿莫](?!断|仅|但|同|锈|论|管|过|少|久)",
        r"\b(?i:not|no|never|none|nothing|without|cannot|nor|neither)\b|n['’]t\b",
    ),
    "and so": (r"因此|所以|故此", r"\b(?i:so|therefore|thus|hence)\b"),
    "but": (r"但是?|然而|不过|却", r"\b(?i:but|however|yet|though|although)\b"),
    "if": (r"如果|假如|若", r"\b(?i:if)\b"),
    "who": (r"谁", r"\b(?i:who|whom)\b"),
    "what": (r"什么|甚么|何", r"\b(?i:what)\b"),
    "why": (r"为什么|为何", r"\b(?i:why)\b"),
}
_PATTERNS = tuple((name, re.compile(zh), re.compile(en)) for name, (zh, en) in _CLASSES.items())


class Classes:
    """Marks and small words by class."""

    name = "classes"
    weight = 0.6
    certainty = 0.8

    def tokens(self, document: Document) -> Tokens:
        """The classes that occur in each segment."""
        return Tokens(
            zh=[
                [name for name, pattern, _ in _PATTERNS if pattern.search(text)]
                for text in document.simplified
            ],
            en=[[name for name, _, pattern in _PATTERNS if pattern.search(text)] for text in document.en],
        )

    def links(self, zh: Sequence[str], en: Sequence[str]) -> Iterator[Link]:
        """A class with itself."""
        return same(zh, en, self.certainty)
