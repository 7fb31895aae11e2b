"""Text in pieces for a page: what was put in or taken out, and what findings are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

__all__ = ["Mark", "Piece", "compared", "marked"]

_TOKENS = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?|[^\W\d_\u3400-\u9fff]+|\s+|.", re.DOTALL)
_MOST = 4000
"""Longer texts are not compared word by word; nobody reads so many marks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that something is to be said of, in code points, half open."""

    start: int
    end: int
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: `tag` is ins, del or empty; `title` is what the findings about it say."""

    text: str
    tag: str = ""
    title: str = ""


def compared(before: str, after: str) -> list[Piece]:
    """The text `after` in pieces, with what differs from `before` as del and ins, word by word."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if max(len(old), len(new)) > _MOST:
        return [Piece(after)]
    return list(_joined(old, new))


def marked(pieces: Iterable[Piece], marks: Sequence[Mark]) -> list[Piece]:
    """The pieces, cut where marks of the text that they make begin and end, with the marks' titles."""
    found: list[Piece] = []
    at = 0
    for piece in pieces:
        if piece.tag == "del":
            found.append(piece)
            continue
        end = at + len(piece.text)
        inside = {edge for mark in marks for edge in (mark.start, mark.end) if at < edge < end}
        for start, stop in pairwise([at, *sorted(inside), end]):
            titles = [mark.title for mark in marks if mark.start <= start and stop <= mark.end]
            said = "\n".join([piece.title, *titles] if piece.title else titles)
            found.append(Piece(piece.text[start - at : stop - at], piece.tag, said))
        at = end
    return found


def _joined(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Changes with only a space between them are one."""
    gone, come = "", ""
    kept = ""
    for code in Levenshtein.opcodes(old, new):
        taken, put = (
            "".join(old[code.src_start : code.src_end]),
            "".join(new[code.dest_start : code.dest_end]),
        )
        if code.tag == "equal" and (taken.strip() or not (gone or come)):
            yield from _change(gone, come)
            if kept:
                yield Piece(kept)
            gone, come, kept = "", "", ""
            yield Piece(taken)
        elif code.tag == "equal":
            kept = taken
        else:
            gone, come, kept = gone + kept + taken, come + kept + put, ""
    yield from _change(gone, come)
    if kept:
        yield Piece(kept)


def _change(gone: str, come: str) -> Iterator[Piece]:
    """What was exchanged; a space that both end with is outside."""
    tail = " " if gone.endswith(" ") and come.endswith(" ") else ""
    size = len(tail)
    if gone:
        yield Piece(gone[: len(gone) - size], "del")
    if come:
        yield Piece(come[: len(come) - size], "ins")
    if tail:
        yield Piece(tail)
