"""What people said beside a Word document: comments with their authors, dates and threads, and footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tm.formats.docx_cells import Styles, Walker, moment_of
from tm.formats.docx_package import attribute, local

__all__ = ["AUTHOR", "comments_in", "footnotes_in"]

AUTHOR = "tm"
"""Writes the comments of drafts, which are no remarks of people."""


def comments_in(
    comments: Iterable[Any], extended: Iterable[Any], styles: Styles, nested: Callable[[Any], Any]
) -> dict[str, str]:
    """The remarks of people by the comment's id: `Author (date): text`, with ✓ where it is resolved.

    The program's own comments are left out; replies to them are not. `extended` are the parts that know what
    is resolved.
    """
    resolved = {
        attribute(found, "paraId").casefold()
        for root in extended
        for found in root
        if attribute(found, "done") in ("1", "true", "on")
    }
    found = {}
    for comment in (child for root in comments for child in root if local(child) == "comment"):
        author = attribute(comment, "author").strip()
        text = _text(comment, styles, nested).strip()
        if text and author != AUTHOR:
            ids = {attribute(part, "paraId").casefold() for part in comment if local(part) == "p"}
            moment = moment_of(attribute(comment, "date"))
            date = moment.date().isoformat() if moment else ""
            who = f"{author} ({date})" if author and date else author or date
            tick = " ✓" if ids & resolved else ""
            found[attribute(comment, "id")] = f"{who}{tick}: {text}" if who else text
    return found


def footnotes_in(roots: Iterable[Any], styles: Styles, nested: Callable[[Any], Any]) -> dict[str, str]:
    """The texts of footnotes or endnotes by id; separators, which have a type, are none."""
    return {
        attribute(note, "id"): text
        for root in roots
        for note in root
        if local(note) in ("footnote", "endnote") and not attribute(note, "type")
        for text in (_text(note, styles, nested).strip(),)
        if text
    }


def _text(element: Any, styles: Styles, nested: Callable[[Any], Any]) -> str:  # noqa: ANN401 - lxml
    walker = Walker(styles, nested)
    walker.walk(element)
    return "".join(piece.text for piece in walker.pieces())
