"""The match form of a text: what two texts must share to count as the same words.

It is for matching only and keeps no offsets. Composition (NFC), character width, kinds of quotation marks,
dashes and ellipses, invisible characters, and white space are evened out; white space counts only between
words that are written with it, never beside Chinese characters and marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

__all__ = ["DIFFERENCES", "form_differences", "match_form"]

DIFFERENCES = ("space", "width", "punctuation")
"""The names that `form_differences` gives, lightest first."""

_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"\s+")
_CHINESE = re.compile(f"[{_WIDE}]")
_SPACE_IN_CHINESE = re.compile(f"(?<=[{_WIDE},.:;!?()]) | (?=[{_WIDE},.:;!?()])")
_DASHES = re.compile("[\u2010-\u2015\u2500\u2212-]+")
_ELLIPSES = re.compile(r"(?:[\u2026\u22ef]|[.。｡]{3,})+")
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥", 0xFFE1: "£"}
_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟「」『』〝〞«»", '"'),
        **dict.fromkeys("‘’‚‛`´", "'"),
        **dict.fromkeys("•‧∙⋅・･", "·"),
        **dict.fromkeys("〔〖【［", "["),
        **dict.fromkeys("〕〗】］", "]"),
        **dict.fromkeys("〈", "《"),
        **dict.fromkeys("〉", "》"),
        **dict.fromkeys("。．｡", "."),
        **dict.fromkeys("、､", ","),
    }
)


def match_form(text: str) -> str:
    """The text as it is compared: composed, of one width, with one kind of mark and of white space."""
    if text.isascii():
        return _ascii_form(text)
    return _punctuated(_narrowed(_spaced(text)))


def _ascii_form(text: str) -> str:
    """The match form of a text of ASCII alone, which most of the steps have nothing to do with."""
    text = " ".join(text.split()).replace("`", "'")
    if "..." in text:
        text = _ELLIPSES.sub("\u2026", text)
    return _DASHES.sub("-", text) if "--" in text else text


def form_differences(left: str, right: str) -> tuple[str, ...]:
    """In what two texts of the same match form differ: space, width, punctuation; nothing when equal."""
    if left == right:
        return ()
    steps = dict(zip(DIFFERENCES, (_spaced, _narrowed, _punctuated), strict=True))
    needed = [name for name in DIFFERENCES if _differ(left, right, [steps[x] for x in steps if x != name])]
    return tuple(needed) or DIFFERENCES[-1:]


def _differ(left: str, right: str, steps: list[Callable[[str], str]]) -> bool:
    for step in steps:
        left, right = step(left), step(right)
    return left != right


def _spaced(text: str) -> str:
    """White space evened out, and left out beside Chinese and, in a Chinese text, beside its marks."""
    text = _INVISIBLE.sub("", text)
    text = _SPACES.sub(" ", text).strip()
    return _SPACE_IN_CHINESE.sub("", text) if _CHINESE.search(text) else text


def _narrowed(text: str) -> str:
    """Composed characters of one width."""
    return unicodedata.normalize("NFC", text.translate(_WIDTH))


def _punctuated(text: str) -> str:
    """One kind of each punctuation mark."""
    text = _ELLIPSES.sub("\u2026", text)
    return _DASHES.sub("-", text.translate(_MARKS))
