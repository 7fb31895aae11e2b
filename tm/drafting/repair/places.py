"""Places that the gazetteer knows as slots: provinces, cities and what is not spelt as it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tm.drafting.repair.slots import Slot
from tm.lexicon.places import place_names

__all__ = ["Places"]


class Places:
    """The known places of a Chinese text, without province, city or county, each as one slot."""

    def find(self, text: str) -> Iterator[Slot]:
        """The places, the longest name at each."""
        for found in _chinese().finditer(text):
            yield Slot(
                name="place",
                start=found.start(),
                end=found.end(),
                text=found[0],
                key=place_names()[found[0]],
                kind=self,
                thing=found[0],
            )

    def places(self, slot: Slot, english: str) -> Sequence[tuple[int, int]]:
        """Where one of the place's English names stands."""
        found = _english()[slot.text].finditer(english)
        return [match.span() for match in found]

    def write(self, old: Slot, new: Slot, english: str, place: tuple[int, int]) -> str | None:
        """The first English name of the new place; None where only one of the two takes an article."""
        was, becomes = english[slice(*place)], place_names()[new.text][0]
        return becomes if _article(place_names()[old.text][0]) == _article(becomes) and was else None


def _article(name: str) -> bool:
    return name.startswith("the ")


@cache
def _chinese() -> re.Pattern[str]:
    return re.compile("|".join(sorted(place_names(), key=len, reverse=True)))


@cache
def _english() -> Mapping[str, re.Pattern[str]]:
    return {
        zh: re.compile("|".join(rf"(?<!\w){re.escape(en)}(?!\w)" for en in names))
        for zh, names in place_names().items()
    }
