"""The clauses of a memory's sources, found by likeness; the index is built once beside the side file."""

from __future__ import annotations

import logging
from array import array
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from tm.errors import StoreError
from tm.matching.arrays import AnyArray, CacheError, load_arrays, save_arrays
from tm.matching.index import MatchIndex
from tm.matching.texts import TextFile
from tm.store.units import UnitTable
from tm.text.clauses import chinese_clauses
from tm.text.normalise import match_form

__all__ = ["SHORTEST", "ClauseHit", "ClauseShelf"]

SHORTEST = 4
"""Characters that a clause has at least; shorter ones say too little to be worth a translation."""

_KIND = "tm.clauses/1"
_FORMS = "forms.texts"
_PLACES = "places.arrays"
_VERSION = 2

_log = logging.getLogger(__name__)


class ClauseHit(NamedTuple):
    """A clause that reached the threshold: its unit, where it stands in the source, how alike it is."""

    position: int
    start: int
    end: int
    similarity: float


class ClauseShelf:
    """The clauses of one memory, by match form; equal ones are indexed once."""

    def __init__(self, table: UnitTable) -> None:
        self._folder = table.folder / f"clauses-{_VERSION}"
        try:
            self._load(len(table))
        except CacheError as reason:
            _log.info("the clauses are indexed: %s", reason)
            self._build(table)

    def search(self, form: str, threshold: float) -> Iterator[ClauseHit]:
        """The clauses whose match form is similar enough to this one, best first, then the last units."""
        for hit in self._index.search(form, threshold):
            places = range(int(self._starts[hit.index]), int(self._starts[hit.index + 1]))
            for place in reversed(places):
                unit, start, end = (int(column[place]) for column in self._columns)
                yield ClauseHit(unit, start, end, hit.similarity)

    def _load(self, units: int) -> None:
        arrays = load_arrays(self._folder / _PLACES, _KIND)
        forms = TextFile.load(self._folder / _FORMS)
        if not _fits(arrays, len(forms), units):
            raise CacheError("", path=self._folder)
        self._index = MatchIndex.load(self._folder, forms)
        self._take(arrays)

    def _take(self, arrays: dict[str, AnyArray]) -> None:
        self._starts = arrays["starts"]
        self._columns = (arrays["units"], arrays["begins"], arrays["ends"])

    def _build(self, table: UnitTable) -> None:
        arrays, firsts = _grouped(table)
        try:
            save_arrays(self._folder / _PLACES, _KIND, arrays)
            TextFile.save(self._folder / _FORMS, _forms(table, firsts))
            MatchIndex.build(self._folder, TextFile.load(self._folder / _FORMS))
            self._load(len(table))
        except StoreError as reason:
            _log.warning("the index of clauses is not kept: %s", reason)
            self._index = MatchIndex(list(_forms(table, firsts)))
            self._take(arrays)


def _fits(arrays: dict[str, AnyArray], forms: int, units: int) -> bool:
    """True when the places are those of so many forms, in a memory of so many units."""
    if set(arrays) != {"starts", "units", "begins", "ends"} or len(arrays["starts"]) != forms + 1:
        return False
    count = int(arrays["starts"][-1])
    return len(arrays["units"]) == count and (not count or int(arrays["units"].max()) < units)


def _mark(form: str) -> int:
    """A number that stands for a form, the same in every run of the program."""
    digest = blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _grouped(table: UnitTable) -> tuple[dict[str, AnyArray], AnyArray]:
    """The places of all clauses, those of equal form together, and the numbers of the first of each form."""
    marks, units, begins, ends = array("q"), array("i"), array("i"), array("i")
    for unit, start, end, form in _clauses(table):
        marks.append(_mark(form))
        units.append(unit)
        begins.append(start)
        ends.append(end)
    keys = np.frombuffer(marks, dtype=np.int64)
    _known, first, group = np.unique(keys, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    numbers = rank[group]
    order = np.argsort(numbers, kind="stable")
    starts = np.zeros(len(first) + 1, dtype=np.int64)
    np.cumsum(np.bincount(numbers, minlength=len(first)), out=starts[1:])
    columns = {"units": units, "begins": begins, "ends": ends}
    arrays: dict[str, AnyArray] = {
        name: np.frombuffer(column, dtype=np.int32)[order] for name, column in columns.items()
    }
    return {**arrays, "starts": starts}, np.sort(first)


def _forms(table: UnitTable, firsts: AnyArray) -> Iterator[str]:
    """The form of the first clause of each kind, in order."""
    wanted = iter(firsts.tolist())
    following = next(wanted, None)
    for number, (_unit, _start, _end, form) in enumerate(_clauses(table)):
        if number == following:
            yield form
            following = next(wanted, None)


def _clauses(table: UnitTable) -> Iterator[tuple[int, int, int, str]]:
    """Every clause of every source: its unit, its stretch, and its match form."""
    for unit, text in enumerate(table.sources()):
        for start, end in chinese_clauses(text):
            if end - start >= SHORTEST:
                form = match_form(text[start:end])
                if len(form) >= SHORTEST:
                    yield unit, start, end, form
