"""Units as a table, for every format that is one: which column means what, both ways.

Without a header the columns are Chinese, English and, optionally, the unit's id. With one they are found by
name in any order; a column whose name means nothing here becomes a property of the unit.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from itertools import chain, islice
from pathlib import PurePath

from tm.errors import FormatError
from tm.model import Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit

__all__ = ["Line", "is_header", "memory_from", "table_of"]

_ALIASES = {
    "zh": "zh source src chinese zh-cn zh_cn zh-hans zh_hans zh-hans-cn cmn 中文 汉语 原文 简体中文 源文",
    "en": "en target tgt english translation en-us en_us en-gb en_gb 英文 英语 译文",
    "id": "id tuid unit 编号",
    "status": "status state 状态",
    "note": "note notes comment comments remark 备注 注释",
    "release": "release 文件",
    "index": "index",
    "date": "date created creationdate 日期",
    "creator": "creator creationid author",
    "changed": "changed changedate modified",
    "changer": "changer changeid",
    "previous": "previous prev context_prev",
    "next": "next context_next",
    "key": "key context",
}
_MEANING = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}
_SIDES = frozenset(("source", "src", "target", "tgt", "translation", "原文", "源文", "译文"))
"""Names of columns that say which side they are but not which language."""
_TAG = re.compile(r"(?:zh|cmn|en)(?:[-_][A-Za-z]{2,4})*", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_LOOK = 20
_PROP = "prop:"
"""Stands before the name of a property that would be taken for another column."""


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a line of a table and the number it starts on."""

    number: int
    cells: Sequence[str]


def is_header(cells: Iterable[str]) -> bool:
    """True when these cells name a column for Chinese and one for English."""
    return {"zh", "en"} <= {_MEANING.get(cell.strip().casefold(), "") for cell in cells}


def memory_from(lines: Iterable[Line], *, path: str = "-") -> Memory:
    """The units of a table; those after the first few are read as they are asked for.

    Faults are FormatErrors with their line: a missing column, a target without a source, swapped columns.
    """
    stream = iter(lines)
    first = next((line for line in stream if any(line.cells)), None)
    if first is None:
        raise FormatError(
            _("the table is empty"), path=path, hint=_("A line is Chinese and English, and optionally an id.")
        )
    columns = _Columns.named(first, path)
    if columns is None:
        columns, stream = _Columns.unnamed(), chain((first,), stream)
    units = (columns.unit(line, path) for line in stream if any(cell.strip() for cell in line.cells))
    start = tuple(islice(units, _LOOK))
    if not columns.languages_named:
        _refuse_swapped(start, path)
    name = PurePath(path).stem if path != "-" else ""
    header = Header(source_lang=columns.source_lang, target_lang=columns.target_lang)
    return Memory(name=name, header=header, units=start if len(start) < _LOOK else chain(start, units))


def table_of(units: Iterable[Unit]) -> Iterator[list[str]]:
    """The header and then one list of cells for every unit; columns that nobody needs are left out."""
    known = tuple(units)
    columns = [*_fixed_columns(known), *_repeated_columns(known)]
    yield [name for name, _value in columns]
    for unit in known:
        yield [value(unit) for _name, value in columns]


class _Columns:
    """Which cell of a line is what."""

    def __init__(self, names: Sequence[str], titles: Sequence[str], *, named: bool = True) -> None:
        self._names = names
        self._titles = titles
        sides = {titles[names.index(side)].casefold() for side in ("zh", "en")}
        self.languages_named = named and not sides & _SIDES
        self.source_lang = self._lang("zh", "zh-CN")
        self.target_lang = self._lang("en", "en")

    @classmethod
    def named(cls, line: Line, path: str) -> _Columns | None:
        """The columns of a header, or None when the line is none."""
        titles = [cell.strip() for cell in line.cells]
        names = [_MEANING.get(title.casefold(), "") for title in titles]
        for name in set(names) - {"", "note"}:
            if names.count(name) > 1:
                names = _first_only(names, name)
        has = {"zh", "en"} & set(names)
        if len(has) == 2:
            return cls(names, titles)
        if has and len(titles) > 1 and all(names):
            raise FormatError(
                _("the header names no column for {side}").format(side="en" if "zh" in has else "zh"),
                path=path,
                line=line.number,
                hint=_("Name the columns zh and en; others are optional."),
            )
        return None

    @classmethod
    def unnamed(cls) -> _Columns:
        """The columns of a table without a header."""
        return cls(("zh", "en", "id"), ("zh", "en", "id"), named=False)

    def unit(self, line: Line, path: str) -> Unit:
        """The unit of a line."""
        if len(line.cells) < 2:
            raise FormatError(
                _("one column where two are needed"),
                path=path,
                line=line.number,
                hint=_("Put Chinese and English in two columns of the same line."),
            )
        found: dict[str, str] = {}
        notes, props = [], []
        for place, cell in enumerate(line.cells):
            name = self._names[place] if place < len(self._names) else ""
            if name == "note" and cell:
                notes.append(Note(text=cell))
            elif name:
                found[name] = cell
            elif cell:
                props.append(Prop(type=self._title(place), text=cell))
        if not found.get("zh", "").strip():
            raise FormatError(_("there is no Chinese text"), path=path, line=line.number)
        return replace(self._unit(found, line, path), notes=tuple(notes), props=tuple(props))

    def _unit(self, found: dict[str, str], line: Line, path: str) -> Unit:
        return Unit(
            id=found.get("id") or str(line.number),
            source=Segment(lang=self.source_lang, text=found["zh"]),
            target=Segment(lang=self.target_lang, text=found.get("en", "")),
            status=_status(found.get("status", ""), line, path),
            origin=_origin(found, line, path),
            context=Context(
                previous=found.get("previous", ""), next=found.get("next", ""), key=found.get("key", "")
            ),
            line=line.number,
        )

    def _lang(self, name: str, default: str) -> str:
        title = self._titles[self._names.index(name)]
        plain = title.casefold() in ("zh", "en")
        return title if _TAG.fullmatch(title) and not plain else default

    def _title(self, place: int) -> str:
        title = self._titles[place] if place < len(self._titles) else ""
        return title.removeprefix(_PROP) or f"column-{place + 1}"


