"""Tab-separated values: Chinese ⇥ English [⇥ id], or named columns under a header.

Cells stand as they are; quotation marks are text. Only under a header, and only where the line would else
have another number of columns than that, are quoted cells read as spreadsheets write them around a tab or a
line end. (A sentence that opens a quotation which a later line closes is no such cell.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.columns import Line, is_header, memory_from, table_of
from tm.model import Memory
from tm.text.decode import decode

__all__ = ["read", "write"]

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\r\n]|\Z)')
_WHOLE = re.compile(r'"(?:[^"]|"")*""(?:[^"]|"")*"')
_LINE_END = re.compile(r"\r\n|\r|\n")
_BREAKS = re.compile(r"[\t\r\n]")


def read(stream: BinaryIO, *, path: str = "-") -> Memory:
    """The units of a TSV file; a line with one column is a FormatError."""
    text = decode(stream.read(), path=path, keep_newlines=True).text
    return memory_from(_lines(text), path=path)


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units under a header; the same memory always gives the same bytes.

    Tabs and line ends in texts are kept; where they stand so that no reader could tell, FormatError.
    """
    table = list(table_of(memory))
    if any(_BREAKS.search(cells[-1]) for cells in table):
        table = [[*cells[:2], *cells[3:], cells[2]] for cells in table]  # the id ends the line
    text = "".join(f"{_line(cells)}\n" for cells in table)
    for cells, line in zip(table, _lines(text), strict=False):
        if cells != list(line.cells):
            raise FormatError(
                _("a text has tabs and line ends that TSV cannot carry"),
                line=line.number,
                hint=_("Export as CSV or XLSX instead."),
            )
    stream.write(text.encode())


def _lines(text: str) -> Iterator[Line]:
    place, number = 0, 1
    width = 0
    while place < len(text):
        cells, following = _record(text, place, width)
        yield Line(number, tuple(cells))
        width = width or (len(cells) if is_header(cells) else -1)
        number += len(_LINE_END.findall(text, place, following))
        place = following


def _record(text: str, place: int, width: int) -> tuple[list[str], int]:
    """The cells that start at a place and where the next do; a header wants `width` of them (else -1)."""
    end = _LINE_END.search(text, place)
    stop, following = (end.start(), end.end()) if end else (len(text), len(text))
    cells = text[place:stop].split("\t")
    if width > 0 and len(cells) != width and '"' in text[place:stop]:
        quoted = _quoted_record(text, place, width)
        if quoted:
            return quoted
    if width > 0:
        cells = [_unquoted(cell) if _WHOLE.fullmatch(cell) else cell for cell in cells]
    return cells, following


def _quoted_record(text: str, place: int, width: int) -> tuple[list[str], int] | None:
    """The same with quoted cells, when there are exactly as many as the header wants."""
    cells: list[str] = []
    while len(cells) < width:
        quoted = _QUOTED.match(text, place)
        broken = _BREAKS.search(text, place)
        stop = quoted.end() if quoted else broken.start() if broken else len(text)
        cells.append(_unquoted(text[place:stop]) if quoted else text[place:stop])
        end = text[stop : stop + 2] if text.startswith("\r\n", stop) else text[stop : stop + 1]
        place = stop + len(end)
        if end != "\t":
            return (cells, place) if len(cells) == width else None
    return None


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"')


def _line(cells: Sequence[str]) -> str:
    """The cells as a line; where one has a tab or a line end, all that begin with " are quoted."""
    broken = any(_BREAKS.search(cell) for cell in cells)
    return "\t".join(_quoted(cell) if _special(cell, broken=broken) else cell for cell in cells)


def _special(cell: str, *, broken: bool) -> bool:
    if broken and cell.startswith('"'):
        return True
    return bool(_BREAKS.search(cell) or _WHOLE.fullmatch(cell))


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
