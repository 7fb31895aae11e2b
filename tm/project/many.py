"""Drafts and analyses of many texts at once, on all cores."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Protocol, TypeVar

from tm.drafting import (
    Leveraged,
    LeverageOptions,
    Scored,
    analysed_together,
    leveraged,
    match_scores,
    propagated,
)
from tm.matching.lookup import Lookup
from tm.model import Analysis
from tm.project.drafting import Progress, Sources, leverage_options, open_lookup, term_base
from tm.project.folder import Project
from tm.project.workers import cores, in_processes
from tm.segment import PlacedSegment
from tm.terms.base import TermBase

__all__ = ["Work", "analyses_of", "drafts_of", "together"]

_WORTH = 400
"""So many segments a process must have to do to be worth its start."""
_ANY_CLAUSE = "推动高质量发展"

Text = Sequence[PlacedSegment]
_R = TypeVar("_R")
_R_co = TypeVar("_R_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What texts are worked on with. `jobs` is the number of processes, 0 = as many as are worth it.

    `setup` is called once in every further process; it is found there by its name.
    """

    project: Project
    sources: Sources
    jobs: int = 0
    setup: Callable[[], None] | None = None

    def processes(self, texts: Sequence[Text]) -> int:
        """How many processes work on these texts."""
        worth = sum(map(len, texts)) // _WORTH
        return max(1, min(self.jobs or min(cores(), worth), len(texts)))


def drafts_of(
    work: Work, texts: Sequence[Text], *, progress: Progress | None = None
) -> Generator[Leveraged, None, None]:
    """The leveraged draft of each text, in order, the same whatever the number of processes.

    A source that an earlier text has gets the translation that it has there, unless its own neighbours
    speak for another one. Each draft's analysis is of its text alone; see `together`.
    """
    first: dict[str, str] = {}
    with closing(_Desk(work)) as desk, closing(_done(_draft, texts, desk, progress)) as made:
        for one in made:
            document = propagated(one.document, first, desk.terms, desk.options)
            yield replace(one, document=document)


def analyses_of(work: Work, texts: Sequence[Text], *, progress: Progress | None = None) -> list[Analysis]:
    """The match bands of each text, all read as one text in this order; `merged` adds them up."""
    with closing(_Desk(work)) as desk, closing(_done(_scores, texts, desk, progress)) as made:
        scored = [(_sources(text), scores) for text, scores in zip(texts, made, strict=True)]
        return together(work, scored)


def together(work: Work, scored: Sequence[Scored]) -> list[Analysis]:
    """The match bands of texts whose best scores are known, all read as one text in this order."""
    return analysed_together(scored, leverage_options(work.project, work.sources))


class _Desk:
    """The memories and terms that a process works with, opened when they are first needed."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._open = ExitStack()

    @cached_property
    def lookup(self) -> Lookup:
        return self._open.enter_context(open_lookup(self.work.project, self.work.sources))

    @cached_property
    def terms(self) -> TermBase:
        return term_base(self.work.project, self.work.sources.terms)

    @cached_property
    def options(self) -> LeverageOptions:
        return leverage_options(self.work.project, self.work.sources)

    def prepare(self) -> None:
        """Make the indexes now, where several processes would make them at once."""
        self.lookup.clauses(_ANY_CLAUSE, 1.0)

    def close(self) -> None:
        self._open.close()


class _Job(Protocol[_R_co]):
    def __call__(self, desk: _Desk, text: Text, progress: Progress | None = None, /) -> _R_co: ...


def _draft(desk: _Desk, text: Text, progress: Progress | None = None) -> Leveraged:
    return leveraged(text, desk.lookup, terms=desk.terms, options=desk.options, progress=progress)


def _scores(desk: _Desk, text: Text, progress: Progress | None = None) -> list[float]:
    return match_scores(text, desk.lookup, options=desk.options, progress=progress)


def _sources(text: Text) -> list[str]:
    return [placed.segment.text for placed in text]


def _done(
    job: _Job[_R], texts: Sequence[Text], desk: _Desk, progress: Progress | None
) -> Generator[_R, None, None]:
    """What the job makes of each text, in order, here or in processes of their own."""
    jobs = desk.work.processes(texts)
    if jobs == 1:
        for text in texts:
            yield job(desk, text, progress)
        return
    desk.prepare()
    made = in_processes(partial(_at_desk, job), texts, jobs=jobs, setup=partial(_sit_down, desk.work))
    with closing(made):
        for text, one in zip(texts, made, strict=True):
            if progress:
                progress(len(text))
            yield one


_desks: list[_Desk] = []
"""In a process of its own: what it works with."""


def _sit_down(work: Work) -> None:
    _desks[:] = [_Desk(work)]
    if work.setup:
        work.setup()


def _at_desk(job: _Job[_R], text: Text) -> _R:
    return job(_desks[0], text)
