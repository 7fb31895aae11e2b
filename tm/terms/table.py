"""The rows of a term base: from CSV or TSV, checked, and grouped into concepts."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from gettext import gettext as _
from pathlib import Path

from tm.errors import TermBaseError
from tm.formats.cell_guard import unguarded
from tm.model import Concept, Severity, Term, TermStatus
from tm.text.decode import decode

__all__ = ["COLUMNS", "Entry", "concepts", "delimiter_of", "read_table"]

COLUMNS = (
    *("concept", "zh", "en", "status", "case", "pos", "acronym", "domain", "unless", "note", "source"),
    *("once", "severity", "from", "until", "mono"),
)
"""The columns that mean something, in the order in which they are written."""

_TABS = frozenset({".tsv", ".txt", ".tab"})
_FOREIGN = frozenset({".tbx", ".xlsx", ".xls", ".xml"})
_CASES = ("insensitive", "sensitive")
_TRUTHS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False, "": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The cells of one row by column, stripped, and the place they were read from."""

    cells: Mapping[str, str]
    path: str
    line: int

    def error(self, message: str, hint: str = "") -> TermBaseError:
        """An error that says where this row stands."""
        return TermBaseError(message, path=self.path or None, line=self.line, hint=hint)


def read_table(path: Path) -> tuple[Entry, ...]:
    """The rows of a CSV (.csv) or tab-separated (.tsv, .txt) file; TermBaseError with line for a bad one.

    The apostrophe that keeps a spreadsheet from taking a cell for a formula is taken away.
    """
    if path.suffix.lower() in _FOREIGN:
        raise TermBaseError(
            _("a term base is a CSV or TSV file"),
            path=path,
            hint=_("Bring its terms into one: tm terms import {file} --into terms.csv").format(
                file=path.name
            ),
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TermBaseError(_("cannot be read: {reason}").format(reason=error.strerror), path=path) from error
    text = decode(raw, path=path).text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text, path), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check_header(header, path)
        return tuple(_entries(reader, header, path))
    except csv.Error as error:
        raise TermBaseError(
            _("the table cannot be read further: {reason}").format(reason=error),
            path=path,
            line=reader.line_num,
            hint=_("Check the quotation marks of this line: a cell that holds one is quoted and doubles it."),
        ) from error


def concepts(entries: Iterable[Entry]) -> tuple[Concept, ...]:
    """The concepts that rows make up, in the order of their first rows."""
    groups: dict[str, _Group] = {}
    for entry in entries:
        zh, en = entry.cells.get("zh", ""), entry.cells.get("en", "")
        if not zh and not en:
            raise entry.error(
                _("a row with neither a Chinese nor an English term"),
                _("Fill in zh and en, or delete the row."),
            )
        key = entry.cells.get("concept", "") or zh or en
        groups.setdefault(key, _Group(id=key)).add(entry)
    return tuple(group.concept() for group in groups.values())


# --- Reading ----------------------------------------------------------------------------------------


def delimiter_of(text: str, path: Path) -> str:
    """What separates the cells of a term base file: a tab by the file's name, else what its header has."""
    if path.suffix.lower() in _TABS:
        return "\t"
    first = text.partition("\n")[0]
    return max(",;\t", key=lambda mark: (first.count(mark), mark == ","))


def _check_header(header: list[str], path: Path) -> None:
    missing = [column for column in ("zh", "en") if column not in header]
    if missing:
        raise TermBaseError(
            _("the header lacks the columns: {names}").format(names=", ".join(missing)),
            path=path,
            line=1,
            hint=_("The first line names the columns: {names}").format(names=",".join(COLUMNS)),
        )
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise TermBaseError(
            _("columns named twice: {names}").format(names=", ".join(twice)), path=path, line=1
        )


def _entries(reader: Iterator[list[str]], header: list[str], path: Path) -> Iterator[Entry]:
    line = 2
    for cells in reader:
        here, line = line, getattr(reader, "line_num", line) + 1
        if not any(cell.strip() for cell in cells):
            continue
        entry = Entry(
            cells={name: unguarded(cell).strip() for name, cell in zip(header, cells, strict=False) if name},
            path=str(path),
            line=here,
        )
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise entry.error(
                _("{found} cells where the header has {wanted}").format(found=len(cells), wanted=len(header)),
                _("A cell that holds a comma must stand in quotation marks."),
            )
        yield entry


