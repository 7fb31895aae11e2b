"""Comma-separated values that a spreadsheet can open without running or changing anything.

Read are commas, semicolons, tabs and bars, Excel's first line `sep=;`, and every encoding that texts have.
Cells that a spreadsheet would take for a formula, a number or a date are guarded (`cell_guard`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _
from itertools import chain, islice
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.cell_guard import guarded, unguarded
from tm.formats.columns import Line, is_header, memory_from
from tm.formats.columns_write import ID, TYPED, table_of
from tm.formats.table_text import bounded, encoded, opened_text
from tm.model import Memory

__all__ = ["excel_lines", "read", "write"]

_SPECIAL = re.compile(r"""[,;"\t\r\n|]|^\s|\s$""")
_SEPARATOR = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_MARKS = ",;\t|"
_LOOK = 50
_CHINESE_FIRST = re.compile(r"[^A-Za-z]*[\u3400-\u9fff]")
_LATIN = re.compile(r"[^\u3400-\u9fff]*[A-Za-z]")

csv.field_size_limit(2**31 - 1)  # the limit is one for the whole program, and a text may be long


def read(stream: BinaryIO, *, path: str = "-") -> Memory:
    """The units of a CSV file, as a stream; broken quotation is a FormatError."""
    text = bounded(opened_text(stream, path=path)[0], path=path)
    start = list(islice(text, _LOOK))
    told = _SEPARATOR.fullmatch(start[0]) if start else None
    mark = told[1] if told else _delimiter(start)
    lines = _lines(chain(start, text), mark, path)
    return memory_from(islice(lines, 1, None) if told else lines, path=path)


def excel_lines(text: Iterable[str], path: str) -> Iterator[Line]:
    """The lines of a tab-separated text as Excel saves it."""
    return _lines(text, "\t", path)


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units under a header; the same memory always gives the same bytes."""
    typed: list[bool] = []
    for cells in table_of(memory):
        typed = typed or [title in TYPED for title in cells]
        quoted = [
            cell if plain else _quoted(guarded(cell, values=True))
            for cell, plain in zip(cells, typed, strict=True)
        ]
        stream.write(encoded(",".join(quoted) + "\n", cells[ID]))


def _quoted(cell: str) -> str:
    if _SPECIAL.search(cell):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def _lines(text: Iterable[str], mark: str, path: str) -> Iterator[Line]:
    reader = csv.reader(text, delimiter=mark, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell[:1] == "'" for cell in cells):
                cells = [unguarded(cell, values=True) for cell in cells]  # noqa: PLW2901 - only where needed
            yield Line(start, cells)
            start = reader.line_num + 1
    except csv.Error as error:
        raise FormatError(
            _("broken CSV: {reason}").format(reason=error),
            path=path,
            line=start,
            hint=_(
                'A cell with a comma, a quotation mark or a line end stands in ", with each " inside doubled.'
            ),
        ) from None


def _delimiter(start: Sequence[str]) -> str:
    """What separates the cells: what gives a header, else what parts Chinese from English."""
    tables = {mark: _table(start, mark) for mark in _MARKS}
    for mark, table in tables.items():
        if any(is_header(cells) for cells in table[:5]):
            return mark
    return max(_MARKS, key=lambda mark: (_parted(tables[mark]), -_MARKS.index(mark)))


def _table(start: Sequence[str], mark: str) -> list[list[str]]:
    return [cells for cells in csv.reader(start, delimiter=mark) if cells]


def _parted(table: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many lines have Chinese and then English; and how many have two cells at all."""
    wide = [cells for cells in table if len(cells) > 1]
    parted = [cells for cells in wide if _CHINESE_FIRST.match(cells[0]) and _LATIN.match(cells[1])]
    return len(parted), len(wide)
