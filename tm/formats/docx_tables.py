"""The tables of a Word document, one after the other, in a small form; the document is read as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from tm.formats.docx_cells import Cell, Styles, Walker, is_on
from tm.formats.docx_package import attribute, local
from tm.formats.safe_xml import SafeXml

__all__ = ["Table", "TableLine", "nested_table", "styles_of", "tables_in"]

_LIMIT = 8 << 20
"""How many bytes may pass between the ends of two lines of tables."""
_WIDEST = 63
"""Word's own limit of columns."""
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo")
_CODE_STYLES = frozenset(
    ("tm code", "tag", "tags", "mqinternal", "tw4wininternal", "tw4winexternal", "donottranslate", "internal")
)
"""Names of the character styles in which this program, Trados and memoQ write inline codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """A line of a table that is not deleted; `number` counts the lines of all tables from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Table:
    """A table of lines."""

    lines: list[TableLine] = field(default_factory=list)


def styles_of(roots: list[Any]) -> Styles:
    """The styles that hide text and those that mark inline codes, by what the styles part says."""
    hidden, codes = set(), set()
    for style in (style for root in roots for style in root if local(style) == "style"):
        parts = {local(part): part for part in style}
        if is_on(parts.get("rPr"), "vanish"):
            hidden.add(attribute(style, "styleId"))
        elif "name" in parts and attribute(parts["name"], "val").casefold() in _CODE_STYLES:
            codes.add(attribute(style, "styleId"))
    return Styles(hidden=frozenset(hidden), codes=frozenset(codes))


def tables_in(document: BinaryIO, styles: Styles, *, path: str = "-") -> Iterator[Table]:
    """The outermost tables of the document part; those inside their cells are in the cells."""
    reader = _Reader(styles)
    xml = SafeXml(document, path=path)
    for batch in xml.batches("{*}tr", "{*}tbl", kinds=("end",), limit=_LIMIT):
        for _kind, element in batch:
            depth = _depth(element)
            if local(element) == "tr" and depth == 1:
                reader.take(element)
                xml.units += 1
                element.clear()
            elif local(element) == "tbl" and depth == 0:
                yield reader.finished()
                element.clear()


def nested_table(styles: Styles) -> Callable[[Any], Table]:
    """A function that reads a table element inside something else."""
    return _Reader(styles).nested


def _depth(element: Any) -> int:  # noqa: ANN401 - lxml
    """How many tables an element is in; -1 where it is there once more for older programs."""
    names = [local(ancestor) for ancestor in element.iterancestors()]
    return -1 if "Fallback" in names else names.count("tbl")


class _Reader:
    """Makes tables of elements."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._count = 0
        self._table = Table()

    def take(self, row: Any) -> None:  # noqa: ANN401 - lxml
        """Adds a line to the table that is being read."""
        self._add(row, self._table)

    def finished(self) -> Table:
        """The table that has been read; the next one begins."""
        table, self._table = self._table, Table()
        return table

    def nested(self, element: Any) -> Table:  # noqa: ANN401 - lxml
        table = Table()
        for row in _inside(element, "tr"):
            self._add(row, table)
        return table

    def _add(self, row: Any, table: Table) -> None:  # noqa: ANN401 - lxml
        properties = next((child for child in row if local(child) == "trPr"), ())
        if any(local(child) == "del" for child in properties):
            return
        self._count += 1
        before = [attribute(child, "val") for child in properties if local(child) == "gridBefore"]
        number = self._count
        cells = tuple(self._cells(row, _number(before[0], 0) if before else 0))
        table.lines.append(TableLine(number=number, cells=cells))

    def _cells(self, row: Any, column: int) -> Iterator[Cell]:  # noqa: ANN401 - lxml
        for element in _inside(row, "tc"):
            properties = {local(child): child for part in element if local(part) == "tcPr" for child in part}
            if "cellDel" in properties:
                continue
            span = _number(attribute(properties["gridSpan"], "val"), 1) if "gridSpan" in properties else 1
            merged = properties.get("vMerge", properties.get("hMerge"))
            walker = Walker(self._styles, self.nested)
            walker.walk(element)
            yield Cell(
                pieces=walker.pieces(),
                column=column,
                span=span,
                continued=merged is not None and attribute(merged, "val") != "restart",
                revisions=tuple(walker.revisions),
                empty_before=walker.empty_before,
                comments=tuple(walker.comments),
                footnotes=tuple(walker.footnotes),
                marks=tuple(walker.marks),
                tables=tuple(walker.tables),
            )
            column += span


def _inside(element: Any, name: str) -> Iterator[Any]:  # noqa: ANN401 - lxml
    """The lines of a table or the cells of a line, also those in content controls."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in _WRAPPERS:
            yield from _inside(child, name)


def _number(text: str, least: int) -> int:
    return min(max(int(text), least), _WIDEST) if text.isdecimal() and len(text) < 4 else least
