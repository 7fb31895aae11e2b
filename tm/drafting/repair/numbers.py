"""Numbers, amounts, dates and times as slots: found by value, written in the manner of the English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from tm.drafting.repair.slots import Slot
from tm.text.numbers import Kind, Strength, Value
from tm.text.quantities import find_values, scan_values
from tm.text.quantities_like import rewritten
from tm.text.quantities_same import same

__all__ = ["Numbers"]

_DATES = frozenset({Kind.DATE, Kind.TIME, Kind.PERIOD, Kind.WEEKDAY, Kind.DECADE})


class Numbers:
    """The values of a Chinese text, each as one slot."""

    def __init__(self, lang: str = "zh-CN") -> None:
        self._lang = lang

    def find(self, text: str) -> Iterator[Slot]:
        """The quantities, dates and numbers; those in idioms and names are none."""
        for value in find_values(text, self._lang):
            yield Slot(
                name="date" if value.kind in _DATES else "number",
                start=value.start,
                end=value.end,
                text=value.text,
                key=(value.kind, value.amount, value.unit, value.others, value.approximate, value.date),
                kind=self,
                thing=value,
            )

    def places(self, slot: Slot, english: str) -> Sequence[tuple[int, int]]:
        """Where the English says the same value; a word that is rarely a number counts where it must."""
        value = cast("Value", slot.thing)
        found = [one for one in scan_values(english, "en") if same(value, one)]
        firm = [one for one in found if one.strength is not Strength.TRACE]
        return [(one.start, one.end) for one in firm or found]

    def write(self, old: Slot, new: Slot, english: str, place: tuple[int, int]) -> str | None:
        """The new value as the English writes the old one."""
        there = [one for one in scan_values(english, "en") if (one.start, one.end) == place]
        if len(there) != 1:
            return None
        return rewritten(there[0], cast("Value", old.thing), cast("Value", new.thing))