def _first_only(names: Sequence[str], name: str) -> list[str]:
    first = names.index(name)
    return [known if known != name or place == first else "" for place, known in enumerate(names)]


def _status(text: str, line: Line, path: str) -> Status:
    if not text.strip():
        return Status.TRANSLATED
    try:
        return Status(text.strip().casefold())
    except ValueError:
        raise FormatError(
            _("{status} is no status").format(status=text),
            path=path,
            line=line.number,
            hint=_("Known are {names}.").format(names=", ".join(Status)),
        ) from None


def _origin(found: dict[str, str], line: Line, path: str) -> Origin:
    index = found.get("index", "").strip()
    if index and not index.isdecimal():
        raise FormatError(_("{text} is no number").format(text=index), path=path, line=line.number)
    return Origin(
        release=found.get("release", ""),
        index=int(index) if index else None,
        created=_moment(found.get("date", ""), line, path),
        creator=found.get("creator", ""),
        changed=_moment(found.get("changed", ""), line, path),
        changer=found.get("changer", ""),
    )


def _moment(text: str, line: Line, path: str) -> datetime.datetime | None:
    if not text.strip():
        return None
    try:
        moment = datetime.datetime.fromisoformat(text.strip())
        utc = datetime.UTC
        return moment.replace(tzinfo=utc) if moment.tzinfo is None else moment.astimezone(utc)
    except (ValueError, OverflowError):
        raise FormatError(
            _("{text} is no date").format(text=text),
            path=path,
            line=line.number,
            hint=_("Write dates as 2019-04-23."),
        ) from None


def _refuse_swapped(units: Sequence[Unit], path: str) -> None:
    """Raises when the first units all have Chinese as their target and English as their source."""
    swapped = [
        not _HAN.search(unit.source.text)
        and bool(_LATIN.search(unit.source.text))
        and bool(_HAN.search(unit.target.text))
        for unit in units
    ]
    if swapped and all(swapped):
        raise FormatError(
            _("Chinese and English are swapped"),
            path=path,
            hint=_("Put Chinese first, or add a header line that names the columns zh and en."),
        )


_Column = tuple[str, Callable[[Unit], str]]


def _fixed_columns(units: Sequence[Unit]) -> list[_Column]:
    """Chinese, English, id, and of the others those that some unit fills."""
    optional: list[_Column] = [
        ("status", lambda unit: "" if unit.status is Status.TRANSLATED else unit.status.value),
        ("release", lambda unit: unit.origin.release),
        ("index", lambda unit: "" if unit.origin.index is None else str(unit.origin.index)),
        ("date", lambda unit: _written(unit.origin.created)),
        ("creator", lambda unit: unit.origin.creator),
        ("changed", lambda unit: _written(unit.origin.changed)),
        ("changer", lambda unit: unit.origin.changer),
        ("previous", lambda unit: unit.context.previous),
        ("next", lambda unit: unit.context.next),
        ("key", lambda unit: unit.context.key),
    ]
    return [
        (_spelt(units, "zh", lambda unit: unit.source.lang), lambda unit: unit.source.text),
        (_spelt(units, "en", lambda unit: unit.target.lang), lambda unit: unit.target.text),
        ("id", lambda unit: unit.id),
        *((name, value) for name, value in optional if any(value(unit) for unit in units)),
    ]


def _spelt(units: Sequence[Unit], name: str, lang: Callable[[Unit], str]) -> str:
    """The language as all units spell it, where a header can say so."""
    spelt = {lang(unit) for unit in units}
    only = spelt.pop() if len(spelt) == 1 else name
    default = only in ("zh-CN", name)
    return only if not default and _MEANING.get(only.casefold()) == name else name


def _repeated_columns(units: Sequence[Unit]) -> list[_Column]:
    """As many note columns as a unit has notes, and likewise for every type of property."""
    most = max((len(unit.notes) for unit in units), default=0)
    columns: list[_Column] = [("note", _nth_note(place)) for place in range(most)]
    counts: dict[str, int] = {}
    for unit in units:
        kinds = [prop.type for prop in unit.props]
        for kind in kinds:
            counts[kind] = max(counts.get(kind, 0), kinds.count(kind))
    for kind, count in sorted(counts.items()):
        plain = kind == kind.strip() and kind.casefold() not in _MEANING and not kind.startswith(_PROP)
        columns += [(kind if plain else f"{_PROP}{kind}", _nth_prop(kind, place)) for place in range(count)]
    return columns


def _nth_note(place: int) -> Callable[[Unit], str]:
    return lambda unit: unit.notes[place].text if place < len(unit.notes) else ""


def _nth_prop(kind: str, place: int) -> Callable[[Unit], str]:
    def value(unit: Unit) -> str:
        texts = [prop.text for prop in unit.props if prop.type == kind]
        return texts[place] if place < len(texts) else ""

    return value


def _written(moment: datetime.datetime | None) -> str:
    if moment is None:
        return ""
    midnight = (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    return moment.date().isoformat() if midnight else moment.isoformat()
