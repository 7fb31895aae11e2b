"""Which column of a Word table is what: by the names in its first lines, else by the scripts in its cells.

Known are the tables of this program and the review tables of Trados (Segment ID, Segment status, Source
segment, Target segment), memoQ (a line on the file, then ID, the languages, Comment, Status), CafeTran and
Phrase (no names, several tables), and what people make: 中文 | English, 原文 | 译文, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tm.formats.column_names import meaning_of, names_language
from tm.formats.docx_cells import Cell
from tm.formats.docx_tables import Table, TableLine
from tm.text.scripts import is_mostly_chinese

__all__ = ["Columns", "columns_of", "outline"]

_HEADER_WITHIN = 10
"""A header stands among the first lines, after what a program says of itself there."""
_LOOK = 200
"""So many lines are looked at to tell the languages of columns without names."""
_WORDS_APART = "segment segments text column language sentence simplified 句段 文本 栏 列 内容 语言"
_FILLERS = frozenset(_WORDS_APART.split())
_FURTHER = {
    **dict.fromkeys(("匹配", "匹配率", "match", "score", "tm"), "match"),
    **dict.fromkeys(("意见", "修改意见", "审校意见"), "note"),
    **dict.fromkeys(("nr", "nr.", "no."), "id"),
}
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_WORDS = re.compile(r"[^\s/|·,，:：;；]+")
_ID = re.compile(r"[\w.:/#-]{1,120}")
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a table, and the number of its lines that come before the first unit.

    Where several columns hold the
    translation, the last that is filled counts. `titles` are those of columns that mean nothing here.
    """

    zh: int
    en: tuple[int, ...]
    id: int | None = None
    status: int | None = None
    notes: tuple[int, ...] = ()
    titles: tuple[tuple[int, str], ...] = ()
    skip: int = 0
    width: int = 0

    def cells(self, line: TableLine) -> dict[int, Cell]:
        """The cells of a line by column: in their order when there are as many as names, else by the grid."""
        if len(line.cells) == self.width:
            return dict(enumerate(line.cells))
        return {cell.column: cell for cell in line.cells}


def columns_of(table: Table) -> Columns | None:
    """The columns of a bilingual table; None for any other."""
    return _named(table) or _by_script(table)


def outline(table: Table) -> str:
    """What the first line of a table says, in short, for a message."""
    first = table.lines[0].cells if table.lines else ()
    return " | ".join(" ".join(cell.text.split())[:20] for cell in first[:6])


def _named(table: Table) -> Columns | None:
    for place, line in enumerate(table.lines[:_HEADER_WITHIN]):
        names = [_meaning(cell.text) for cell in line.cells]
        if names.count("zh") == 1 and "en" in names:
            columns = _columns(names, line.cells, skip=place + 1)
            sides = [line.cells[place].text for place in (columns.zh, columns.en[0])]
            unsure = not any(map(names_language, sides))
            return _by_script(table, columns) if unsure and _turned(table, columns) else columns
    return None


def _turned(table: Table, columns: Columns) -> bool:
    """True when the cells of the two columns are plainly in each other's language."""
    pairs = [
        (cells[columns.zh].text, cells[columns.en[0]].text)
        for cells in map(columns.cells, table.lines[columns.skip : columns.skip + _LOOK])
        if columns.zh in cells and columns.en[0] in cells
    ]
    turned = sum(is_mostly_chinese(en) and _is_latin(zh) for zh, en in pairs)
    return turned * 2 > len(pairs)


def _columns(names: Sequence[str], cells: Sequence[Cell], *, skip: int) -> Columns:
    def first(name: str) -> int | None:
        return names.index(name) if name in names else None

    known = ("zh", "en", "note", "match")
    firsts = {first("id"), first("status")}
    return Columns(
        zh=names.index("zh"),
        en=_all(names, "en"),
        id=first("id"),
        status=first("status"),
        notes=_all(names, "note"),
        titles=tuple(
            (place, " ".join(cell.text.split()))
            for place, (name, cell) in enumerate(zip(names, cells, strict=True))
            if name not in known and place not in firsts
        ),
        skip=skip,
        width=len(names),
    )


def _all(names: Sequence[str], name: str) -> tuple[int, ...]:
    return tuple(place for place, known in enumerate(names) if known == name)


def _meaning(title: str) -> str:
    """What a title means, when all its words that mean something mean the same."""
    whole = " ".join(title.split()).casefold()
    if not whole or len(whole) > 60:
        return ""
    inside = {_word(found[1:-1].strip()) for found in _BRACKETS.findall(whole)} & {"zh", "en"}
    direct = inside.pop() if len(inside) == 1 else _word(whole)
    if direct:
        return direct
    words = [word for word in _WORDS.findall(_BRACKETS.sub(" ", whole)) if word not in _FILLERS]
    found = {_word(word) for word in words}
    return found.pop() if len(found) == 1 else ""


def _word(word: str) -> str:
    return _FURTHER.get(word, "") or meaning_of(word)


def _by_script(table: Table, named: Columns | None = None) -> Columns | None:
    """The columns by what stands in them; of a table with names only the languages are looked for."""
    skip = named.skip if named else 0
    lines = table.lines[skip : skip + _LOOK]
    width = _usual_width(lines)
    if width < 2:
        return None
    whole = [line.cells for line in lines if len(line.cells) == width]
    columns = [[line[place].text for line in whole] for place in range(width)]
    han = [sum(map(is_mostly_chinese, column)) for column in columns]
    latin = [sum(map(_is_latin, column)) for column in columns]
    zh = max(range(width), key=lambda place: han[place])
    en = max((place for place in range(width) if place != zh), key=lambda place: latin[place])
    if han[zh] * 2 < sum(bool(text.strip()) for text in columns[zh]) or not han[zh] or not latin[en]:
        return None
    if named:
        return replace(named, zh=zh, en=(en,))
    ids = [place for place in range(min(zh, en)) if _is_id(columns[place])]
    others = set(range(width)) - {zh, en} - set(ids)
    return Columns(
        zh=zh,
        en=(en,),
        id=ids[-1] if ids else None,
        titles=tuple((place, f"column-{place + 1}") for place in sorted(others)),
        skip=_heading(whole, zh, en),
        width=width,
    )


def _heading(lines: Sequence[Sequence[Cell]], zh: int, en: int) -> int:
    """1 when the first line is a heading whose two cells say the same, such as a file's name; else 0."""
    first = (lines[0][zh].text.strip(), lines[0][en].text.strip())
    return int(first[0] == first[1] != "" and not is_mostly_chinese(first[0]))


def _usual_width(lines: Sequence[TableLine]) -> int:
    widths = [len(line.cells) for line in lines]
    return max(sorted(set(widths)), key=widths.count, default=0)


def _is_latin(text: str) -> bool:
    return bool(_LETTERS.search(text)) and not is_mostly_chinese(text)


def _is_id(texts: Sequence[str]) -> bool:
    """True when these are names of lines: short, without blanks, with figures, no two the same."""
    found = [text.strip() for text in texts if text.strip()]
    plain = all(_ID.fullmatch(text.split("\n")[0]) for text in found)
    return bool(found) and plain and len(set(found)) == len(found) and any(map(_has_figure, found))


def _has_figure(text: str) -> bool:
    return any(char.isdigit() for char in text)