# --- Grouping ---------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Group:
    """The rows of one concept, as they come in."""

    id: str
    zh: dict[str, Term] = field(default_factory=dict)
    en: dict[tuple[str, TermStatus], Term] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    others: dict[tuple[str, str], None] = field(default_factory=dict)
    first: Entry | None = None

    def add(self, entry: Entry) -> None:
        """The group holds this row too; TermBaseError when it is not sound."""
        self.first = self.first or entry
        en = entry.cells.get("en", "")
        about_zh = not en or (en, _status(entry)) in self.en
        if entry.cells.get("zh"):
            self._add_zh(entry, entry.cells["zh"], remarks=about_zh)
        if en:
            self._add_en(entry, en)
        facts = {
            "severity": _severity(entry),
            "valid_from": _date(entry, "from"),
            "valid_until": _date(entry, "until"),
            "once": _truth(entry, "once"),
            "mono": _truth(entry, "mono"),
            "domain": entry.cells.get("domain") or None,
        }
        for name, fact in facts.items():
            if fact is not None:
                self.facts.setdefault(name, fact)
        for name, cell in entry.cells.items():
            if name not in COLUMNS and cell:
                self.others[name, cell] = None

    def concept(self) -> Concept:
        """The concept that the rows make up; TermBaseError when a side is missing."""
        first = self.first
        if first is None or not self.zh or not self.en:
            side = "zh" if not self.zh else "en"
            entry = first or Entry(cells={}, path="", line=0)
            raise entry.error(_("concept {id} has no term in column {side}").format(id=self.id, side=side))
        begin, end = self.facts.get("valid_from"), self.facts.get("valid_until")
        if isinstance(begin, datetime.date) and isinstance(end, datetime.date) and end < begin:
            raise first.error(_("concept {id} ends before it begins").format(id=self.id))
        return Concept(
            id=self.id,
            zh=tuple(self.zh.values()),
            en=tuple(self.en.values()),
            others=tuple(self.others),
            **self.facts,  # type: ignore[arg-type]  # built above, one key per field
        )

    def _add_zh(self, entry: Entry, text: str, *, remarks: bool) -> None:
        """Adds a Chinese form; note and source of a row that adds no rendering are remarks on it."""
        known = self.zh.get(text)
        unless = tuple(part.strip() for part in entry.cells.get("unless", "").split("|") if part.strip())
        preferred = not self.zh or (known is not None and known.status is TermStatus.PREFERRED)
        self.zh[text] = Term(
            lang="zh-CN",
            text=text,
            status=TermStatus.PREFERRED if preferred else TermStatus.ADMITTED,
            pos=known.pos if known else entry.cells.get("pos", ""),
            unless=tuple(dict.fromkeys((*(known.unless if known else ()), *unless))),
            note=(known.note if known else "") or (entry.cells.get("note", "") if remarks else ""),
            source=(known.source if known else "") or (entry.cells.get("source", "") if remarks else ""),
            line=known.line if known else entry.line,
        )

    def _add_en(self, entry: Entry, text: str) -> None:
        status = _status(entry)
        if (text, status) in self.en:
            return
        self.en[text, status] = Term(
            lang="en",
            text=text,
            status=status,
            case=_choice(entry, "case", _CASES) or "insensitive",
            pos=entry.cells.get("pos", ""),
            acronym=entry.cells.get("acronym", ""),
            note=entry.cells.get("note", ""),
            source=entry.cells.get("source", ""),
            line=entry.line,
        )


# --- Cells ------------------------------------------------------------------------------------------


def _choice(entry: Entry, column: str, choices: Iterable[str]) -> str:
    cell = entry.cells.get(column, "").lower()
    known = list(choices)
    if cell and cell not in known:
        near = get_close_matches(cell, known, 1)
        raise entry.error(
            _("unknown {column} “{cell}”").format(column=column, cell=cell),
            (_("Did you mean “{near}”?").format(near=near[0]) + " " if near else "")
            + _("Known: {choices}").format(choices=", ".join(known)),
        )
    return cell


def _status(entry: Entry) -> TermStatus:
    return TermStatus(_choice(entry, "status", [status.value for status in TermStatus]) or "preferred")


def _severity(entry: Entry) -> Severity | None:
    found = _choice(entry, "severity", ["minor", "major", "critical"])
    return Severity(found) if found else None


def _truth(entry: Entry, column: str) -> bool | None:
    found = _choice(entry, column, _TRUTHS)
    return _TRUTHS[found]


def _date(entry: Entry, column: str) -> datetime.date | None:
    cell = entry.cells.get(column, "")
    try:
        return datetime.date.fromisoformat(cell) if cell else None
    except ValueError:
        raise entry.error(
            _("“{cell}” in column {column} is no date").format(cell=cell, column=column),
            _("Write dates as year-month-day, such as 2021-06-10."),
        ) from None
