"""The main job: a new text, the project's memories and terms, a leveraged draft."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from tm.drafting import LeverageOptions, analyse, leverage
from tm.errors import ConfigError
from tm.matching.lookup import Lookup
from tm.matching.options import MatchOptions
from tm.model import Analysis, DraftDocument
from tm.project.folder import Project
from tm.project.texts import segments_of
from tm.segment import PlacedSegment
from tm.store.cache import sweep_cache
from tm.store.units import UnitTable
from tm.terms.base import TermBase

__all__ = [
    "Sources",
    "analyse_text",
    "draft_text",
    "leverage_options",
    "match_options",
    "open_lookup",
    "open_tables",
    "read_segments",
    "term_base",
    "unknown_releases",
]

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a draft is made from: memories and terms by name or path (none = the project's), and limits.

    `without` leaves releases out, `before` keeps only what was published earlier.
    """

    memories: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    before: datetime.date | None = None
    threshold: float | None = None


def draft_text(
    project: Project,
    placed: Sequence[PlacedSegment],
    sources: Sources,
    *,
    progress: Progress | None = None,
) -> DraftDocument:
    """The leveraged draft of placed segments."""
    with open_lookup(project, sources) as lookup:
        return leverage(
            placed,
            lookup,
            terms=term_base(project, sources.terms),
            options=leverage_options(project, sources),
            progress=progress,
        )


def analyse_text(
    project: Project,
    placed: Sequence[PlacedSegment],
    sources: Sources,
    *,
    progress: Progress | None = None,
) -> Analysis:
    """The match bands of placed segments."""
    with open_lookup(project, sources) as lookup:
        return analyse(placed, lookup, options=leverage_options(project, sources), progress=progress)


def read_segments(project: Project, path: str, content: bytes, *, segmented: bool) -> list[PlacedSegment]:
    """The segments of a source text in the project's source language."""
    return segments_of(content, path=path, lang=project.settings.source, segmented=segmented)


def match_options(
    project: Project, sources: Sources, *, limit: int | None = None, threshold: float | None = None
) -> MatchOptions:
    """How matches are searched and scored: this call's limits, else the given ones, else the settings."""
    chosen = (sources.threshold, threshold, project.settings.threshold)
    return MatchOptions(
        threshold=next(value for value in chosen if value is not None),
        limit=limit or project.settings.alternatives,
        without=sources.without,
        before=sources.before,
        penalties=project.settings.penalties,
    )


def leverage_options(project: Project, sources: Sources) -> LeverageOptions:
    """How drafts and analyses are made: the project's settings and this call's limits."""
    return LeverageOptions(
        match=match_options(project, sources),
        weights=project.settings.weights,
        target_lang=project.settings.target,
        cache=project.cache,
    )


def term_base(project: Project, files: Sequence[str]) -> TermBase:
    """The term base of these files, else the project's."""
    return TermBase.read(*(Path(file) for file in files or project.term_files))


@contextmanager
def open_lookup(project: Project, sources: Sources) -> Iterator[Lookup]:
    """A lookup over the chosen memories, open as long as the block runs."""
    with open_tables(project, sources.memories) as tables:
        yield Lookup.open(tables)


def unknown_releases(project: Project, sources: Sources) -> list[str]:
    """The releases to leave out that are nowhere: by a slip they may be left in under another name."""
    if not sources.without:
        return []
    with open_tables(project, sources.memories) as tables:
        known = {*project.releases, *(name for table in tables for name in table.releases())}
    return [name for name in sources.without if name not in known]


@contextmanager
def open_tables(project: Project, names: Sequence[str]) -> Iterator[list[UnitTable]]:
    """The side files of these memories (none = all of the project's), open as long as the block runs."""
    paths = [project.memory(name) for name in names] or list(project.memories.values())
    if not paths:
        raise ConfigError(
            _("there is no memory to draw on"),
            path=project.memories_folder,
            hint=_("Run `tm build` in a project, or give a TMX file with --memory."),
        )
    with ExitStack() as stack:
        tables = [stack.enter_context(UnitTable.open(path, project.cache)) for path in paths]
        yield tables
        sweep_cache(project.cache, keep=[table.digest for table in tables])
