"""Inline codes as a reader of a Word table sees them: ⟦1⟧ and ⟦/1⟧ for a pair, ⟦2/⟧ for one alone.

Numbers begin after those that the text itself has in such brackets, so nothing in it is taken for a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tm.formats.docx_cells import Piece
from tm.model import Code, Segment

__all__ = ["restored", "shown"]

_TOKEN = re.compile(r"⟦(/?)(\d{1,6})(/?)⟧")


@dataclass(frozen=True, slots=True)
class _Sign:
    """Where a placeholder stands, and the code it begins, ends or is."""

    offset: int
    token: str
    code: Code
    ends: bool = False


def shown(segment: Segment) -> tuple[Piece, ...]:
    """The text with a placeholder for every code."""
    pieces: list[Piece] = []
    at = 0
    for sign in _signs(segment.text, segment.codes):
        if sign.offset > at:
            pieces.append(Piece(segment.text[at : sign.offset]))
        pieces.append(Piece(sign.token, code=True))
        at = sign.offset
    rest = segment.text[at:]
    return (*pieces, Piece(rest)) if rest else tuple(pieces)


def restored(pieces: Sequence[Piece], lang: str, original: Segment | None) -> Segment:
    """The segment of what a cell says; `original` is what was written there once, with its codes.

    A placeholder of the original is its code, wherever it stands now and however it came there. Other text
    in a style for codes, as other programs have it, is a code with that text.
    """
    known = {sign.token: sign for sign in _signs(original.text, original.codes)} if original else {}
    text: list[str] = []
    codes: list[Code] = []
    opened: dict[str, tuple[int, int]] = {}
    length = 0
    for token, is_code in _tokens(pieces, known):
        sign = known.pop(token, None)
        if sign is not None and sign.code.kind == "hi":
            if not sign.ends:
                opened[token] = (len(codes), length)
                continue
            start = opened.pop(token.replace("/", "", 1), None)
            if start is not None:
                inside = tuple(codes[start[0] :])
                hi = replace(sign.code, offset=start[1], length=length - start[1], children=inside)
                codes[start[0] :] = [hi]
        elif sign is not None:
            codes.append(replace(sign.code, offset=length))
        elif is_code:
            codes.append(Code(offset=length, kind="ph", text=token))
        else:
            text.append(token)
            length += len(token)
    return Segment(lang=lang, text="".join(text), codes=tuple(codes))


def _tokens(pieces: Sequence[Piece], known: dict[str, _Sign]) -> Iterator[tuple[str, bool]]:
    """Stretches of text and placeholders; also those of the original that stand in plain text."""
    for is_code, text in _joined(pieces):
        at = 0
        for found in _TOKEN.finditer(text):
            if found[0] in known:
                if found.start() > at:
                    yield text[at : found.start()], is_code
                yield found[0], True
                at = found.end()
        if at < len(text):
            yield text[at:], is_code


def _joined(pieces: Sequence[Piece]) -> Iterator[tuple[bool, str]]:
    """Neighbouring pieces of one sort as one: a word processor cuts text where it likes."""
    held, sort = "", False
    for piece in pieces:
        if held and piece.code is not sort:
            yield sort, held
            held = ""
        held, sort = held + piece.text, piece.code
    if held:
        yield sort, held


def _signs(text: str, codes: Sequence[Code]) -> list[_Sign]:
    """The placeholders of all codes in their order."""
    first = max((int(found[2]) for found in _TOKEN.finditer(text)), default=0)
    return list(_numbered(codes, [first], {}))


def _numbered(codes: Sequence[Code], last: list[int], pairs: dict[str, int]) -> Iterator[_Sign]:
    for code in codes:
        if code.kind == "ept" and code.i in pairs:
            yield _Sign(code.offset, f"⟦/{pairs.pop(code.i)}⟧", code)
            continue
        last[0] += 1
        number = last[0]
        if code.kind == "hi":
            yield _Sign(code.offset, f"⟦{number}⟧", code)
            yield from _numbered(code.children, last, pairs)
            yield _Sign(code.offset + code.length, f"⟦/{number}⟧", code, ends=True)
        elif code.kind == "bpt":
            pairs[code.i] = number
            yield _Sign(code.offset, f"⟦{number}⟧", code)
        else:
            yield _Sign(code.offset, f"⟦{number}/⟧", code)
