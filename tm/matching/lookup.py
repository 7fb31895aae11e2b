"""Matches for segments, over one or several memories."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from tm.matching.clauses import SHORTEST, ClauseHit
from tm.matching.cutoff import similarity
from tm.matching.options import MatchOptions
from tm.matching.scoring import context_score, origin_penalties, penalised, penalties_for, word_score
from tm.matching.shelf import Shelf
from tm.model import Context, Match, MatchKind, Penalty, Unit
from tm.store.units import UnitTable
from tm.text.normalise import match_form

__all__ = ["ClauseMatch", "Lookup", "MatchOptions", "Progress", "Wanted"]

_MOST_EXACT = 1000
_MOST_FUZZY = 500
_MOST_CLAUSES = 2000
_MOST_FIGURES = 200
_ANY = 0.1
_DEFAULT = MatchOptions()

Wanted = tuple[str, Context]
"""A source text and its neighbours."""

Progress = Callable[[int], None]
"""Told how many further segments are done."""


class Lookup:
    """Looks segments up in memories; working memories come before built ones at equal scores."""

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self._shelves = tuple(sorted(shelves, key=lambda shelf: not shelf.working))

    @classmethod
    def open(cls, tables: Iterable[UnitTable]) -> Lookup:
        """A lookup over these memories. An index that is not there is built and kept in `table.folder`."""
        return cls([Shelf(table) for table in tables])

    def matches(
        self,
        sources: Sequence[Wanted],
        options: MatchOptions = _DEFAULT,
        *,
        progress: Progress | None = None,
    ) -> list[list[Match]]:
        """For each segment its matches, best first; the same translation is offered once."""
        known: dict[Wanted, list[Match]] = {}
        found: list[list[Match]] = []
        for wanted in sources:
            if wanted not in known:
                known[wanted] = self._matches(self._query(wanted, options), options)
            found.append(list(known[wanted]))
            if progress:
                progress(1)
        return found

    def renumbered(self, wanted: Wanted, options: MatchOptions = _DEFAULT) -> list[Match]:
        """Units whose source is this one but for its numbers, below the threshold too; best first.

        In short segments full of figures these are less alike than any threshold, and yet what a repair
        makes the translation of. Each translation is offered once, at most `options.limit` of them.
        """
        query = self._query(wanted, options)
        everything = replace(options, threshold=_ANY)
        read = list(self._read(self._of_other_numbers(query, options), query, everything))
        return _chosen(read, options.limit)

    def clauses(self, text: str, threshold: float, options: MatchOptions = _DEFAULT) -> list[ClauseMatch]:
        """Units that hold a clause as similar to this one as the threshold (0-1), best first, then newest.

        Units without a translation are left out, and the same translation is given once.
        """
        form = match_form(text)
        if len(form) < SHORTEST:
            return []
        found: dict[tuple[str, str], ClauseMatch] = {}
        hits = self._clause_hits(form, threshold, options)
        step = max(8, 2 * options.limit)
        for start in range(0, min(len(hits), _MOST_FUZZY), step):
            for match in self._with_clause(hits[start : start + step]):
                clause = match.unit.source.text[slice(*match.stretch)]
                found.setdefault((clause, match.unit.target.text), match)
            if len(found) >= options.limit:
                break
        return list(found.values())[: options.limit]

    def _clause_hits(
        self, form: str, threshold: float, options: MatchOptions
    ) -> list[tuple[ClauseHit, int, str]]:
        """The clauses in allowed units with memory and date: best, then by order of memories, then newest."""
        found: list[tuple[ClauseHit, int, str]] = []
        for number, shelf in enumerate(self._shelves):
            allowed = (
                (hit, number, shelf.date(hit.position))
                for hit in shelf.clauses.search(form, threshold)
                if options.allows(shelf.release(hit.position), shelf.date(hit.position))
            )
            found += islice(allowed, _MOST_CLAUSES)
        found.sort(key=lambda known: known[2], reverse=True)
        found.sort(key=lambda known: (-known[0].similarity, known[1]))
        return found

    def _with_clause(self, hits: Sequence[tuple[ClauseHit, int, str]]) -> Iterator[ClauseMatch]:
        """The units of these clauses; those without a translation are left out."""
        units: dict[tuple[int, int], Unit] = {}
        for number, shelf in enumerate(self._shelves):
            places = [hit.position for hit, known, _date in hits if known == number]
            units |= {
                (number, unit): read for unit, read in zip(places, shelf.table.units(places), strict=True)
            }
        for hit, number, _date in hits:
            unit = units[number, hit.position]
            if unit.target.text.strip():
                yield ClauseMatch(
                    hit.similarity, number, self._shelves[number].name, unit, (hit.start, hit.end)
                )

    def _query(self, wanted: Wanted, options: MatchOptions) -> _Query:
        text, context = wanted
        return _Query(text, match_form(text), context, self._newest if options.points("age") else "")

    @cached_property
    def _newest(self) -> str:
        """The latest ISO date of the memories; "" when there is none."""
        return max((shelf.newest for shelf in self._shelves), default="")

    def _matches(self, query: _Query, options: MatchOptions) -> list[Match]:
        if not query.form:
            return []
        read: list[tuple[int, Match]] = []
        for chunk in _chunks(self._candidates(query, options), options.limit):
            best = _chosen(read, options.limit)
            if len(best) >= options.limit and 100.0 * chunk[0].similarity <= best[-1].score:
                break
            near = self._read(chunk, query, options)
            read.extend(found for found in near if found[1].score >= options.threshold)
        return _with_alternatives(_chosen(read, options.limit), options)

    def _candidates(self, query: _Query, options: MatchOptions) -> list[_Found]:
        """The allowed units that are similar enough: best, then by order of memories, then newest first."""
        found = [
            _Found(hit.similarity, number, shelf.date(hit.index), hit.index)
            for number, shelf in enumerate(self._shelves)
            for hit in shelf.search(query.form, options.threshold / 100)
            if options.allows(shelf.release(hit.index), shelf.date(hit.index))
        ]
        found.sort(key=lambda hit: hit.date, reverse=True)
        found.sort(key=lambda hit: (-hit.similarity, hit.shelf))
        return found

    def _of_other_numbers(self, query: _Query, options: MatchOptions) -> list[_Found]:
        """The most alike of the allowed units that differ from the query in numbers only."""
        found = [
            _Found(_alike(query.form, shelf.form(position)), number, shelf.date(position), position)
            for number, shelf in enumerate(self._shelves)
            for position in shelf.figures(query.form, limit=_MOST_FIGURES)
            if options.allows(shelf.release(position), shelf.date(position))
        ]
        found.sort(key=lambda hit: hit.date, reverse=True)
        found.sort(key=lambda hit: (-hit.similarity, hit.shelf))
        return found[: 4 * options.limit]

    def _read(
        self, chunk: Sequence[_Found], query: _Query, options: MatchOptions
    ) -> Iterator[tuple[int, Match]]:
        """The matches that these units make, with the number of their memory; blank translations left out."""
        for number, shelf in enumerate(self._shelves):
            hits = [hit for hit in chunk if hit.shelf == number]
            units = shelf.table.units([hit.position for hit in hits])
            for hit, unit in zip(hits, units, strict=True):
                match = _match(query, shelf.name, unit, hit.similarity, options)
                if unit.target.text.strip():
                    yield number, match


class ClauseMatch(NamedTuple):
    """A clause found in a unit: how alike it is (0-1), and its stretch of the unit's source."""

    similarity: float
    shelf: int
    memory: str
    unit: Unit
    stretch: tuple[int, int]


