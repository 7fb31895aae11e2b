"""What became of every unit of an import."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

from tm.store.ledger import Verdict

__all__ = ["LISTED", "FileReport", "ImportReport", "Issue", "Tally"]

LISTED = 1000
"""So many remarks of a file are kept; the rest is counted."""
_KINDS = ("added", "updated", "unchanged", "skipped", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A unit that was not taken, and why; or what is odd about one that was.

    `line` counts from 1; 0 = the format does not tell.
    """

    file: str
    line: int
    unit: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of the units of one file: `read` is the sum of the other numbers.

    `issues` are the units that were not taken; `remarks` the first of what was taken as it stands although it
    cannot be right, and `remarked` how many such remarks there are.
    """

    file: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    issues: tuple[Issue, ...] = ()
    remarks: tuple[Issue, ...] = ()
    remarked: int = 0

    @property
    def read(self) -> int:
        """How many units the file has."""
        return self.added + self.updated + self.unchanged + self.skipped + self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of the units of all files: `read` is the sum of the other numbers."""

    files: tuple[FileReport, ...] = ()
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0

    @classmethod
    def of(cls, files: tuple[FileReport, ...]) -> ImportReport:
        """The report with the totals of these files."""
        return cls(files=files, **{kind: sum(getattr(file, kind) for file in files) for kind in _KINDS})

    @property
    def read(self) -> int:
        """How many units the files have."""
        return self.added + self.updated + self.unchanged + self.skipped + self.failed

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every unit that was not taken, in the order of the files."""
        return tuple(issue for file in self.files for issue in file.issues)

    @property
    def remarks(self) -> tuple[Issue, ...]:
        """The first remarks on units that were taken, in the order of the files."""
        return tuple(remark for file in self.files for remark in file.remarks)

    @property
    def remarked(self) -> int:
        """How many remarks there are."""
        return sum(file.remarked for file in self.files)


class Tally:
    """The numbers of one file while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.name = PurePath(file).name
        self._counts: Counter[str] = Counter()
        self._issues: list[Issue] = []
        self._remarks: list[Issue] = []
        self._remarked = 0

    def accept(self, verdict: Verdict) -> None:
        """Counts a unit as added, updated or unchanged."""
        self._counts[verdict.value] += 1

    def refuse(self, line: int, unit: str, reason: str, *, kind: str = "skipped") -> None:
        """Counts a unit as skipped or failed and keeps the reason."""
        self._counts[kind] += 1
        self._issues.append(Issue(file=self.file, line=line, unit=unit, reason=reason))

    def remark(self, line: int, unit: str, reason: str) -> None:
        """Keeps what is to be said of a unit that is taken."""
        self._remarked += 1
        if len(self._remarks) < LISTED:
            self._remarks.append(Issue(file=self.file, line=line, unit=unit, reason=reason))

    def take_back(self, verdict: Verdict, issue: Issue) -> None:
        """Counts a unit that was accepted before as skipped after all."""
        self._counts[verdict.value] -= 1
        self._counts["skipped"] += 1
        self._issues.append(issue)

    def report(self) -> FileReport:
        """The numbers so far; issues in the order of lines."""
        issues = tuple(sorted(self._issues, key=lambda issue: issue.line))
        return FileReport(
            file=self.file,
            issues=issues,
            remarks=tuple(self._remarks),
            remarked=self._remarked,
            **self._counts,
        )
