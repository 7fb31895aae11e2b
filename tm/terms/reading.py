"""Terms from files of every kind that can be imported: TBX, term tables, OmegaT glossaries."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from gettext import gettext as _
from pathlib import PurePath
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats import tbx, xlsx
from tm.formats.cell_guard import unguarded
from tm.formats.columns import Line
from tm.formats.glossary import glossary_entries
from tm.formats.glossary_base import Glossary, LeftOut
from tm.terms.foreign import entries_of
from tm.terms.headers import is_ours, meanings, only_traditional
from tm.terms.table import Entry, concepts
from tm.text.decode import decode

__all__ = ["READABLE", "read_terms"]

_TEXT = (".tsv", ".tab", ".txt", ".utf8")
_MARKS = (",", "\t", ";", "|")
_LOOK = 10


def read_terms(stream: BinaryIO, *, path: str) -> Glossary:
    """The terms of a file, by the ending of its name; faults are FormatErrors or TermBaseErrors.

    Tables have the term base's columns, or others whose titles are recognised. A text of two or three
    columns without a header is an OmegaT glossary.
    """
    ending = PurePath(path).suffix.lower()
    if ending not in READABLE:
        raise FormatError(
            _("no terms can be read from a file of this ending"),
            path=path,
            hint=_("Endings that can: {endings}").format(endings=" ".join(sorted(READABLE))),
        )
    return READABLE[ending](stream, path)


def _tbx(stream: BinaryIO, path: str) -> Glossary:
    return tbx.read(stream, path=path)


def _xlsx(stream: BinaryIO, path: str) -> Glossary:
    return _table(list(xlsx.read_lines(stream, path=path)), path)


def _csv(stream: BinaryIO, path: str) -> Glossary:
    text = decode(stream.read(), path=path, keep_newlines=True).text
    return _table(_unguarded(_csv_lines(text, _delimiter(text), path)), path)


def _text(stream: BinaryIO, path: str) -> Glossary:
    text = decode(stream.read(), path=path, keep_newlines=True).text
    if _titles(text, "\t") is not None or only_traditional(text.partition("\n")[0].split("\t")):
        return _table(_unguarded(_csv_lines(text, "\t", path)), path)
    plain = enumerate(text.splitlines(), start=1)
    return _headless([Line(number, line.split("\t")) for number, line in plain], path)


READABLE: dict[str, Callable[[BinaryIO, str], Glossary]] = {
    ".tbx": _tbx,
    ".xml": _tbx,
    ".xlsx": _xlsx,
    ".csv": _csv,
    **dict.fromkeys(_TEXT, _text),
}
"""The endings of files that terms can be read from."""


# --- Lines ------------------------------------------------------------------------------------------


def _delimiter(text: str) -> str:
    """What separates the cells: what gives a header, else what gives most cells."""
    for mark in _MARKS:
        if _titles(text, mark) is not None:
            return mark
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_MARKS, key=lambda mark: (first.count(mark), -_MARKS.index(mark)))


def _titles(text: str, mark: str) -> list[str] | None:
    """The cells of the first line, when they are a header."""
    try:
        found = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])
    except csv.Error:
        return None
    return found if is_ours(found) or meanings(found) is not None else None


def _csv_lines(text: str, mark: str, path: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    start = 1
    try:
        for cells in reader:
            yield Line(start, cells)
            start = reader.line_num + 1
    except csv.Error as error:
        raise FormatError(
            _("the table cannot be read further: {reason}").format(reason=error),
            path=path,
            line=start,
            hint=_("Check the quotation marks of this line: a cell that holds one is quoted and doubles it."),
        ) from error


def _unguarded(lines: Iterable[Line]) -> list[Line]:
    """The lines without the apostrophes that keep spreadsheets from running a cell."""
    return [Line(line.number, [unguarded(cell) for cell in line.cells]) for line in lines]


# --- Tables -----------------------------------------------------------------------------------------


def _table(lines: Sequence[Line], path: str) -> Glossary:
    filled = [line for line in lines if any(cell.strip() for cell in line.cells)]
    if not filled:
        raise FormatError(_("the table is empty"), path=path)
    head, body = filled[0], filled[1:]
    lost: Counter[str] = Counter()
    if is_ours(head.cells):
        return _glossary(_own(head.cells, body, path), lost, path)
    columns = meanings(head.cells)
    if columns is None:
        if only_traditional(head.cells):
            raise FormatError(
                _("the only Chinese column is one of Traditional Chinese"),
                path=path,
                line=head.number,
                hint=_("It is never taken for Simplified Chinese; name a column zh-CN if it is."),
            )
        return _headless(filled, path)
    return _glossary(list(entries_of(body, columns, path, lost)), lost, path)


def _own(titles: Sequence[str], lines: Iterable[Line], path: str) -> list[Entry]:
    """The rows of a table in the term base's own columns."""
    names = [title.strip().lower() for title in titles]
    found = []
    for line in lines:
        cells = {name: cell.strip() for name, cell in zip(names, line.cells, strict=False) if name}
        entry = Entry(cells=cells, path=path, line=line.number)
        if any(cell.strip() for cell in line.cells[len(names) :]):
            raise entry.error(
                _("{found} cells where the header has {wanted}").format(
                    found=len(line.cells), wanted=len(names)
                ),
                _("A cell that holds a comma must stand in quotation marks."),
            )
        found.append(entry)
    return found


def _headless(lines: Sequence[Line], path: str) -> Glossary:
    rows, left_out = glossary_entries(lines, path=path)
    entries = [Entry(cells=cells, path=path, line=line) for line, cells in rows]
    return Glossary(concepts=concepts(entries), left_out=left_out)


def _glossary(entries: Sequence[Entry], lost: Counter[str], path: str) -> Glossary:
    """The concepts of these rows; those that lack a side are left out with their first line."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        key = entry.cells.get("concept") or entry.cells.get("zh") or entry.cells.get("en") or ""
        groups.setdefault(key, []).append(entry)
    left_out = []
    whole: list[Entry] = []
    for name, group in groups.items():
        missing = [side for side in ("zh", "en") if not any(entry.cells.get(side) for entry in group)]
        if missing:
            left_out.append(_left_out(name, group, missing))
        else:
            whole += group
    found = concepts(whole)
    if not found:
        raise FormatError(
            _("no line has both a Chinese and an English term"),
            path=path,
            hint=_("The first line names the columns: {names}").format(names="zh,en,status,note"),
        )
    return Glossary(
        concepts=found,
        left_out=tuple(sorted(left_out, key=lambda one: one.line)),
        lost=tuple(sorted(lost.items())),
    )


def _left_out(name: str, group: Sequence[Entry], missing: Sequence[str]) -> LeftOut:
    reasons = {"zh": _("no Chinese term"), "en": _("no English term")}
    count = sum(bool(entry.cells.get(side)) for entry in group for side in ("zh", "en"))
    reason = reasons["".join(missing)] if len(missing) == 1 else _("neither a Chinese nor an English term")
    return LeftOut(line=group[0].line, concept=name, reason=reason, terms=count)
