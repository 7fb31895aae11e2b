"""Small pieces of WordprocessingML: runs that keep every character, paragraphs, cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from tm.errors import FormatError
from tm.formats.docx_cells import Piece
from tm.formats.tmx_escape import illegal_at
from tm.formats.tmx_escape import text as escaped

__all__ = ["Anchor", "attribute_xml", "cell", "paragraph", "run", "runs", "text_xml"]

_CONTROLS = {"\t": "<w:tab/>", "\n": "<w:br/>"}
_CONTROL = re.compile("([\t\n])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A stretch of shown text, half open, that the comment of this number is about."""

    start: int
    end: int
    comment: int


def text_xml(text: str) -> str:
    """The text as the content of an element; a character that XML cannot hold is a FormatError."""
    place = illegal_at(text)
    if place >= 0:
        raise FormatError(
            _("the character U+{code:04X} cannot stand in XML").format(code=ord(text[place])),
            hint=_("Remove it from the text: {text}").format(text=ascii(text[:60])),
        )
    return escaped(text)


def attribute_xml(text: str) -> str:
    """The text as the value of an attribute, without the quotes."""
    return text_xml(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")


def run(text: str, properties: str = "") -> str:
    """A run with this text: tabs and line ends as Word's own, all blanks kept."""
    if not text:
        return ""
    inside = "".join(
        _CONTROLS.get(part) or f'<w:t xml:space="preserve">{text_xml(part)}</w:t>'
        for part in _CONTROL.split(text)
        if part
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def runs(pieces: Sequence[Piece], anchors: Sequence[Anchor] = (), *, properties: str = "") -> str:
    """Runs of these pieces, with the comments that are about stretches of their text."""
    cuts = sorted({cut for anchor in anchors for cut in (anchor.start, anchor.end)})
    parts = []
    at = 0
    for piece in pieces:
        style = '<w:rStyle w:val="tmCode"/><w:noProof/>' if piece.code else properties
        inner = [cut - at for cut in cuts if at < cut < at + len(piece.text)]
        for start, end in zip([0, *inner], [*inner, len(piece.text)], strict=True):
            parts.append(_bounds(anchors, at + start))
            parts.append(run(piece.text[start:end], style))
        at += len(piece.text)
    parts.append(_bounds(anchors, at))
    return "".join(parts)


def _bounds(anchors: Iterable[Anchor], place: int) -> str:
    """The ends of comments at a place of the text, and then the beginnings."""
    ends = (_end(anchor.comment) for anchor in anchors if anchor.end == place > anchor.start)
    starts = (
        f'<w:commentRangeStart w:id="{anchor.comment}"/>'
        + (_end(anchor.comment) if anchor.end == anchor.start else "")
        for anchor in anchors
        if anchor.start == place
    )
    return "".join((*ends, *starts))


def _end(comment: int) -> str:
    return (
        f'<w:commentRangeEnd w:id="{comment}"/>'
        '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{comment}"/></w:r>'
    )


def paragraph(style: str, content: str) -> str:
    """A paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def cell(width: int, content: str, *, fill: str = "") -> str:
    """A cell of a width in twentieths of a point, with a background."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'
