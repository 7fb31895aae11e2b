"""Tab-separated values: Chinese ⇥ English [⇥ id], or named columns under a header.

Cells stand as they are; quotation marks are text. Only under a header, and only where the line would else
have another number of columns than that, are quoted cells read as spreadsheets write them around a tab or a
line end. (A sentence that opens a quotation which a later line closes is no such cell.) In UTF-16 it is what
Excel calls "Unicode text", where every quoted cell is read so. Under a header an apostrophe before = + - @
is taken away: it keeps spreadsheets from running the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from itertools import chain, islice
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.cell_guard import guarded, unguarded
from tm.formats.columns import Line, is_header, memory_from
from tm.formats.columns_write import ID, ONE_LINE, table_of
from tm.formats.csv import excel_lines
from tm.formats.table_text import bounded, encoded, opened_text
from tm.model import Memory

__all__ = ["read", "write"]

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\r\n]|\Z)')
_WHOLE = re.compile(r'"(?:[^"]++|"")*+"')
"""A cell that is quoted as a whole; it says so itself only with a doubled " inside (`_is_whole`)."""
_BREAKS = re.compile(r"[\t\r\n]")
_LOOK = 50
_FARTHEST = 1 << 18
"""So many characters a line with quoted cells may have."""


def read(stream: BinaryIO, *, path: str = "-") -> Memory:
    """The units of a TSV file, as a stream; a line with one column is a FormatError."""
    opened, encoding = opened_text(stream, path=path)
    text = bounded(opened, path=path)
    start = list(islice(text, _LOOK))
    if path.lower().endswith(".txt"):
        _refuse_prose(start, path)
    lines = chain(start, text)
    excel = encoding.startswith("utf-16")
    return memory_from(excel_lines(lines, path) if excel else _lines(lines), path=path)


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units under a header; the same memory always gives the same bytes.

    Tabs and line ends in texts are kept; where they stand so that no reader could tell, FormatError.
    """
    order: list[int] = []
    for cells in table_of(memory):
        order = order or _order(cells)
        line = _written([guarded(cells[place]) for place in order], cells[ID])
        stream.write(encoded(line, cells[ID]))


def _refuse_prose(start: Sequence[str], path: str) -> None:
    """Raises when a text file has no tabs where a table begins."""
    if start and not any("\t" in line for line in start):
        raise FormatError(
            _("a text without tabs is no table of Chinese and English"),
            path=path,
            hint=_("Align two texts with `tm align zh.txt en.txt`, or save the table as TSV, CSV or XLSX."),
        )


def _order(titles: Sequence[str]) -> list[int]:
    """The places of the columns; where the last may have line ends, the id ends the line instead."""
    places = list(range(len(titles)))
    return places if titles[-1] in ONE_LINE else [*places[:ID], *places[ID + 1 :], ID]


def _lines(text: Iterator[str]) -> Iterator[Line]:
    ahead = _Ahead(text)
    width = 0
    for line in ahead:
        number = ahead.number
        cells = line.rstrip("\r\n").split("\t")
        if width > 0:
            if len(cells) != width and '"' in line:
                cells = _quoted_record(ahead, line, width) or _plain(cells)
            elif '"' in line:
                cells = _plain(cells)
            if any(cell[:1] == "'" for cell in cells):
                cells = [unguarded(cell) for cell in cells]
        elif not width:
            width = len(cells) if is_header(cells) else -1
            cells = [unguarded(cell) for cell in cells] if width > 0 else cells
        yield Line(number, cells)


class _Ahead:
    """Lines of a text with their numbers; some can be looked at before their turn."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._waiting: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        while True:
            line = self._waiting.pop(0) if self._waiting else next(self._text, "")
            if not line:
                return
            self.number += 1
            yield line

    def balanced(self, line: str) -> list[str]:
        """The line and those after it up to where the quotation marks are even; [] when that is too far."""
        found, marks, length = [line], line.count('"'), len(line)
        while marks % 2 and length < _FARTHEST:
            place = len(found) - 1
            if place == len(self._waiting):
                self._waiting += [following for following in (next(self._text, ""),) if following]
            if place == len(self._waiting):
                return []
            found.append(self._waiting[place])
            marks, length = marks + found[-1].count('"'), length + len(found[-1])
        return [] if marks % 2 else found

    def skip(self, count: int) -> None:
        """The next lines have been read."""
        del self._waiting[:count]
        self.number += count


def _quoted_record(ahead: _Ahead, line: str, width: int) -> list[str] | None:
    """The cells that begin on this line, when there are as many as the header wants by reading the quotes."""
    lines = ahead.balanced(line)
    found = _cells("".join(lines), width) if lines else None
    if found is None:
        return None
    cells, rest = found
    if rest:
        return None
    ahead.skip(len(lines) - 1)
    return cells


def _cells(text: str, width: int) -> tuple[list[str], str] | None:
    """The cells at the beginning, quoted ones too, and the rest; None when they are not `width`."""
    cells: list[str] = []
    place = 0
    while len(cells) < width:
        quoted = _QUOTED.match(text, place)
        broken = _BREAKS.search(text, place)
        stop = quoted.end() if quoted else broken.start() if broken else len(text)
        cells.append(_unquoted(text[place:stop]) if quoted else text[place:stop])
        end = text[stop : stop + 2] if text.startswith("\r\n", stop) else text[stop : stop + 1]
        place = stop + len(end)
        if end != "\t":
            return (cells, text[place:]) if len(cells) == width else None
    return None


def _plain(cells: list[str]) -> list[str]:
    """The cells as they stand, but for those that are quoted as a whole and have quotes inside."""
    return [_unquoted(cell) if _is_whole(cell) else cell for cell in cells]


def _is_whole(cell: str) -> bool:
    """True for a cell in quotation marks that has doubled ones inside."""
    return '""' in cell[1:-1] and _WHOLE.fullmatch(cell) is not None


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"')


def _written(cells: Sequence[str], unit: str) -> str:
    """The cells as a line; where one has a tab or a line end, all that have a " are quoted."""
    if not any(map(_BREAKS.search, cells)):
        return "\t".join([_quoted(cell) if _is_whole(cell) else cell for cell in cells]) + "\n"
    line = (
        "\t".join([_quoted(cell) if _BREAKS.search(cell) or '"' in cell else cell for cell in cells]) + "\n"
    )
    if _read_alone(line, len(cells)) != list(cells):
        raise FormatError(
            _("a text has tabs and line ends that TSV cannot carry"),
            unit=unit,
            hint=_("Export as CSV or XLSX instead."),
        )
    return line


def _read_alone(line: str, width: int) -> list[str] | None:
    """What a reader under a header makes of a line, as far as it can be said without the others."""
    first = re.split(r"[\r\n]", line, maxsplit=1)[0]
    if len(first.split("\t")) == width:
        return None
    found = _cells(line, width)
    return found[0] if found and not found[1] else None


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
