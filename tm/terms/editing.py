"""A term base file that is changed in place: rows are added and cells replaced, every other byte stays.

Encoding, line ends, the order of the columns, unknown columns and the rows nobody touched are as they were.
A column that is missing is added to the header alone; rows that end early are read as ending in empty cells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from tm.errors import StoreError, TermBaseError
from tm.formats.cell_guard import guarded, unguarded
from tm.model import TermStatus
from tm.terms.merge import Change
from tm.terms.table import COLUMNS, delimiter_of
from tm.text.decode import decode

__all__ = ["EMPTY", "TermFile"]

EMPTY = (",".join(COLUMNS[: COLUMNS.index("once")]) + "\n").encode()
"""A term base file without rows."""
_FACTS = frozenset({"domain", "once", "severity", "from", "until", "mono"})
_MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@dataclass(slots=True)
class _Row:
    """A row: its text with the line end, and its cells by column, stripped."""

    text: str
    cells: dict[str, str]

    @property
    def key(self) -> str:
        """The concept that the row belongs to."""
        return self.cells.get("concept") or self.cells.get("zh") or self.cells.get("en") or ""


class TermFile:
    """The text of a term base file, row by row."""

    def __init__(self, raw: bytes, path: Path) -> None:
        found = decode(raw, path=path, keep_newlines=True)
        self.path = path
        self._mark = delimiter_of(found.text, path)
        self._encoding = found.encoding
        self._bom = _MARKS.get(found.encoding, b"") if raw.startswith(tuple(_MARKS.values())) else b""
        records = _records(found.text, self._mark, path)
        if not records:
            raise TermBaseError(_("the table has no header"), path=path, line=1)
        self._header = [cell.strip() for cell in records[0][1]]
        self._head = records[0][0]
        self._end = "\r\n" if self._head.endswith("\r\n") else "\n"
        self._rows = [_Row(text, self._named(cells)) for text, cells in records[1:]]
        self._last = {row.key: place for place, row in enumerate(self._rows) if row.key}
        self._added: dict[int, list[_Row]] = {}
        self._of_concept: dict[str, list[_Row]] = {}
        for row in self._rows:
            self._of_concept.setdefault(row.key, []).append(row)

    @property
    def concepts(self) -> frozenset[str]:
        """The ids of the concepts that have rows here."""
        return frozenset(self._last)

    def add(self, change: Change) -> None:
        """Adds a row behind the last one of its concept, or at the end."""
        self._take_columns(change.cells)
        place = len(self._rows) - 1 if change.first else self._last.get(change.concept, len(self._rows) - 1)
        row = _Row(self._written(change.cells), dict(change.cells))
        self._added.setdefault(place, []).append(row)
        self._of_concept.setdefault(change.concept, []).append(row)

    def update(self, change: Change) -> None:
        """Puts the cells into the row of the rendering that they replace, and facts into its concept."""
        self._take_columns(change.cells)
        rows = self._of_concept.get(change.concept, [])
        if not change.replaces or not rows:
            return
        text, status = change.replaces
        if text:
            rows = [row for row in rows if row.cells.get("en") == text and _status(row) == status]
            for row in rows:
                self._replace(row, change.cells)
            return
        for name, cell in change.cells.items():
            holders = [row for row in rows if row.cells.get(name)] if name in _FACTS else rows[:1]
            for row in {id(row): row for row in (rows[0], *holders)}.values():
                self._replace(row, {name: cell})

    def content(self) -> bytes:
        """The file with its changes."""
        parts = [self._head, *(row.text for row in self._added.get(-1, ()))]
        for place, row in enumerate(self._rows):
            parts += [row.text, *(new.text for new in self._added.get(place, ()))]
        ended = [part if part.endswith(("\n", "\r")) else part + self._end for part in parts[:-1]]
        text = "".join([*ended, parts[-1]])
        codec = "utf-8" if self._encoding == "utf-8-sig" else self._encoding
        try:
            return self._bom + text.encode(codec)
        except UnicodeEncodeError as error:
            char = text[error.start]
            raise StoreError(
                _("the character U+{code:04X} cannot be written in {encoding}").format(
                    code=ord(char), encoding=codec
                ),
                path=self.path,
                hint=_("Save the file as UTF-8 and run the command again."),
            ) from None

    def _named(self, cells: Sequence[str]) -> dict[str, str]:
        names = (name.lower() for name in self._header)
        return {name: unguarded(cell).strip() for name, cell in zip(names, cells, strict=False) if name}

    def _take_columns(self, names: Mapping[str, str]) -> None:
        """Adds the columns that a row needs and the file lacks."""
        known = {name.lower() for name in self._header}
        new = [name for name, cell in names.items() if cell and name not in known]
        if new:
            self._header += new
            end = self._head[len(self._head.rstrip("\r\n")) :]
            more = self._line(["", *new]).rstrip("\r\n")
            self._head = self._head.rstrip("\r\n") + more + end

    def _replace(self, row: _Row, new: Mapping[str, str]) -> None:
        end = row.text[len(row.text.rstrip("\r\n")) :]
        row.cells |= new
        row.text = self._written(row.cells).removesuffix(self._end) + end

    def _written(self, cells: Mapping[str, str]) -> str:
        """The row as a line with its end."""
        return self._line([guarded(cells.get(name.lower(), "")) for name in self._header])

    def _line(self, cells: Iterable[str]) -> str:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self._mark, lineterminator=self._end).writerow(cells)
        return text.getvalue()


def _status(row: _Row) -> TermStatus:
    return TermStatus(row.cells.get("status", "").lower() or TermStatus.PREFERRED)


def _records(text: str, mark: str, path: Path) -> list[tuple[str, list[str]]]:
    """Every record with the text it was read from; blank lines have no cells."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, delimiter=mark, strict=True)
    found = []
    start = 0
    try:
        for cells in reader:
            found.append(("".join(lines[start : reader.line_num]), cells))
            start = reader.line_num
    except csv.Error as error:
        raise TermBaseError(
            _("the table cannot be read further: {reason}").format(reason=error), path=path, line=start + 1
        ) from error
    return found
