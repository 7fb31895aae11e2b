"""Term tables of other tools and people as rows of a term base."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tm.formats.columns import Line
from tm.formats.tbx_fields import pos_of, status_of
from tm.model import TermStatus
from tm.terms.headers import Column
from tm.terms.table import Entry
from tm.text.folding import is_han

__all__ = ["entries_of", "zh_first"]

_OWN = frozenset(status.value for status in TermStatus)
_STATUSES = {
    "首选": "preferred",
    "推荐": "preferred",
    "许用": "admitted",
    "可用": "admitted",
    "new": "admitted",
    "draft": "admitted",
    "pending": "admitted",
    "candidate": "admitted",
    "弃用": "deprecated",
    "废弃": "deprecated",
    "过时": "deprecated",
    "禁用": "forbidden",
    "禁止": "forbidden",
    "不推荐": "forbidden",
}
_TRUE = frozenset({"yes", "true", "1", "y", "x", "✓", "✔", "√", "是", "on"})
_PLAIN = ("concept", "acronym", "domain", "unless", "once", "severity", "from", "until", "mono")
_OF_A_SIDE = frozenset({"definition", "context", "note", "source"})
_LOOK = 200


def entries_of(
    lines: Iterable[Line], columns: Sequence[Column], path: str, lost: Counter[str]
) -> Iterator[Entry]:
    """The rows that lines under a recognised header make up; values that are not taken count in `lost`.

    Where no status is stated, the first English term of a concept is preferred and the others are admitted. A
    second English column, or one of synonyms, gives admitted terms; `zh_first` decides on columns that do
    not tell their language.
    """
    known = list(lines)
    columns = _with_sides(columns, known)
    seen: set[str] = set()
    for line in known:
        cells = [cell.strip() for cell in line.cells]
        pairs = [(column, cell) for column, cell in zip(columns, cells, strict=False) if cell]
        if pairs:
            for row in _rows(pairs, lost):
                key = row.get("concept") or row.get("zh", "")
                if row.get("en"):
                    row.setdefault("status", "admitted" if key in seen else "preferred")
                    seen.add(key)
                yield Entry(cells=row, path=path, line=line.number)


def zh_first(pairs: Iterable[tuple[str, str]]) -> bool:
    """True unless the second cells are plainly the Chinese ones."""
    first = second = 0
    for one, other in pairs:
        first += _has_han(one) and not _has_han(other)
        second += _has_han(other) and not _has_han(one)
    return first >= second


def _with_sides(columns: Sequence[Column], lines: Sequence[Line]) -> list[Column]:
    """The columns, those in an untold language with the side that their cells show."""
    fields = [column.field for column in columns]
    order = [fields.index(name) if name in fields else -1 for name in ("first", "second")]
    if -1 in order:
        return list(columns)
    pairs = [
        (line.cells[order[0]], line.cells[order[1]]) for line in lines[:_LOOK] if len(line.cells) > max(order)
    ]
    sides = ("zh", "en") if zh_first(pairs) else ("en", "zh")
    told = dict(zip(order, sides, strict=True))
    return [
        Column(column.title, "term", told[place]) if place in told else column
        for place, column in enumerate(columns)
    ]


def _rows(pairs: Sequence[tuple[Column, str]], lost: Counter[str]) -> Iterator[dict[str, str]]:
    """The row of a line, and one more for every further term."""
    row: dict[str, str] = {}
    terms: dict[str, list[str]] = {"zh": [], "en": []}
    for column, cell in pairs:
        if column.field == "term" or (column.field == "synonym" and column.side):
            terms[column.side].append(cell)
        elif column.field == "synonym":
            terms["zh" if _has_han(cell) else "en"].extend(_parts(cell))
        else:
            _put(row, column, cell, lost)
    row["zh"], row["en"] = (terms[side][0] if terms[side] else "" for side in ("zh", "en"))
    row.setdefault("concept", "")
    yield row
    for text in terms["en"][1:]:
        yield {**_shared(row), "zh": row["zh"], "en": text, "status": "admitted"}
    for text in terms["zh"][1:]:
        yield {**_shared(row), "concept": row["concept"] or row["zh"], "zh": text, "en": ""}


def _put(row: dict[str, str], column: Column, cell: str, lost: Counter[str]) -> None:
    """Puts the cell of a column that holds no term into the row."""
    field = column.field
    if field == "status":
        row.setdefault("status", _status(cell, lost))
    elif field in ("forbidden", "preferred"):
        _flag(row, field, true=cell.casefold() in _TRUE)
    elif field in ("sensitive", "case"):
        sensitive = cell.casefold() in {*_TRUE, "sensitive", "permissive", "exact"}
        row["case"] = "sensitive" if sensitive else "insensitive"
    elif field == "pos":
        row.setdefault("pos", pos_of(cell))
    elif field in _OF_A_SIDE:
        name = field if not column.side or (column.side == "en" and field in ("note", "source")) else ""
        _join(row, name or f"{field}-{column.side}", cell)
    elif field in _PLAIN:
        row.setdefault(field, cell)
    else:
        _join(row, field or " ".join(column.title.split()).lower() or "?", cell)


def _flag(row: dict[str, str], field: str, *, true: bool) -> None:
    if field == "forbidden" and true:
        row["status"] = "forbidden"
    elif field == "preferred":
        row.setdefault("status", "preferred" if true else "admitted")


def _status(cell: str, lost: Counter[str]) -> str:
    word = cell.casefold()
    if word in _OWN:
        return word
    found = _STATUSES.get(word) or (status.value if (status := status_of(cell)) else "")
    if not found:
        lost[f"status={cell}"] += 1
    return found or "admitted"


def _join(row: dict[str, str], name: str, cell: str) -> None:
    row[name] = f"{row[name]}; {cell}" if row.get(name) and row[name] != cell else cell


def _shared(row: dict[str, str]) -> dict[str, str]:
    """What a line says of all its terms."""
    return {name: row[name] for name in ("concept", "domain", "pos") if row.get(name)}


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;；|\n]", cell) if part.strip()]


def _has_han(text: str) -> bool:
    return any(map(is_han, text))
