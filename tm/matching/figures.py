"""The units of a memory whose source differs from a text in numbers only, however much of it they make up.

They are found by a checksum of the match form with its numbers folded, kept beside the index.
"""

from __future__ import annotations

import logging
import zlib
from array import array
from pathlib import Path
from typing import Literal

import numpy as np

from tm.errors import StoreError
from tm.matching.arrays import AnyArray, CacheError, load_arrays, save_arrays
from tm.matching.portions import Texts
from tm.matching.spelled import holds_figures, spell_figures

__all__ = ["FIGURES_NAME", "FigureTable"]

FIGURES_NAME = "figures.arrays"
_KIND = "tm.figures/1"
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")

_log = logging.getLogger(__name__)


class FigureTable:
    """The positions of forms by their wording without numbers; forms that have none are not in it."""

    def __init__(self, forms: Texts, arrays: dict[str, AnyArray]) -> None:
        self._forms = forms
        self._marks, self._places = arrays["marks"], arrays["places"]

    @classmethod
    def open(cls, folder: Path, forms: Texts) -> FigureTable:
        """The table kept in the folder; made now when it is not there or cannot be used."""
        path = folder / FIGURES_NAME
        try:
            arrays = load_arrays(path, _KIND)
            if arrays["count"].tolist() == [len(forms)]:
                return cls(forms, arrays)
        except CacheError as reason:
            _log.info("the table of figures is made: %s", reason)
        arrays = _arrays(forms)
        try:
            save_arrays(path, _KIND, arrays)
        except StoreError as reason:
            _log.warning("the table of figures is not kept: %s", reason)
        return cls(forms, arrays)

    def like(self, form: str, *, limit: int) -> list[int]:
        """The positions of the last `limit` forms that are this one but for its numbers, the last first."""
        if not holds_figures(form):
            return []
        spelled = spell_figures(form)
        mark = np.uint32(_mark(spelled))
        low, high = (int(self._marks.searchsorted(mark, side=side)) for side in _SIDES)
        found = self._places[max(low, high - limit) : high].tolist()
        return [at for at in reversed(found) if spell_figures(self._forms[at]) == spelled]


def _arrays(forms: Texts) -> dict[str, AnyArray]:
    marks, places = array("I"), array("i")
    for place, form in enumerate(forms):
        if holds_figures(form):
            marks.append(_mark(spell_figures(form)))
            places.append(place)
    keys = np.frombuffer(marks, dtype=np.uint32)
    order = np.argsort(keys, kind="stable")
    return {
        "count": np.array([len(forms)], dtype=np.int64),
        "marks": keys[order],
        "places": np.frombuffer(places, dtype=np.int32)[order],
    }


def _mark(spelled: str) -> int:
    return zlib.crc32(spelled.encode("utf-8", "surrogatepass"))
