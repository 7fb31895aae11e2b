"""Display width: how many terminal cells a text takes, and wrapping by cells.

Wide and full-width characters (Unicode Standard Annex 11) take two cells, combining marks none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

__all__ = ["clip", "display_width", "pad", "wrap"]

_NEVER_FIRST = frozenset("，。、；：？！）》」』】〉”’…—％,.;:?!)]}")
_NEVER_LAST = frozenset("（《「『【〈“‘([{")


def display_width(text: str) -> int:
    """The number of terminal cells."""
    return sum(map(_cells, text))


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with spaces to a width in cells; aligned right on demand."""
    fill = " " * max(0, width - display_width(text))
    return fill + text if right else text + fill


def clip(text: str, width: int) -> str:
    """The text on one line, cut to a width in cells; a cut is marked with an ellipsis."""
    line = " ".join(text.split())
    if display_width(line) <= width:
        return line
    used, kept = 1, []
    for char in line:
        used += _cells(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept) + "…"


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells: broken at spaces and between Chinese characters.

    No line starts or ends with punctuation that may not stand there; a single word that is wider than a
    line keeps a line of its own.
    """
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        cells = display_width(piece.rstrip())
        if line and used + cells > width:
            lines.append(line.rstrip())
            line, used = "", 0
        line += piece if line else piece.lstrip()
        used = display_width(line)
    if line.strip():
        lines.append(line.rstrip())
    return lines


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _pieces(text: str) -> Iterator[str]:
    """Stretches that must stay on one line."""
    piece = ""
    for position, char in enumerate(text):
        piece += char
        following = text[position + 1 : position + 2]
        if following and _may_break(char, following):
            yield piece
            piece = ""
    if piece:
        yield piece


def _may_break(left: str, right: str) -> bool:
    if left.isspace():
        return not right.isspace()
    if right in _NEVER_FIRST or left in _NEVER_LAST or right.isspace():
        return False
    return _cells(left) == 2 or _cells(right) == 2
