"""Translations for one place of a source file alone, where another one is the best of the same source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tm.formats.tmx_client import Shape
from tm.model import Context, Unit
from tm.project.omegat_sources import Occurrence
from tm.project.rivals import rank

__all__ = ["Places"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    unit: Unit
    context: Context
    beaten: bool


class Places:
    """The segments of source files, and the contested translations that memories have of them."""

    def __init__(self, found: Iterable[Occurrence]) -> None:
        self._occurrences: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for one in found:
            self._occurrences[one.source].append(one)
        self._candidates: defaultdict[str, list[_Candidate]] = defaultdict(list)

    def __bool__(self) -> bool:
        """True when there are source files with segments."""
        return bool(self._occurrences)

    def see(self, unit: Unit, context: Context, *, beaten: bool) -> None:
        """Takes note of a unit whose source has several translations; `beaten` = another one is better."""
        source = unit.source.text.strip()
        if source in self._occurrences:
            self._candidates[source].append(_Candidate(unit=unit, context=context, beaten=beaten))

    def units(self, shape: Shape) -> tuple[Unit, ...]:
        """For every segment whose neighbours are those of a beaten translation, that one for its place."""
        return tuple(self._placed(shape))

    def _placed(self, shape: Shape) -> Iterator[Unit]:
        for source, rivals in self._candidates.items():
            for occurrence in self._occurrences[source]:
                agreed = [(_agreement(one.context, occurrence), rank(one.unit), one) for one in rivals]
                agreement, _rank, best = max(agreed, key=lambda found: found[:2])
                if best.beaten and agreement:
                    yield shape.placed(best.unit, occurrence.place)


def _agreement(context: Context, occurrence: Occurrence) -> int:
    """How many neighbours are the same, 0 to 2; an unknown one is like none."""
    previous = bool(context.previous) and context.previous.strip() == occurrence.previous
    following = bool(context.next) and context.next.strip() == occurrence.next
    return previous + following
