"""A text file to placed segments, the way every job that takes a SOURCE reads it."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from gettext import gettext as _

from tm.errors import FormatError
from tm.formats.release import read_text
from tm.model import Place, Segment
from tm.segment import PlacedSegment, segment_blocks
from tm.text.decode import decode
from tm.text.scripts import is_mostly_chinese

__all__ = ["refuse_swapped", "segments_of"]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def segments_of(content: bytes, *, path: str, lang: str, segmented: bool = False) -> list[PlacedSegment]:
    """The segments of a text in its order.

    With `segmented` each line is one segment and a blank line ends a paragraph. A text without segments,
    and one that is plainly in the other language, is a FormatError.
    """
    if segmented:
        placed = _lines(decode(content, path=path).text, path, lang)
    else:
        placed = segment_blocks(read_text(io.BytesIO(content), path=path, lang=lang), lang, file=path)
    if not placed:
        raise FormatError(_("the file holds no text"), path=path)
    _refuse_controls(placed, path)
    refuse_swapped("\n".join(one.segment.text for one in placed), path=path, lang=lang)
    return placed


def _refuse_controls(placed: Sequence[PlacedSegment], path: str) -> None:
    """Raise a FormatError for a character that no exchange format can hold."""
    for one in placed:
        found = _CONTROL.search(one.segment.text)
        if found:
            raise FormatError(
                _("a control character (U+{code:04X}) stands in the text").format(code=ord(found[0])),
                path=path,
                line=one.place.line,
                hint=_("Take it out; it cannot be seen and no exchange format can hold it."),
            )


def refuse_swapped(text: str, *, path: str, lang: str) -> None:
    """Raise a FormatError when a Chinese text is expected and this is not one, or the reverse."""
    chinese = is_mostly_chinese(text)
    if chinese == lang.lower().startswith(("zh", "cmn", "zho", "chi")) or not any(map(str.isalpha, text)):
        return
    found, wanted = (_("Chinese"), _("English")) if chinese else (_("English"), _("Chinese"))
    raise FormatError(
        _("this text is {found}, not {wanted}").format(found=found, wanted=wanted),
        path=path,
        hint=_("Are the two files swapped? The Chinese text comes first."),
    )


def _lines(text: str, path: str, lang: str) -> list[PlacedSegment]:
    placed: list[PlacedSegment] = []
    paragraph, fresh = -1, True
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            fresh = True
            continue
        paragraph += fresh
        fresh = False
        place = Place(file=path, line=number, block=paragraph, paragraph=paragraph, index=len(placed))
        placed.append(PlacedSegment(segment=Segment(lang=lang, text=line.strip()), place=place))
    return placed
