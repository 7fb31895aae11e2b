"""How much text there is: characters as a word processor counts Chinese, and Chinese words."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba

__all__ = ["count_characters", "count_words", "tokens"]

_HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WIDE = (
    "\u2e80-\u2fff\u3001-\u312f\u3190-\u31ef\u3200-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
_PIECE = re.compile(f"[{_WIDE}]|[^\\s{_WIDE}]+")
_CHINESE_MARK = "“”‘’—…·"
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])", re.ASCII)
_MARK = re.compile(f"[{_CHINESE_MARK}]")
_FULL_WIDTH_WORD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}


def count_characters(text: str) -> int:
    """Each Han character and full-width mark counts one, each Latin word or number one.

    Quotation marks, dashes and ellipses are full-width in a text with Han characters; half-width marks that
    stand alone count nothing.
    """
    text = text.translate(_FULL_WIDTH_WORD)
    marks = 0
    if _HAN.search(text):
        text = _APOSTROPHE.sub("'", text)
        text, marks = _MARK.subn(" ", text)
    return marks + sum(1 for piece in _PIECE.findall(text) if _counts(piece))


def count_words(text: str) -> int:
    """The number of words: tokens with a letter, a figure or a Han character in them."""
    return sum(1 for token in tokens(text) if any(map(str.isalnum, token)))


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """Words, numbers and marks in order; white space is left out."""
    return tuple(token for token in rjieba.cut(text) if not token.isspace())


def _counts(piece: str) -> bool:
    return ord(piece[0]) > 0x2E7F or any(map(str.isalnum, piece))
