"""Units from a table, for every format that is one: which column means what.

Without a header the columns are Chinese, English and, optionally, the unit's id. With one they are found by
name in any order; a column whose name means nothing here becomes a property of the unit. Lines with a single
cell above the header are titles, and pass.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from itertools import chain, islice
from pathlib import PurePath
from typing import TypeVar

from tm.errors import FormatError
from tm.formats.base import LONGEST_TEXT, too_long
from tm.formats.column_names import lang_of, meaning_of, names_language
from tm.formats.column_values import moment_of, number_of, status_of
from tm.model import Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit

__all__ = ["PROP", "Line", "is_header", "meaning_of", "memory_from"]

PROP = "prop:"
"""Stands before the name of a property that would be taken for another column."""
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LOOK = 20
_TITLE_LINES = 5
_NO_ORIGIN = Origin()
_NO_CONTEXT = Context()
_ORIGIN = ("release", "index", "date", "creator", "changed", "changer")
_CONTEXT = ("previous", "next", "key")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a line of a table and the number it starts on."""

    number: int
    cells: Sequence[str]


def is_header(cells: Iterable[str]) -> bool:
    """True when these cells name a column for Chinese and one for English."""
    return {"zh", "en"} <= set(map(meaning_of, cells))


def memory_from(lines: Iterable[Line], *, path: str = "-", wider: bool = False) -> Memory:
    """The units of a table; those after the first few are read as they are asked for.

    A line without Chinese is a unit without a source, for the caller to judge. Faults are FormatErrors with
    their line: a missing column, more cells than the header has (unless `wider`: then they are properties),
    swapped columns.
    """
    stream: Iterator[Line] = (line for line in lines if any(cell.strip() for cell in line.cells))
    columns, stream = _columns(stream, path, wider=wider)
    units = (columns.unit(line) for line in stream)
    start = tuple(islice(units, _LOOK))
    if not columns.languages_named:
        _refuse_swapped(start, path)
    name = PurePath(path).stem if path != "-" else ""
    header = Header(source_lang=columns.source_lang, target_lang=columns.target_lang)
    return Memory(name=name, header=header, units=start if len(start) < _LOOK else chain(start, units))


def _columns(stream: Iterator[Line], path: str, *, wider: bool) -> tuple[_Columns, Iterator[Line]]:
    """What the columns are, and the lines that are units."""
    seen: list[Line] = []
    for line in islice(stream, _TITLE_LINES):
        seen.append(line)
        if is_header(line.cells):
            return _Columns(line, path, wider=wider), stream
        if sum(bool(cell.strip()) for cell in line.cells) > 1:
            break
    if not seen:
        raise FormatError(
            _("the table is empty"), path=path, hint=_("A line is Chinese and English, and optionally an id.")
        )
    _refuse_half_header(seen[-1], path)
    return _Columns(None, path, wider=wider), chain(seen, stream)


def _refuse_half_header(line: Line, path: str) -> None:
    """Raises when all cells are titles, but those of one side only."""
    names = [meaning_of(cell) for cell in line.cells]
    has = {"zh", "en"} & set(names)
    if len(has) == 1 and len(names) > 1 and all(names) and len(set(names)) == len(names):
        raise FormatError(
            _("the header names no column for {side}").format(side="en" if "zh" in has else "zh"),
            path=path,
            line=line.number,
            hint=_("Name the columns zh and en; others are optional."),
        )


