"""Comma-separated values that a spreadsheet can open without running anything.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, which reading takes away
again, so that every text comes back exactly.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from gettext import gettext as _
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.columns import Line, memory_from, table_of
from tm.model import Memory
from tm.text.decode import decode

__all__ = ["guarded", "read", "unguarded", "write"]

_SPECIAL = re.compile(r"""[,;"\t\r\n]|^\s|\s$""")
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def read(stream: BinaryIO, *, path: str = "-") -> Memory:
    """The units of a CSV file with commas, semicolons or tabs; broken quotation is a FormatError."""
    text = decode(stream.read(), path=path, keep_newlines=True).text
    return memory_from(_lines(text, path), path=path)


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units under a header; the same memory always gives the same bytes."""
    for cells in table_of(memory):
        stream.write((",".join(_quoted(guarded(cell)) for cell in cells) + "\n").encode())


def guarded(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` made this of."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell, 1) else cell


def _quoted(cell: str) -> str:
    if _SPECIAL.search(cell):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def _lines(text: str, path: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    start = 1
    try:
        for cells in reader:
            yield Line(start, tuple(map(unguarded, cells)))
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


def _delimiter(text: str) -> str:
    """What separates the cells of the first line."""
    first = re.sub(r'"(?:[^"]|"")*"', "", text.lstrip("\r\n")).splitlines()[:1]
    line = first[0] if first else ""
    return next((mark for mark in ",\t;" if mark in line), ",")
