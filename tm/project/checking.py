"""What `tm check` looks at: units of files, release folders and memories, one document at a time."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from tm.alignment import align_batch
from tm.checks.runner import check
from tm.checks.waivers import read_waivers
from tm.formats import tmx
from tm.formats.registry import format_for
from tm.model import BlockKind, Finding, Segment, Unit, Waiver
from tm.project.build import units_of
from tm.project.corpus import PairedRelease, load_pair
from tm.project.drafting import term_base
from tm.project.folder import Project
from tm.project.texts import segments_of
from tm.segment import PlacedSegment
from tm.store.memory import open_memory, opened
from tm.terms.base import TermBase

__all__ = ["Checked", "CheckedDocument", "check_documents", "documents_in", "monolingual", "of_memory"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """The units of one document in order, the file they stand in, and their lines where known.

    `unlinked` are the Chinese segments of a release that nothing in its English stands for; what belongs
    to the web page rather than to the text is left out. `skipped` are the reasons for which units of the file
    cannot be checked, each with their number.
    """

    file: str
    units: tuple[Unit, ...]
    lines: dict[str, int] = field(default_factory=dict)
    date: datetime.date | None = None
    unlinked: tuple[PlacedSegment, ...] = ()
    skipped: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The findings of all documents, in order, all their units, and the number of concepts checked for."""

    units: tuple[Unit, ...]
    findings: tuple[Finding, ...]
    concepts: int = 0


def check_documents(  # noqa: PLR0913 - all but the first two are options
    project: Project,
    documents: Sequence[CheckedDocument],
    *,
    terms: Sequence[str] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    waivers: Path | None = None,
    mono: bool = False,
) -> Checked:
    """The findings in these documents with the project's settings, terms and waivers."""
    base = term_base(project, terms)
    accepted = _waivers(project, waivers)
    rules = {
        "select": select or project.settings.select,
        "ignore": (*ignore, *project.settings.ignore),
    }
    findings = [
        finding
        for document in documents
        for finding in _check_one(document, base, waivers=accepted, mono=mono, rules=rules)
    ]
    units = tuple(unit for document in documents for unit in document.units)
    return Checked(units=units, findings=tuple(findings), concepts=len(base))


def documents_in(project: Project, path: str) -> Iterator[CheckedDocument]:
    """The documents of a release folder or a bilingual file.

    A release whose links are absent or out of date is aligned for the check alone; nothing is written.
    """
    place = Path(path)
    if place.is_dir():
        yield _of_release(project, place)
        return
    reader = format_for(path, "read").reader
    skipped: Counter[str] = Counter()
    with opened(place) as stream:
        if reader is tmx.read:
            memory = tmx.read(stream, path=path, keep=False, on_skip=partial(_count, skipped))
        else:
            memory = reader(stream, path=path)
        units = tuple(memory)
    lines = {unit.id: unit.line for unit in units if unit.line}
    yield CheckedDocument(file=path, units=units, lines=lines, skipped=dict(skipped))


def of_memory(path: Path) -> Iterator[CheckedDocument]:
    """The releases in a memory, each a document of its own; at last what of it cannot be checked."""
    skipped: Counter[str] = Counter()
    memory = open_memory(path, on_skip=partial(_count, skipped))
    for _release, members in groupby(memory, key=lambda unit: unit.origin.release):
        units = tuple(members)
        yield CheckedDocument(file=str(path), units=units, date=units[0].origin.date)
    if skipped:
        yield CheckedDocument(file=str(path), units=(), skipped=dict(skipped))


def monolingual(path: str, content: bytes) -> CheckedDocument:
    """An English text alone, as units without a source."""
    placed = segments_of(content, path=path, lang="en")
    units = tuple(Unit(id=one.place.segment_id, source=_NO_SOURCE, target=one.segment) for one in placed)
    lines = {unit.id: one.place.line for unit, one in zip(units, placed, strict=True)}
    return CheckedDocument(file=path, units=units, lines=lines)


def _count(reasons: Counter[str], skipped: tmx.Skipped) -> None:
    reasons[skipped.reason] += 1


_PAGE = (BlockKind.BOILERPLATE, BlockKind.CAPTION)
_NO_SOURCE = Segment(lang="zh-CN", text="")


def _check_one(
    document: CheckedDocument,
    terms: TermBase,
    *,
    waivers: Sequence[Waiver],
    mono: bool,
    rules: dict[str, Sequence[str]],
) -> Iterator[Finding]:
    found = check(document.units, terms, waivers=waivers, date=document.date, mono=mono, **rules)
    for finding in found:
        yield replace(finding, file=document.file, line=document.lines.get(finding.unit_id, 0))


def _of_release(project: Project, folder: Path) -> CheckedDocument:
    pair = load_pair(folder)
    if pair.beads is None:
        concepts = term_base(project, ()).concepts
        (alignment,) = align_batch([pair.locked_document()], terms=concepts, cache=project.cache)
        pair = pair.with_beads(alignment.beads)
    linked = [bead for bead in pair.beads or () if bead.source and bead.target]
    units = tuple(units_of(pair))
    lines = {unit.id: pair.en[bead.target[0]].place.line for unit, bead in zip(units, linked, strict=True)}
    return CheckedDocument(
        file=str(folder / "en.txt"),
        units=units,
        lines=lines,
        date=pair.release.date,
        unlinked=tuple(_unlinked(pair)),
    )


def _unlinked(pair: PairedRelease) -> Iterator[PlacedSegment]:
    alone = sorted(n for bead in pair.beads or () if not bead.target for n in bead.source)
    for one in (pair.zh[n] for n in alone):
        if pair.release.zh[one.place.block].kind not in _PAGE:
            yield one


def _waivers(project: Project, path: Path | None) -> tuple[Waiver, ...]:
    if path is not None:
        return read_waivers(path)
    return read_waivers(project.waivers_file) if project.waivers_file.is_file() else ()
