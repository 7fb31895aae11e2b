"""What a project holds, counted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from tm.formats.release import read_release
from tm.project.corpus import load_pair
from tm.project.drafting import term_base
from tm.project.folder import Project
from tm.store.units import UnitTable
from tm.text.counts import count_characters, count_words

__all__ = ["MemoryStatistics", "ReleaseStatistics", "Statistics", "statistics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryStatistics:
    """A memory: its kind, units, Chinese characters and words, first and last day."""

    name: str
    kind: str
    units: int
    characters: int
    words: int
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStatistics:
    """A release: its links, how many of them are reviewed, and whether they fit its texts."""

    id: str
    office: str
    links: int
    reviewed: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Memories, releases, and the size of the term base."""

    memories: tuple[MemoryStatistics, ...]
    releases: tuple[ReleaseStatistics, ...]
    concepts: int
    terms: int

    def as_json(self) -> dict[str, object]:
        """The document `tm.stats/1`."""
        return {"schema": "tm.stats/1", **asdict(self)}


def statistics(project: Project) -> Statistics:
    """Counts of everything in the project."""
    concepts = term_base(project, ()).concepts
    return Statistics(
        memories=tuple(_memory(path, project.cache) for path in project.memories.values()),
        releases=tuple(_release(folder) for folder in project.releases.values()),
        concepts=len(concepts),
        terms=sum(len(concept.zh) + len(concept.en) for concept in concepts),
    )


def _memory(path: Path, cache: Path) -> MemoryStatistics:
    with UnitTable.open(path, cache) as table:
        characters = words = 0
        for source in table.sources():
            characters += count_characters(source)
            words += count_words(source)
        days = sorted(filter(None, table.dates()))
        return MemoryStatistics(
            name=table.name,
            kind=table.header.kind,
            units=len(table),
            characters=characters,
            words=words,
            first=days[0] if days else "",
            last=days[-1] if days else "",
        )


def _release(folder: Path) -> ReleaseStatistics:
    office = folder.parent.name
    if not (folder / "en.txt").is_file():
        release = read_release(folder, complete=False)
        return ReleaseStatistics(id=release.id, office=office, links=0, reviewed=0, current=False)
    pair = load_pair(folder)
    beads = pair.beads if pair.beads is not None else pair.kept
    return ReleaseStatistics(
        id=pair.release.id,
        office=office,
        links=len(beads),
        reviewed=sum(bead.locked for bead in beads),
        current=pair.beads is not None,
    )