class _Query(NamedTuple):
    """A source text with its match form and its neighbours, and the latest ISO date of the memories."""

    text: str
    form: str
    context: Context
    newest: str = ""


class _Found(NamedTuple):
    """A unit that may match, before it is read."""

    similarity: float
    shelf: int
    date: str
    position: int


def _alike(form: str, other: str) -> float:
    return similarity(Levenshtein.distance(form, other), max(len(form), len(other)))


def _chunks(found: Sequence[_Found], limit: int) -> Iterator[Sequence[_Found]]:
    """First all of equal match form, as far as any are read; then a few at a time."""
    equal = bisect_right(found, -1.0, key=lambda hit: -hit.similarity)
    if equal:
        yield found[: min(equal, _MOST_EXACT)]
    step = max(8, 2 * limit)
    for start in range(equal, min(len(found), equal + _MOST_FUZZY), step):
        yield found[start : start + step]


def _match(query: _Query, memory: str, unit: Unit, alike: float, options: MatchOptions) -> Match:
    source = unit.source.text
    origin = origin_penalties(unit, options, query.newest)
    if source == query.text:
        penalties, full = origin, context_score(query.context, unit.context)
        kind = MatchKind.CONTEXT if full > 100.0 else MatchKind.EXACT
        score = max(0.0, full - sum(penalty.points for penalty in origin))
    else:
        penalties = (*penalties_for(query.text, source, options), *origin)
        score, kind = penalised(alike, penalties), MatchKind.FUZZY
    return Match(
        memory=memory,
        unit=unit,
        kind=kind,
        score=score,
        word_score=word_score(query.text, source),
        penalties=penalties,
    )


def _chosen(read: Sequence[tuple[int, Match]], limit: int) -> list[Match]:
    """The best match of each translation: all that are exact, and others up to the limit."""
    chosen: dict[str, Match] = {}
    for _number, match in sorted(read, key=_rank):
        if match.kind is not MatchKind.FUZZY or len(chosen) < limit:
            chosen.setdefault(match.unit.target.text, match)
    return list(chosen.values())


def _rank(numbered: tuple[int, Match]) -> tuple[float, int, int, str]:
    """Best score first, then the order of the memories, then the newest."""
    number, match = numbered
    date = match.unit.origin.date
    return -match.score, number, -(date.toordinal() if date else 0), match.unit.id


def _with_alternatives(matches: list[Match], options: MatchOptions) -> list[Match]:
    """The matches, with a remark on those that share the best score when that is an exact one."""
    equal = [
        match for match in matches if match.score == matches[0].score and match.kind is not MatchKind.FUZZY
    ]
    if len(equal) < 2:
        return matches
    points = options.points("alternatives")
    remark = Penalty(name="alternatives", points=points)
    marked = [
        replace(match, score=match.score - points, penalties=(*match.penalties, remark)) for match in equal
    ]
    return marked + matches[len(equal) :]
