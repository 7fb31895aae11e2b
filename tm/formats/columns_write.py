"""Units as a table, for every format that is one: a header, and then a line for each unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from tm.formats.column_names import lang_of, meaning_of
from tm.formats.column_values import moment_text
from tm.formats.columns import PROP
from tm.model import Status, Unit

__all__ = ["ID", "ONE_LINE", "TYPED", "table_of"]

_Column = tuple[str, Callable[[Unit], str]]

ID = 2
"""The place of the unit's id in every line."""
TYPED = ("index", "date", "changed")
"""Columns of numbers and dates, which mean the same when a spreadsheet has read them as such."""
ONE_LINE = ("id", "status", *TYPED)
"""Columns whose cells have no line ends."""

_OPTIONAL: tuple[_Column, ...] = (
    ("status", lambda unit: "" if unit.status is Status.TRANSLATED else unit.status.value),
    ("release", lambda unit: unit.origin.release),
    ("index", lambda unit: "" if unit.origin.index is None else str(unit.origin.index)),
    ("date", lambda unit: moment_text(unit.origin.created)),
    ("creator", lambda unit: unit.origin.creator),
    ("changed", lambda unit: moment_text(unit.origin.changed)),
    ("changer", lambda unit: unit.origin.changer),
    ("previous", lambda unit: unit.context.previous),
    ("next", lambda unit: unit.context.next),
    ("key", lambda unit: unit.context.key),
)


def table_of(units: Iterable[Unit]) -> Iterator[list[str]]:
    """The header and then one list of cells for every unit; columns that nobody needs are left out.

    The units are read twice: once for what columns they need. What can be read once only is held in memory.
    """
    known = tuple(units) if iter(units) is iter(units) else units  # a stream has one iterator
    survey = _Survey(known)
    columns = list(survey.columns())
    yield [name for name, _value in columns]
    values = [value for _name, value in columns]
    for unit in known:
        yield [value(unit) for value in values]


class _Survey:
    """What columns some units need."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._filled: set[str] = set()
        self._notes = 0
        self._props: dict[str, int] = {}
        missing = list(_OPTIONAL)
        for unit in units:
            self._pairs[unit.source.lang, unit.target.lang] += 1
            filled = {name for name, value in missing if value(unit)}
            if filled:
                self._filled |= filled
                missing = [column for column in missing if column[0] not in filled]
            self._notes = max(self._notes, len(unit.notes))
            if unit.props:
                self._see_props([prop.type for prop in unit.props])

    def _see_props(self, kinds: list[str]) -> None:
        for kind in kinds:
            self._props[kind] = max(self._props.get(kind, 0), kinds.count(kind))

    def columns(self) -> Iterator[_Column]:
        """Chinese, English, id, and of the others those that some unit fills."""
        yield self._spelt("zh", 0), lambda unit: unit.source.text
        yield self._spelt("en", 1), lambda unit: unit.target.text
        yield "id", lambda unit: unit.id
        yield from (column for column in _OPTIONAL if column[0] in self._filled)
        yield from (("note", _nth_note(place)) for place in range(self._notes))
        for kind, count in sorted(self._props.items()):
            yield from ((_title(kind), _nth_prop(kind, place)) for place in range(count))

    def _spelt(self, name: str, side: int) -> str:
        """The language as most units spell it, where a title can say so; else zh or en."""
        counts: Counter[str] = Counter()
        for pair, count in self._pairs.items():
            counts[pair[side]] += count
        usual = min(counts, key=lambda lang: (-counts[lang], lang), default=name)
        sayable = meaning_of(usual) == name and lang_of(usual, "") == usual
        return name if usual in ("zh-CN", name) or not sayable else usual


def _title(kind: str) -> str:
    plain = kind and kind == kind.strip() and not meaning_of(kind) and not kind.startswith(PROP)
    return kind if plain else f"{PROP}{kind}"


def _nth_note(place: int) -> Callable[[Unit], str]:
    return lambda unit: unit.notes[place].text if place < len(unit.notes) else ""


def _nth_prop(kind: str, place: int) -> Callable[[Unit], str]:
    def value(unit: Unit) -> str:
        texts = [prop.text for prop in unit.props if prop.type == kind]
        return texts[place] if place < len(texts) else ""

    return value
