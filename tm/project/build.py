"""Releases to memories: one built memory an office, a pure function of the texts and their links."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, cast

from tm.alignment import align_batch
from tm.formats import tmx
from tm.formats.links import segment_ids
from tm.formats.release import TEXTS
from tm.model import Bead, Header, Memory, Note, Origin, Prop, Segment, Status, Unit
from tm.project.corpus import PairedRelease, load_pair, save_links
from tm.project.folder import Project
from tm.store.atomic import sweep
from tm.store.memory import BUILT, digest, kind, save_memory
from tm.terms.base import TermBase

__all__ = ["BuildReport", "BuiltMemory", "bead_units", "build", "units_of"]

Progress = Callable[[int], None]

_SCORE = "x-align-score"  # the confidence of a link that nobody reviewed
_BUILD_VERSION = "1"  # of the way units are made, not of the package: an upgrade alone changes no memory
_SAMPLE_NOTE = (
    Note(text="Holds invented sample text, marked sample = true in its release.toml: no official release."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltMemory:
    """A memory that was built; `changed` says whether the file had to be written."""

    name: str
    path: Path
    units: int
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did: releases that were aligned anew, and the memories.

    With `check` nothing is written, and `aligned` are the releases that would have to be aligned.
    `without_english` were left out; `left_over` are built memories that no release stands behind.
    """

    aligned: tuple[str, ...]
    memories: tuple[BuiltMemory, ...]
    without_english: tuple[str, ...] = ()
    left_over: tuple[Path, ...] = ()

    @property
    def up_to_date(self) -> bool:
        """True when there was nothing to do."""
        return not (self.aligned or self.left_over or any(memory.changed for memory in self.memories))


def build(
    project: Project,
    *,
    realign: bool = False,
    check: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """What was done to bring the project's built memories up to date.

    Only releases whose links are absent or out of date are aligned (with `realign` all, but reviewed links
    are always kept). With `check` nothing is aligned and nothing is written.
    """
    folders = project.releases
    whole = {name: folder for name, folder in folders.items() if (folder / TEXTS["en"]).is_file()}
    pairs = [load_pair(folder) for folder in whole.values()]
    stale = [pair for pair in pairs if pair.beads is None or (realign and not check)]
    if not check:
        pairs = _with_links(project, pairs, stale, progress)
    offices = groupby(pairs, key=lambda pair: pair.folder.parent.name)
    memories = [_build_memory(project, office, list(members), write=not check) for office, members in offices]
    return BuildReport(
        aligned=tuple(pair.release.id for pair in stale),
        memories=tuple(memories),
        without_english=tuple(name for name in folders if name not in whole),
        left_over=_left_over(project, {memory.name for memory in memories}),
    )


def units_of(pair: PairedRelease) -> Iterator[Unit]:
    """The units of a release: its two-sided beads in Chinese order."""
    return bead_units(
        pair.zh_texts, pair.en_texts, pair.beads or (), release=pair.release.id, date=pair.release.date
    )


def bead_units(
    zh: Sequence[str],
    en: Sequence[str],
    beads: Sequence[Bead],
    *,
    release: str = "",
    date: datetime.date | None = None,
) -> Iterator[Unit]:
    """The units that two-sided beads over these segments give, in the beads' order."""
    linked = [bead for bead in beads if bead.source and bead.target]
    sources = ["".join(zh[n] for n in bead.source) for bead in linked]
    for bead, source, short in zip(linked, sources, segment_ids(sources), strict=True):
        yield Unit(
            id=f"{release}/{short}" if release else short,
            source=Segment(lang="zh-CN", text=source),
            target=Segment(lang="en", text=" ".join(en[n] for n in bead.target)),
            origin=Origin(release=release, index=bead.source[0], created=_midnight(date)),
            status=Status.REVIEWED if bead.locked else Status.TRANSLATED,
            props=() if bead.locked else (Prop(type=_SCORE, text=f"{bead.score:.3f}"),),
        )


def _with_links(
    project: Project,
    pairs: Sequence[PairedRelease],
    stale: Sequence[PairedRelease],
    progress: Progress | None,
) -> list[PairedRelease]:
    """All releases with links; those of the stale ones are made now and saved beside their texts."""
    if not stale:
        return list(pairs)
    terms = TermBase.read(*project.term_files).concepts
    documents = [pair.locked_document() for pair in stale]
    fresh = {}
    for pair, alignment in zip(stale, align_batch(documents, terms=terms, cache=project.cache), strict=True):
        fresh[pair.folder] = pair.with_beads(alignment.beads)
        save_links(fresh[pair.folder])
        if progress:
            progress(1)
    return [fresh.get(pair.folder, pair) for pair in pairs]


def _left_over(project: Project, offices: Collection[str]) -> tuple[Path, ...]:
    """The built memories of offices that have no releases any more."""
    others = [path for name, path in project.memories.items() if name not in offices]
    return tuple(path for path in others if kind(path) == BUILT)


def _build_memory(
    project: Project, office: str, pairs: Sequence[PairedRelease], *, write: bool
) -> BuiltMemory:
    path = project.memories_folder / f"{office}.tmx"
    units = [unit for pair in pairs for unit in units_of(pair)]
    samples = any(pair.release.sample for pair in pairs)
    header = Header(
        tool="tm build", tool_version=_BUILD_VERSION, kind=BUILT, notes=_SAMPLE_NOTE if samples else ()
    )
    memory = Memory(name=office, header=header, units=units)
    changed = _digest_of(memory) != digest(path)
    if changed and write:
        save_memory(path, memory)
    elif write:
        sweep(path.parent)
    return BuiltMemory(name=office, path=path, units=len(units), changed=changed)


def _digest_of(memory: Memory) -> str:
    """The digest that the memory's file will have."""
    sink = _Digest()
    tmx.write(memory, cast("BinaryIO", sink))
    return sink.sha.hexdigest()


class _Digest:
    """A binary stream that keeps only the digest of what is written to it."""

    def __init__(self) -> None:
        self.sha = hashlib.sha256()

    def write(self, content: bytes) -> int:
        """The number of bytes taken."""
        self.sha.update(content)
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""


def _midnight(day: datetime.date | None) -> datetime.datetime | None:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC) if day else None