class _Columns:
    """Which cell of a line is what."""

    def __init__(self, header: Line | None, path: str, *, wider: bool) -> None:
        titles = list(header.cells) if header else ["zh", "en", "id"]
        names = _once(titles, [meaning_of(title) for title in titles])
        self._path = path
        self._named = header is not None
        self._wider = wider or not header
        self._width = len(titles)
        self._places = {name: place for place, name in enumerate(names) if name not in ("", "note")}
        self._notes = [place for place, name in enumerate(names) if name == "note"]
        self._props = [
            (place, _prop_type(titles[place], place)) for place, name in enumerate(names) if not name
        ]
        self._zh, self._en = self._places["zh"], self._places["en"]
        self._id = self._places.get("id", self._width)
        self._has_origin = any(name in self._places for name in _ORIGIN)
        self._has_context = any(name in self._places for name in _CONTEXT)
        sides = (titles[self._zh], titles[self._en])
        self.languages_named = self._named and all(map(names_language, sides))
        self.source_lang, self.target_lang = lang_of(sides[0], "zh-CN"), lang_of(sides[1], "en")

    def unit(self, line: Line) -> Unit:
        """The unit of a line."""
        cells = line.cells
        if len(cells) != self._width:
            cells = self._fitted(line)
        if len(cells[self._zh]) > LONGEST_TEXT or len(cells[self._en]) > LONGEST_TEXT:
            raise too_long(path=self._path, line=line.number)
        return Unit(
            id=(cells[self._id] if self._id < len(cells) else "") or str(line.number),
            source=Segment(lang=self.source_lang, text=cells[self._zh]),
            target=Segment(lang=self.target_lang, text=cells[self._en]),
            origin=self._origin(cells, line) if self._has_origin else _NO_ORIGIN,
            context=self._context(cells) if self._has_context else _NO_CONTEXT,
            status=self._value("status", cells, line, status_of) or Status.TRANSLATED,
            notes=tuple([Note(text=cells[place]) for place in self._notes if cells[place]])
            if self._notes
            else (),
            props=self._kept(cells) if self._props or len(cells) > self._width else (),
            line=line.number,
        )

    def _fitted(self, line: Line) -> Sequence[str]:
        """The cells with those that are missing at the end; too many or too few are a FormatError."""
        cells = line.cells
        if not self._named and len(cells) < 2:
            raise FormatError(
                _("one column where two are needed"),
                path=self._path,
                line=line.number,
                hint=_("Put Chinese and English in two columns of the same line."),
            )
        if not self._wider and any(cell.strip() for cell in cells[self._width :]):
            raise FormatError(
                _("{count} cells under a header of {width}").format(count=len(cells), width=self._width),
                path=self._path,
                line=line.number,
                hint=_(
                    "A text that holds the separator stands in quotation marks, or the header lacks a name."
                ),
            )
        return (*cells, *("",) * (self._width - len(cells)))

    def _value(self, name: str, cells: Sequence[str], line: Line, parse: Callable[[str], _T]) -> _T | None:
        """What a cell says; None where there is no such column. A FormatError gets the line."""
        place = self._places.get(name)
        if place is None:
            return None
        try:
            return parse(cells[place])
        except FormatError as error:
            raise FormatError(error.message, path=self._path, line=line.number, hint=error.hint) from None

    def _origin(self, cells: Sequence[str], line: Line) -> Origin:
        def moment(name: str) -> datetime.datetime | None:
            return self._value(name, cells, line, moment_of)

        return Origin(
            release=self._text("release", cells),
            index=self._value("index", cells, line, number_of),
            created=moment("date"),
            creator=self._text("creator", cells),
            changed=moment("changed"),
            changer=self._text("changer", cells),
        )

    def _context(self, cells: Sequence[str]) -> Context:
        previous, following, key = (self._text(name, cells) for name in _CONTEXT)
        return Context(previous=previous, next=following, key=key)

    def _text(self, name: str, cells: Sequence[str]) -> str:
        place = self._places.get(name)
        return cells[place] if place is not None else ""

    def _kept(self, cells: Sequence[str]) -> tuple[Prop, ...]:
        """The cells of columns that mean nothing here, and those without a title, as properties."""
        untitled = ((place, _prop_type("", place)) for place in range(self._width, len(cells)))
        return tuple(
            [
                Prop(type=kind, text=cells[place])
                for place, kind in chain(self._props, untitled)
                if cells[place]
            ]
        )


def _once(titles: Sequence[str], names: list[str]) -> list[str]:
    """The names with every one but note at one place only: the first, and Simplified before Traditional."""
    found = list(names)
    for name in set(names) - {"", "note"}:
        places = [place for place, known in enumerate(names) if known == name]
        if len(places) > 1:
            chosen = min(
                places, key=lambda place: lang_of(titles[place], "") in ("zh-Hant", "zh-TW", "zh-HK")
            )
            found = [known if known != name or at == chosen else "" for at, known in enumerate(found)]
    return found


def _prop_type(title: str, place: int) -> str:
    if title.startswith(PROP):
        return title.removeprefix(PROP)
    return title.strip() or f"column-{place + 1}"


def _refuse_swapped(units: Sequence[Unit], path: str) -> None:
    """Raises when the first units all have Chinese as their target and none as their source."""
    both = [unit for unit in units if unit.source.text.strip() and unit.target.text.strip()]
    swapped = [not _HAN.search(unit.source.text) and bool(_HAN.search(unit.target.text)) for unit in both]
    if swapped and all(swapped):
        raise FormatError(
            _("Chinese and English are swapped"),
            path=path,
            hint=_("Put Chinese first, or add a header line that names the columns zh and en."),
        )
