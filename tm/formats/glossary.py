"""OmegaT glossaries: source, target and comment in a line, between tabs; lines that begin with # are none."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from tm.errors import FormatError
from tm.formats.columns import Line
from tm.formats.glossary_base import LeftOut
from tm.text.folding import is_han

__all__ = ["glossary_entries"]

_LOOK = 200
_Found = tuple[list[tuple[int, dict[str, str]]], tuple[LeftOut, ...]]


def glossary_entries(lines: Sequence[Line], *, path: str = "-") -> _Found:
    """The lines as cells by column of a term base with their numbers, and those that lack a side.

    Which column is the Chinese one is seen from the text. Of several translations of a term the first is
    preferred, as OmegaT shows it first, and the others are admitted.
    """
    records = [
        (line.number, [cell.strip() for cell in line.cells])
        for line in lines
        if any(cell.strip() for cell in line.cells) and not line.cells[0].startswith("#")
    ]
    zh, en = _sides([cells for _number, cells in records if len(cells) > 1], path)
    rows: list[tuple[int, dict[str, str]]] = []
    left_out: list[LeftOut] = []
    seen: set[str] = set()
    for number, cells in records:
        texts = {"zh": _cell(cells, zh), "en": _cell(cells, en)}
        if not all(texts.values()):
            reason = _("no Chinese term") if not texts["zh"] else _("no English term")
            left_out.append(LeftOut(line=number, concept=texts["zh"] or texts["en"], reason=reason))
            continue
        status = "admitted" if texts["zh"] in seen else "preferred"
        seen.add(texts["zh"])
        note = "; ".join(cell for cell in cells[2:] if cell)
        rows.append((number, {**texts, "status": status, "note": note}))
    return rows, tuple(left_out)


def _sides(records: Sequence[Sequence[str]], path: str) -> tuple[int, int]:
    """The places of the Chinese and the English cell."""
    shapes = [(_has_han(cells[0]), _has_han(cells[1])) for cells in records[:_LOOK]]
    first, second = shapes.count((True, False)), shapes.count((False, True))
    if not first and not second:
        raise FormatError(
            _("no line has a Chinese and an English term side by side"),
            path=path,
            hint=_("A line is Chinese, English and, optionally, a comment; or the first line names columns."),
        )
    return (0, 1) if first >= second else (1, 0)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _has_han(text: str) -> bool:
    return any(map(is_han, text))
