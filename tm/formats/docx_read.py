"""Reads bilingual tables in Word files: with all tracked changes accepted, and comments as notes."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import PurePath
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.docx_cells import Cell
from tm.formats.docx_codes import restored
from tm.formats.docx_columns import Columns, columns_of, outline
from tm.formats.docx_comments import comments_in, footnotes_in
from tm.formats.docx_package import Package
from tm.formats.docx_record import SOURCE_CHANGED, Mark, Record, digest, marked, records_in
from tm.formats.docx_status import is_open, said_status, status_after
from tm.formats.docx_tables import Table, TableLine, nested_table, styles_of, tables_in
from tm.model import Header, Memory, Note, Origin, Prop, Segment, Status, Unit

__all__ = ["read"]

_GUID = re.compile(r"\s*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\s*", re.IGNORECASE)
_NOTHING = Record()
_EMPTY = Cell()


def read(stream: BinaryIO, *, path: str = "-") -> Memory:
    """The units of all bilingual tables in a Word file, in their order; a file without one is a FormatError.

    Insertions are taken and deletions left out; who changed the English last, and when, is in the origin.
    Comments, those on the Chinese too, and the comment column are notes. An English text that is empty or a
    copy of the Chinese is no translation: it is "" and its unit a draft. A unit whose Chinese was changed
    since it was sent out has the prop `x-source-changed`.
    """
    package = Package(stream, path=path)
    styles = styles_of(package.related("styles"))
    sheet = _Sheet(
        path=path,
        records=records_in(package.related_streams("customXml"), path=path),
        comments=comments_in(
            package.related("comments"), package.related("commentsExtended"), styles, nested_table(styles)
        ),
        footnotes={
            kind: footnotes_in(package.related(f"{kind}s"), styles, nested_table(styles))
            for kind in ("footnote", "endnote")
        },
    )
    seen: list[str] = []
    units = tuple(sheet.units(tables_in(package.document(), styles, path=path), seen))
    if not units and not sheet.found:
        raise _no_table(seen, path)
    name = PurePath(path).stem if path != "-" else ""
    langs = (units[0].source.lang, units[0].target.lang) if units else ("zh-CN", "en")
    return Memory(name=name, header=Header(source_lang=langs[0], target_lang=langs[1]), units=_unique(units))


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """What is known of a file besides its tables, and whether one of them was bilingual."""

    path: str
    records: dict[int, Record]
    comments: dict[str, str]
    footnotes: dict[str, dict[str, str]]
    found: bool = False

    def units(self, tables: Iterator[Table] | Sequence[Table], seen: list[str]) -> Iterator[Unit]:
        """The units of the bilingual tables; what the others say first is noted in `seen`."""
        for table in tables:
            columns = columns_of(table)
            if columns is None:
                seen.append(outline(table))
                inside = [one for line in table.lines for cell in line.cells for one in cell.tables]
                yield from self.units(inside, seen)
                continue
            self.found = True
            yield from self._of_table(table, columns)

    def _of_table(self, table: Table, columns: Columns) -> Iterator[Unit]:
        last: Unit | None = None
        for line in table.lines[columns.skip :]:
            cells = columns.cells(line)
            if cells.get(columns.zh, _EMPTY).continued:
                last = _continued(last, cells, columns)
                continue
            if last is not None:
                yield last
            last = self._unit(line, cells, columns)
        if last is not None:
            yield last

    def _unit(self, line: TableLine, cells: dict[int, Cell], columns: Columns) -> Unit | None:
        """The unit of a line; None for one without text, and for one that is a single heading."""
        zh = cells.get(columns.zh, _EMPTY)
        filled = [cells[place] for place in columns.en if place in cells and cells[place].text.strip()]
        en = filled[-1] if filled else cells.get(columns.en[0], _EMPTY)
        if not zh.text.strip():
            self._refuse_lone(line, en, zh)
            return None
        if zh.span > 1 and len(line.cells) < 2:
            return None
        mark = marked(name for cell in line.cells for name in cell.marks)
        record = self.records.get(mark.line, _NOTHING) if mark else _NOTHING
        source = restored(zh.pieces, _lang(record.source, "zh-CN"), record.source)
        target = restored(en.pieces, _lang(record.target, "en"), record.target)
        said = cells[columns.status].text if columns.status in cells else ""
        status = status_after(said, mark, en)
        if not target.text.strip() or target.text.strip() == source.text.strip():
            status, target = Status.DRAFT, Segment(lang=target.lang, text="")
        return Unit(
            id=record.id or _id(cells, columns) or str(line.number),
            source=source,
            target=target,
            status=status,
            origin=_origin(record, en),
            context=record.context,
            notes=(*_column_notes(cells, columns, record), *self._notes(line)),
            props=(*record.props, *_changed_source(mark, zh), *_titled(cells, columns), *_unknown(said)),
            line=line.number,
        )

    def _refuse_lone(self, line: TableLine, en: Cell, zh: Cell) -> None:
        """Raises where there is English and no Chinese; a heading over the whole table is none."""
        if en.text.strip() and en is not zh and len(line.cells) > 1:
            raise FormatError(
                _("there is no Chinese text"),
                path=self.path,
                line=line.number,
                hint=_("Line {number} of the tables has English alone: {text}").format(
                    number=line.number, text=en.text.strip()[:60]
                ),
            )

    def _notes(self, line: TableLine) -> Iterator[Note]:
        """The comments and footnotes of a line, each once."""
        for comment in dict.fromkeys(name for cell in line.cells for name in cell.comments):
            if comment in self.comments:
                yield Note(text=self.comments[comment])
        for kind, number in (ref for cell in line.cells for ref in cell.footnotes):
            if number in self.footnotes[kind]:
                yield Note(text=self.footnotes[kind][number])


def _lang(kept: Segment | None, default: str) -> str:
    return kept.lang if kept else default


def _id(cells: dict[int, Cell], columns: Columns) -> str:
    """What the id column says, without the long number that memoQ and Trados put behind theirs."""
    text = cells[columns.id].text if columns.id in cells else ""
    return " ".join((_GUID.sub(" ", text).strip() or text).split())


def _origin(record: Record, en: Cell) -> Origin:
    """The origin, with who changed the English last."""
    named = [revision for revision in en.revisions if revision.author or revision.date]
    if not named:
        return record.origin
    dated = [(revision.date, revision) for revision in named if revision.date]
    last = max(dated, key=operator.itemgetter(0))[1] if dated else named[-1]
    return replace(record.origin, changer=last.author, changed=last.date or record.origin.changed)


def _column_notes(cells: dict[int, Cell], columns: Columns, record: Record) -> tuple[Note, ...]:
    texts = [cells[place].text for place in columns.notes if place in cells and cells[place].text.strip()]
    if record.notes and "\n".join(texts) == "\n".join(note.text for note in record.notes):
        return record.notes
    return tuple(Note(text=text) for text in texts)


def _changed_source(mark: Mark | None, zh: Cell) -> Iterator[Prop]:
    if mark and digest(zh.text) != mark.source:
        yield Prop(type=SOURCE_CHANGED, text="yes")


def _titled(cells: dict[int, Cell], columns: Columns) -> Iterator[Prop]:
    for place, title in columns.titles:
        text = cells[place].text if place in cells else ""
        if text.strip():
            yield Prop(type=title or f"column-{place + 1}", text=text)


def _unknown(said: str) -> Iterator[Prop]:
    """What the status column says, where it is no status."""
    if not is_open(said) and said_status(said) is None:
        yield Prop(type="status", text=said.strip())


def _continued(last: Unit | None, cells: dict[int, Cell], columns: Columns) -> Unit | None:
    """The unit above, whose Chinese cell goes on beside a further English one."""
    more = " ".join(cells[place].text.strip() for place in columns.en if place in cells)
    if last is None or not more.strip():
        return last
    text = f"{last.target.text} {more}" if last.target.text else more
    status = Status.TRANSLATED if last.status is Status.DRAFT and not last.target.text else last.status
    return replace(last, target=replace(last.target, text=text), status=status)


def _unique(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units, with a number behind an id that stood there before: somebody copied the line."""
    taken = {unit.id for unit in units}
    seen: set[str] = set()
    found = []
    for unit in units:
        name, number = unit.id, 2
        while name in seen:
            name = f"{unit.id}.{number}"
            number += 1
            if name in taken:
                continue
        seen.add(name)
        found.append(replace(unit, id=name) if name != unit.id else unit)
    return tuple(found)


def _no_table(seen: Sequence[str], path: str) -> FormatError:
    shown = "; ".join(text for text in seen[:5] if text) or _("no table at all")
    return FormatError(
        _("there is no bilingual table in it, but: {tables}").format(tables=shown),
        path=path,
        hint=_(
            "Put Chinese and English into two columns of a table, and name them 中文 and English in its "
            "first line. For texts without a table, use `tm align`."
        ),
    )
