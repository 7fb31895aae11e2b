"""A memory with its fuzzy index: built once beside the memory's side file, read from disk afterwards."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from tm.errors import StoreError
from tm.matching.arrays import CacheError
from tm.matching.clauses import ClauseShelf
from tm.matching.figures import FigureTable
from tm.matching.index import Hit, MatchIndex
from tm.matching.portions import Texts
from tm.matching.texts import TextFile
from tm.store.units import Side, UnitTable
from tm.text.normalise import match_form

__all__ = ["FORMS_NAME", "Shelf"]

FORMS_NAME = "forms.texts"
_FORM_VERSION = 1
"""Raised with every change of the match form, which is what the index holds."""

_log = logging.getLogger(__name__)


class Shelf:
    """One side of a memory, searched by match form."""

    def __init__(self, table: UnitTable, *, side: Side = "source") -> None:
        self.table = table
        self.name = table.name
        self.working = table.header.kind == "working"
        self._releases = table.releases()
        self._dates = table.dates()
        self._folder = table.folder / f"matching-{_FORM_VERSION}-{side}"
        self._forms, self._index = _index(table, side, self._folder)

    def search(self, form: str, threshold: float) -> list[Hit]:
        """The units whose match form is similar enough to this one, best first."""
        return self._index.search(form, threshold)

    def holding(self, form: str, threshold: float, *, limit: int) -> list[int]:
        """The units that may hold a stretch like this form; see `MatchIndex.holding`."""
        return self._index.holding(form, threshold, limit=limit)

    def figures(self, form: str, *, limit: int) -> list[int]:
        """The last units whose match form is this one but for its numbers; see `FigureTable.like`."""
        return self._figures.like(form, limit=limit)

    def form(self, position: int) -> str:
        """The match form of a unit."""
        return self._forms[position]

    @cached_property
    def _figures(self) -> FigureTable:
        return FigureTable.open(self._folder, self._forms)

    @cached_property
    def clauses(self) -> ClauseShelf:
        """The clauses of the memory's sources."""
        return ClauseShelf(self.table)

    def date(self, position: int) -> str:
        """The ISO date of a unit; "" when it has none."""
        return self._dates[position]

    @cached_property
    def newest(self) -> str:
        """The latest ISO date of the units; "" when none has a date."""
        return max(self._dates, default="")

    def release(self, position: int) -> str:
        """The id of a unit's release; "" when it has none."""
        return self._releases[position]


def _index(table: UnitTable, side: Side, folder: Path) -> tuple[Texts, MatchIndex]:
    """The match forms and their index from disk, made now if they are not there or cannot be used."""
    try:
        return _loaded(folder, len(table))
    except CacheError as reason:
        _log.info("the index is built: %s", reason)
    try:
        TextFile.save(folder / FORMS_NAME, _forms(table, side))
        MatchIndex.build(folder, TextFile.load(folder / FORMS_NAME))
        return _loaded(folder, len(table))
    except StoreError as reason:
        _log.warning("the index is not kept: %s", reason)
        forms = list(_forms(table, side))
        return forms, MatchIndex(forms)


def _loaded(folder: Path, count: int) -> tuple[Texts, MatchIndex]:
    forms = TextFile.load(folder / FORMS_NAME)
    if len(forms) != count:
        raise CacheError("", path=folder)
    return forms, MatchIndex.load(folder, forms)


def _forms(table: UnitTable, side: Side) -> Iterator[str]:
    """The match forms of all texts of a side, by position."""
    return map(match_form, table.sources() if side == "source" else table.targets())
