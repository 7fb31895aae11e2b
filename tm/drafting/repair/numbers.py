"""Numbers, amounts, dates and times as slots: found by value, written in the manner of the English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
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
        for value in _whole_dates(find_values(text, self._lang), text):
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
        found = firm or found
        alike = [one for one in found if (one.kind in _DATES) == (value.kind in _DATES)]
        return [(one.start, one.end) for one in alike or found]

    def write(self, old: Slot, new: Slot, english: str, place: tuple[int, int]) -> str | None:
        """The new value as the English writes the old one."""
        there = [one for one in scan_values(english, "en") if (one.start, one.end) == place]
        if len(there) != 1:
            return None
        return rewritten(there[0], cast("Value", old.thing), cast("Value", new.thing))


def _whole_dates(values: Iterable[Value], text: str) -> Iterator[Value]:
    """The values, with a month and the day right after it as one date (6月5—8日)."""
    last: Value | None = None
    for value in values:
        if (
            last
            and _is_month(last)
            and value.date[:2] == (0, 0)
            and last.end == value.start
            and value.date[2]
        ):
            date = (*last.date[:2], value.date[2])
            amount = last.amount + value.amount
            last = replace(last, end=value.end, text=text[last.start : value.end], date=date, amount=amount)
            continue
        if last:
            yield last
        last = value
    if last:
        yield last


def _is_month(value: Value) -> bool:
    return value.kind is Kind.DATE and bool(value.date[1]) and not value.date[2]
