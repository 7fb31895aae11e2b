"""What is lost of the units of a memory when they are written in a format: only what they really have.

losses = Losses(format)
format.writer(losses.watch(memory), stream)
losses.found()    # ("inline codes (12 units)", …)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext

from tm.formats.base import Feature, Format
from tm.formats.tmx_extra import TuvExtra, UnitExtra
from tm.model import Memory, Origin, Status, Unit

__all__ = ["Losses"]


class Losses:
    """Counts the units that have something a format cannot carry, while they pass by."""

    def __init__(self, target: Format) -> None:
        self._looked_for = [(one, _HAS[one]) for one in Feature if one in target.loses and one in _HAS]
        self._by_language = Feature.SPELLINGS in target.loses
        self.clear()

    def clear(self) -> None:
        """Forgets all units seen."""
        self._counts: Counter[Feature] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()

    def see(self, unit: Unit) -> None:
        """Takes note of a unit that is written."""
        for feature, has in self._looked_for:
            if has(unit):
                self._counts[feature] += 1
        if self._by_language:
            self._pairs[unit.source.lang, unit.target.lang] += 1

    def watch(self, memory: Memory) -> Memory:
        """The same memory, whose units are seen as they are read; a second reading counts anew."""
        watched = _Watched(memory, self)
        once = iter(memory.units) is iter(memory.units)
        return replace(memory, units=iter(watched) if once else watched)

    def found(self) -> tuple[str, ...]:
        """What cannot be carried, each with the number of units that have it; empty when nothing is lost."""
        counts = {**self._counts, Feature.SPELLINGS: self._odd_pairs()}
        return tuple(_said(feature, counts[feature]) for feature in Feature if counts.get(feature))

    def _odd_pairs(self) -> int:
        """How many units have a language spelt otherwise than most units spell it."""
        usual = tuple(_commonest(self._pairs, side) for side in (0, 1))
        return sum(count for pair, count in self._pairs.items() if pair != usual)


@dataclass(frozen=True, slots=True)
class _Watched:
    """Units that are seen whenever they are read."""

    memory: Memory
    losses: Losses

    def __iter__(self) -> Iterator[Unit]:
        self.losses.clear()
        for unit in self.memory:
            self.losses.see(unit)
            yield unit


def _commonest(pairs: Mapping[tuple[str, str], int], side: int) -> str:
    """The language that most units have on this side; of equals the first by the alphabet."""
    counts: Counter[str] = Counter()
    for pair, count in pairs.items():
        counts[pair[side]] += count
    return min(counts, key=lambda lang: (-counts[lang], lang), default="")


def _said(feature: Feature, count: int) -> str:
    units = ngettext("{n} unit", "{n} units", count).format(n=count)
    return _("{what} ({units})").format(what=_named(feature), units=units)


def _named(feature: Feature) -> str:
    names = {
        Feature.CODES: _("inline codes"),
        Feature.VARIANTS: _("further languages or translations of a unit"),
        Feature.SPELLINGS: _("language codes unlike those of most units"),
        Feature.STATUS: _("the status"),
        Feature.ORIGIN: _("release, dates and names of those who worked on it"),
        Feature.CONTEXT: _("the texts before and after it"),
        Feature.NOTES: _("notes"),
        Feature.NOTE_BOUNDS: _("the bounds between several notes"),
        Feature.PROPS: _("properties"),
        Feature.LANGUAGES: _("languages of notes and properties"),
        Feature.ENCODINGS: _("original encodings of notes and properties"),
        Feature.SIDES: _("notes and properties of one side alone"),
        Feature.MARKUP: _("attributes, comments and elements that only TMX has"),
    }
    return names[feature]


def _has_sides(unit: Unit) -> bool:
    extra = unit.extra
    return isinstance(extra, UnitExtra) and any(side.notes or side.props for side in _sides(extra))


def _has_markup(unit: Unit) -> bool:
    """True when there is more than another order of what the model says."""
    extra = unit.extra
    if not isinstance(extra, UnitExtra):
        return False
    layouts = (extra.layout, *(side.layout for side in _sides(extra)))
    odd = any(slot.kind == "raw" or slot.attributes for layout in layouts for slot in layout)
    return bool(odd or extra.attributes or extra.before or any(side.attributes for side in _sides(extra)))


def _sides(extra: UnitExtra) -> tuple[TuvExtra, TuvExtra]:
    return extra.source, extra.target


_HAS: dict[Feature, Callable[[Unit], bool]] = {
    Feature.CODES: lambda unit: bool(unit.source.codes or unit.target.codes),
    Feature.VARIANTS: lambda unit: bool(unit.others),
    Feature.STATUS: lambda unit: unit.status is not Status.TRANSLATED,
    Feature.ORIGIN: lambda unit: unit.origin != Origin(),
    Feature.CONTEXT: lambda unit: bool(unit.context.previous or unit.context.next or unit.context.key),
    Feature.NOTES: lambda unit: bool(unit.notes),
    Feature.NOTE_BOUNDS: lambda unit: len(unit.notes) > 1,
    Feature.PROPS: lambda unit: bool(unit.props),
    Feature.LANGUAGES: lambda unit: (
        any(note.lang for note in unit.notes) or any(prop.lang for prop in unit.props)
    ),
    Feature.ENCODINGS: lambda unit: (
        any(note.encoding for note in unit.notes) or any(prop.encoding for prop in unit.props)
    ),
    Feature.SIDES: _has_sides,
    Feature.MARKUP: _has_markup,
}
