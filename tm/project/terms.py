"""The term base of a project as a whole: files into it, out of it, and single terms added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path
from typing import BinaryIO

from tm.errors import ConfigError, ConflictError
from tm.formats.glossary_base import Glossary
from tm.model import Concept
from tm.project.folder import Project
from tm.store.lock import locked
from tm.store.memory import opened
from tm.store.tree import write_tree
from tm.terms.adding import id_for, like_its_concept, refuse_faults
from tm.terms.base import APPROVED, TermBase
from tm.terms.editing import EMPTY, TermFile
from tm.terms.merge import Change, Merge, Remark, policy
from tm.terms.reading import read_terms
from tm.terms.rows import unkept
from tm.terms.writing import write_terms

__all__ = ["Added", "Exported", "TermImport", "TermIssue", "add_term", "export_terms", "import_terms"]

LOCK_TIMEOUT = 10.0
"""So many seconds another program that writes the term base is waited for."""
_ENDINGS = (".csv", ".tsv", ".tab", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermIssue:
    """A term that was not taken, or that somebody should look at, and why.

    `kind` is conflict (it contradicts the term base), kept (a known concept is kept as it is), left-out (a
    concept without Chinese or English), or note (the term was taken).
    """

    file: str
    line: int
    kind: str
    concept: str
    term: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermImport:
    """What became of the terms of all files: read = added + updated + unchanged + skipped.

    Terms of both languages count. `into` are the files that changed (or would, in a dry run); `lost` says
    which fields of the files have no place in a term base, and how often they stood there.
    """

    read: int
    added: int
    updated: int
    unchanged: int
    skipped: int
    concepts: int
    new_concepts: int
    into: tuple[Path, ...]
    issues: tuple[TermIssue, ...] = ()
    lost: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A term that was added: its concept, whether that is new, the rows, and the file they are in."""

    concept: str
    new: bool
    rows: tuple[dict[str, str], ...]
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How much was written, and what the file cannot carry with how often the term base has it."""

    concepts: int
    terms: int
    left_out: int
    lost: dict[str, int]


def import_terms(
    project: Project,
    paths: Sequence[Path | str],
    *,
    into: Path | str | None = None,
    on_conflict: str = "add",
    dry_run: bool = False,
) -> TermImport:
    """What became of the terms of these files, merged into the term base: all of them, or none.

    A concept that is there gets the renderings it lacks, a new one is appended to `into` (default: the
    project's first term base file). A rendering that is approved in one and deprecated or forbidden in the
    other is skipped (add), left like all else of known concepts (keep), or takes the place of the one there,
    with what is said of it (overwrite). The same files again change nothing.
    """
    how = policy(on_conflict)
    glossaries = [_glossary(Path(path)) for path in paths]
    with _TermBaseFiles(project, into, dry_run=dry_run) as files:
        merge = Merge(files.concepts, how)
        issues: list[TermIssue] = []
        for path, glossary in zip(paths, glossaries, strict=True):
            issues += _merged(merge, glossary, str(path))
        changed = files.apply(merge.changes)
    skipped = sum(left.terms for glossary in glossaries for left in glossary.left_out)
    counts = merge.counts | {"read": merge.counts["read"] + skipped}
    counts["skipped"] += skipped
    return TermImport(
        **counts,
        concepts=sum(len(glossary.concepts) + len(glossary.left_out) for glossary in glossaries),
        new_concepts=merge.new_concepts,
        into=changed,
        issues=tuple(issues),
        lost=_summed(
            found
            for glossary in glossaries
            for found in (glossary.lost, tuple(unkept(glossary.concepts).items()))
        ),
    )


def add_term(
    project: Project, term: Concept, *, into: Path | str | None = None, force: bool = False
) -> Added:
    """What was added: a concept of one Chinese and one English term, or its rendering to a known concept.

    With an id the concept of that id is meant; without one the only concept that has the Chinese term, else a
    new one. Where nothing is said of the part of speech, it is that of the concept's other renderings. A term
    that contradicts the term base is a TermBaseError that says how, and so is, but for `force`, one that a
    warning of `tm terms lint` would follow.
    """
    with _TermBaseFiles(project, into) as files:
        concept = like_its_concept(replace(term, id=term.id or id_for(term, files.concepts)), files.concepts)
        merge = Merge(files.concepts)
        merge.take(concept)
        refuse_faults(files.concepts, concept, merge, force=force)
        (path,) = files.apply(merge.changes)
    rows = tuple({name: cell for name, cell in change.cells.items() if cell} for change in merge.changes)
    return Added(concept=concept.id, new=bool(merge.new_concepts), rows=rows, path=path)


def export_terms(
    concepts: Sequence[Concept],
    output: str,
    stream: BinaryIO,
    *,
    approved: bool = False,
    tbx_version: int = 2,
) -> Exported:
    """What was written of these concepts in the format of the name's ending; the stream holds the file.

    `approved` leaves deprecated and forbidden terms out, for programs that offer every term they find.
    """
    kept = [found for concept in concepts if (found := _approved(concept) if approved else concept)]
    if not kept:
        raise ConfigError(
            _("there is no term to export"), hint=_("Name a term base with --terms, or add terms first.")
        )
    lost = write_terms(kept, stream, path=output, tbx_version=tbx_version)
    total, terms = (sum(len(one.zh) + len(one.en) for one in found) for found in (concepts, kept))
    return Exported(concepts=len(kept), terms=terms, left_out=total - terms, lost=lost)


# --- The files --------------------------------------------------------------------------------------


class _TermBaseFiles:
    """The files of a term base, locked as long as the block runs."""

    def __init__(self, project: Project, into: Path | str | None, *, dry_run: bool = False) -> None:
        found = project.term_files
        self._dry_run = dry_run
        self._into = Path(into) if into is not None else _default(project, found)
        if self._into.suffix.lower() not in _ENDINGS:
            raise ConfigError(
                _("a term base is a .csv or .tsv file"), path=self._into, hint=_("Name one with --into.")
            )
        real = self._into.resolve()
        known = any(path.resolve() == real for path in found)
        inside = into is None or known or any(real.parent == path.resolve().parent for path in found)
        self._paths = [*found, *(() if known else (self._into,))] if inside else [self._into]
        self._stack = ExitStack()
        self.concepts: tuple[Concept, ...] = ()
        self._contents: dict[Path, bytes] = {}

    def __enter__(self) -> _TermBaseFiles:
        if not self._into.parent.is_dir():
            raise ConfigError(
                _("there is no folder “{folder}”").format(folder=self._into.parent), path=self._into
            )
        for path in () if self._dry_run else sorted(self._paths):
            self._stack.enter_context(locked(path, timeout=LOCK_TIMEOUT))
        try:
            present = [path for path in self._paths if path.exists()]
            self._contents = {path: path.read_bytes() for path in present}
            self.concepts = TermBase.read(*present).concepts
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def apply(self, changes: Sequence[Change]) -> tuple[Path, ...]:
        """The files that the changes change, written all or none; in a dry run none."""
        tables = {path: TermFile(content, path) for path, content in self._contents.items()}
        for change in changes:
            if change.replaces is None:
                self._home(change, tables).add(change)
            else:
                for table in tables.values():
                    table.update(change)
        new = {path: table.content() for path, table in tables.items()}
        new = {path: content for path, content in new.items() if content != self._contents.get(path)}
        if new and not self._dry_run:
            self._check(new)
            write_tree(new)
        return tuple(sorted(new))

    def _home(self, change: Change, tables: dict[Path, TermFile]) -> TermFile:
        """The file for a row: where its concept stands, else the one for new concepts."""
        homes = [table for table in tables.values() if change.concept in table.concepts]
        if self._into not in tables and not homes:
            tables[self._into] = TermFile(EMPTY, self._into)
        into = tables.get(self._into)
        return into if into is not None and (into in homes or not homes) else homes[0]

    def _check(self, new: dict[Path, bytes]) -> None:
        """Raise a ConflictError when somebody has changed a file that is about to be written."""
        for path in new:
            before = self._contents.get(path)
            if (path.read_bytes() if path.exists() else None) != before:
                raise ConflictError(
                    _("somebody else has changed it meanwhile"),
                    path=path,
                    hint=_("Nothing was saved. Run the command again."),
                )


def _default(project: Project, found: Sequence[Path]) -> Path:
    """The project's first term base file, there or not yet."""
    if found:
        return found[0]
    if not project.found:
        raise ConfigError(_("there is no project here"), hint=_("Name the term base with --into."))
    pattern = Path(project.settings.terms[0]) if project.settings.terms else Path("terms.csv")
    name = "terms.csv" if "*" in pattern.name else pattern.name
    return project.root / pattern.parent / name


# --- Import -----------------------------------------------------------------------------------------


def _glossary(path: Path) -> Glossary:
    with opened(path) as stream:
        return read_terms(stream, path=str(path))


def _merged(merge: Merge, glossary: Glossary, file: str) -> Iterator[TermIssue]:
    """Merges a file; what is to be said of its terms, by line."""
    before = len(merge.remarks)
    for concept in glossary.concepts:
        merge.take(concept)
    found = [_issue(remark, file) for remark in merge.remarks[before:]]
    found += [
        TermIssue(
            file=file, line=left.line, kind="left-out", concept=left.concept, term="", reason=left.reason
        )
        for left in glossary.left_out
    ]
    yield from sorted(found, key=lambda issue: issue.line)


def _issue(remark: Remark, file: str) -> TermIssue:
    return TermIssue(
        file=file,
        line=remark.line,
        kind=remark.kind,
        concept=remark.concept,
        term=remark.term,
        reason=remark.reason,
    )


def _summed(lost: Iterable[Sequence[tuple[str, int]]]) -> tuple[tuple[str, int], ...]:
    total: dict[str, int] = {}
    for found in lost:
        for name, count in found:
            total[name] = total.get(name, 0) + count
    return tuple(sorted(total.items()))


# --- Export -----------------------------------------------------------------------------------------


def _approved(concept: Concept) -> Concept | None:
    """The concept without its wrong terms; None when nothing is left on a side."""
    zh = tuple(term for term in concept.zh if term.status in APPROVED)
    en = concept.renderings(*APPROVED)
    return replace(concept, zh=zh, en=en) if zh and en else None
