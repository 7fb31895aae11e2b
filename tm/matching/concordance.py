"""Concordance: where words stand in the memories, in either language, with the places marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from tm.matching.cutoff import similarity
from tm.matching.options import MatchOptions
from tm.matching.scoring import differences, origin_penalties, penalised, penalties_for, percent
from tm.matching.shelf import Shelf
from tm.model import Penalty, Span, Unit
from tm.store.units import Side, UnitTable
from tm.text.folding import is_han
from tm.text.normalise import match_form

__all__ = ["Concordance", "search", "spans_of"]

_STRETCH = 0.7
"""The lowest similarity of a stretch inside a segment."""
_READ = 10
"""How many times more units are compared than are shown."""
_DEFAULT = MatchOptions(limit=20, threshold=50.0)
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """A unit that was found. `kind` is exact (the whole segment), part, or fuzzy; `score` is percent.

    Spans mark the words looked for, or the stretch that is like them; in a fuzzy hit, which is like the
    query as a whole, what the unit has otherwise.
    """

    memory: str
    unit: Unit
    kind: str
    score: float
    spans: tuple[Span, ...] = ()
    penalties: tuple[Penalty, ...] = ()

    @property
    def release(self) -> str:
        """The id of the unit's release; "" when it has none."""
        return self.unit.origin.release

    @property
    def date(self) -> str:
        """The ISO date of the unit; "" when it has none."""
        return self.unit.origin.date.isoformat() if self.unit.origin.date else ""


def search(
    tables: Iterable[UnitTable], text: str, *, fuzzy: bool = False, options: MatchOptions = _DEFAULT
) -> list[Concordance]:
    """At most `options.limit` units with these words on either side, or like them; best and newest first."""
    wanted = text.strip()
    if not wanted:
        return []
    find = _like if fuzzy else _containing
    found = [hit for table in tables for hit in find(table, wanted, options)]
    found.sort(key=lambda hit: (hit.memory, hit.unit.id))
    found.sort(key=lambda hit: hit.date, reverse=True)
    found.sort(key=lambda hit: (-hit.score, hit.kind != "exact"))
    return found[: options.limit]


def spans_of(wanted: str, text: str, side: Side) -> tuple[Span, ...]:
    """Where the words stand in a text, without regard to case and width; stretches do not overlap."""
    folded, sought = _folded(text), _folded(wanted)
    found = [match.start() for match in re.finditer(re.escape(sought), folded)]
    return tuple(Span(side=side, start=start, end=start + len(sought)) for start in found)


def _containing(table: UnitTable, wanted: str, options: MatchOptions) -> list[Concordance]:
    """Whole segments first, then the newest units that hold the words on either side."""
    whole = set(table.exact([wanted])[wanted])
    positions = whole.union(table.containing(wanted, "source"), table.containing(wanted, "target"))
    releases, dates = table.releases(), table.dates()
    allowed = [at for at in sorted(positions) if options.allows(releases[at], dates[at])]
    allowed.sort(key=dates.__getitem__, reverse=True)
    allowed.sort(key=lambda at: at not in whole)
    return [_hit(table.name, unit, wanted) for unit in table.units(allowed[: options.limit])]


def _hit(memory: str, unit: Unit, wanted: str) -> Concordance:
    sides: Sequence[tuple[str, Side]] = ((unit.source.text, "source"), (unit.target.text, "target"))
    return Concordance(
        memory=memory,
        unit=unit,
        kind="exact" if wanted in (unit.source.text, unit.target.text) else "part",
        score=100.0,
        spans=tuple(span for text, side in sides for span in spans_of(wanted, text, side)),
    )


def _like(table: UnitTable, wanted: str, options: MatchOptions) -> list[Concordance]:
    """The units whose segment, in the language of the query, is like it or holds a stretch like it."""
    side: Side = "source" if any(map(is_han, wanted)) else "target"
    shelf, form = Shelf(table, side=side), match_form(wanted)
    hits = [hit for hit in shelf.search(form, options.threshold / 100) if _allowed(shelf, hit.index, options)]
    hits.sort(key=lambda hit: shelf.date(hit.index), reverse=True)
    hits.sort(key=lambda hit: -hit.similarity)
    best = {hit.index: hit.similarity for hit in hits[: options.limit]}
    whole = [
        _fuzzy_hit(table.name, unit, wanted, alike, options)
        for unit, alike in zip(table.units(best), best.values(), strict=True)
    ]
    near = shelf.holding(form, _STRETCH, limit=_READ * options.limit)
    rest = [at for at in near if at not in best and _allowed(shelf, at, options)]
    parts = [_stretch_hit(table.name, unit, wanted, side) for unit in table.units(rest)]
    return whole + [hit for hit in parts if hit.score >= 100 * _STRETCH]


def _allowed(shelf: Shelf, position: int, options: MatchOptions) -> bool:
    return options.allows(shelf.release(position), shelf.date(position))


def _stretch_hit(memory: str, unit: Unit, wanted: str, side: Side) -> Concordance:
    """The stretch of the unit that is most like the query, scored by itself."""
    text = unit.source.text if side == "source" else unit.target.text
    place = partial_ratio_alignment(_folded(wanted), _folded(text))
    start, end = (place.dest_start, place.dest_end) if place and len(text) > len(wanted) else (0, len(text))
    stretch = text[start:end]
    alike = similarity(
        Levenshtein.distance(_folded(wanted), _folded(stretch)), max(len(wanted), len(stretch))
    )
    return Concordance(
        memory=memory,
        unit=unit,
        kind="part",
        score=percent(alike, identical=alike == 1.0),
        spans=(Span(side=side, start=start, end=end),),
    )


def _fuzzy_hit(memory: str, unit: Unit, wanted: str, alike: float, options: MatchOptions) -> Concordance:
    side: Side = "source" if any(map(is_han, wanted)) else "target"
    text = unit.source.text if side == "source" else unit.target.text
    if text == wanted:
        return _hit(memory, unit, wanted)
    penalties = (*penalties_for(wanted, text, options), *origin_penalties(unit, options))
    return Concordance(
        memory=memory,
        unit=unit,
        kind="fuzzy",
        score=penalised(alike, penalties),
        spans=differences(wanted, text, side=side),
        penalties=penalties,
    )


def _folded(text: str) -> str:
    """Small letters of one width, one for each character of the text."""
    narrow = text.translate(_WIDTH)
    lower = narrow.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in narrow)
