"""Mends a TMX: what is certain is changed in the text of the file, everything else stays byte for byte.

Each fault brings the edits that mend it. The file is read again until nothing is left that can be mended, so
that mending a mended file changes nothing. Encoding and byte order mark stay as they are; a declaration that
names another encoding is corrected.
"""

from __future__ import annotations

import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO, cast

from tm.errors import InputError
from tm.formats.tmx_rules.rule import Edit, Level
from tm.formats.tmx_validate import LISTED, Fault, Report, Scan, unreadable
from tm.formats.tmx_validate_source import Source, open_source

__all__ = ["Change", "Repaired", "repair"]

_PASSES = 12
_HELD = 16 << 20
_MANY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was changed because of a fault; line and column are those of the file when it was changed."""

    rule: str
    name: str
    line: int
    column: int
    unit: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was wrong before, what was changed, and what is still wrong.

    `mended` counts all changes, those beyond the list too. `written` is false when there is nothing that
    could be written: no TMX, or not one whole unit.
    """

    before: Report
    after: Report
    changes: tuple[Change, ...]
    mended: int
    written: bool


def repair(stream: BinaryIO, out: BinaryIO, *, path: str = "-", limit: int = LISTED) -> Repaired:
    """What was mended of a TMX (.tmx, gzip or zip); `out` holds the mended file, unpacked, if `written`."""
    try:
        with open_source(stream, path) as source:
            return _passes(source, out, path, limit)
    except InputError as error:
        broken = unreadable(path, error)
        return Repaired(before=broken, after=broken, changes=(), mended=0, written=False)


def _passes(source: Source, out: BinaryIO, path: str, limit: int) -> Repaired:
    changes: list[Change] = []
    reports: list[Report] = []
    mended = 0
    with ExitStack() as stack:
        for _turn in range(_PASSES):
            held = cast("BinaryIO", stack.enter_context(tempfile.SpooledTemporaryFile(max_size=_HELD)))
            mender = Mender(source, held, limit - len(changes))
            reports.append(mender.run(path, limit))
            changes += mender.changes
            mended += mender.mended
            if not mender.mended:
                break
            source = stack.enter_context(open_source(held, path))
            if _hopeless(reports[-1]):
                reports.append(Scan(source, path=path, limit=limit).run())
                break
        else:
            reports.append(Scan(source, path=path, limit=limit).run())
        held.seek(0)
        if reports[-1].readable:
            shutil.copyfileobj(held, out)
    return Repaired(
        before=reports[0],
        after=reports[-1],
        changes=tuple(changes),
        mended=mended,
        written=reports[-1].readable,
    )


def _hopeless(report: Report) -> bool:
    """True for a file whose faults were too many to be looked at; a second turn would take as long again."""
    return "V119" in report.counts and report.levels.get(Level.ERROR, 0) > _MANY


class Mender:
    """Takes edits and text, and writes the text with the edits made; an edit in the way of another waits."""

    def __init__(self, source: Source, out: BinaryIO, limit: int) -> None:
        self.changes: list[Change] = []
        self.mended = 0
        self._source = source
        self._out = out
        self._limit = limit
        self._edits: list[tuple[int, int, int, str]] = []
        self._sunk = 0
        self._order = 0

    def run(self, path: str, limit: int) -> Report:
        """What is wrong with the source; its text is written, mended."""
        self._out.write(self._source.mark)
        report = Scan(self._source, path=path, limit=limit, on_edits=self.propose, on_text=self.text).run()
        for _start, _end, _order, new in self._edits:
            self._write(new)
        return report

    def propose(self, fault: Fault, edits: Sequence[Edit], words: str) -> None:
        """Takes the edits of a fault, all or none."""
        if any(edit.start < self._sunk or self._in_the_way(edit) for edit in edits):
            return
        for edit in edits:
            self._order += 1
            made = (edit.start, edit.end, self._order, edit.text)
            self._edits.insert(bisect_left(self._edits, made), made)
        self.mended += 1
        if len(self.changes) < self._limit:
            self.changes.append(
                Change(
                    rule=fault.rule,
                    name=fault.name,
                    line=fault.line,
                    column=fault.column,
                    unit=fault.unit,
                    change=words,
                )
            )

    def text(self, text: str, start: int) -> None:
        """Writes text that leaves the window, with its edits made."""
        end = start + len(text)
        done = start
        here = bisect_left(self._edits, (end, -1, -1, ""))
        for first, last, _order, new in self._edits[:here]:
            self._write(text[done - start : first - start] + new)
            done = last
        del self._edits[:here]
        self._write(text[done - start :])
        self._sunk = end

    def _write(self, text: str) -> None:
        if text:
            self._out.write(self._source.encode(text))

    def _in_the_way(self, edit: Edit) -> bool:
        """True when the edit and one that was taken overlap, or one is inside the other."""
        before = bisect_left(self._edits, (edit.start, -1, -1, "")) - 1
        if before >= 0 and self._edits[before][1] > edit.start:
            return True
        behind = bisect_left(self._edits, (edit.start, edit.start + 1, -1, ""))
        return edit.end > edit.start and behind < len(self._edits) and self._edits[behind][0] < edit.end
