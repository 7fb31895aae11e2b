"""Questions to a side file, which is built anew once when it turns out to be damaged."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from gettext import gettext as _
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar

from tm.errors import ConflictError, StoreError
from tm.store.cache import digest_folder
from tm.store.side_file import connect, ready

__all__ = ["Side", "SideReader", "Texts"]

Side = Literal["source", "target"]
Texts = dict[int, tuple[str, ...]]
"""Columns of text by position."""

_Answer = TypeVar("_Answer")

_ASKED = 500  # positions in one query
_STREAMED = 4000  # units in one query of a stream
_SEARCHED = 20_000  # units in one query of a search

_BY_POSITION = {
    "source": "SELECT position, text FROM sources WHERE position IN ({})",
    "target": "SELECT position, text FROM targets WHERE position IN ({})",
    "unit": "SELECT position, id, rest FROM units WHERE position IN ({})",
}
_IN_ORDER: dict[Side, str] = {
    "source": "SELECT position, text FROM sources WHERE position >= ? AND position < ? ORDER BY position",
    "target": "SELECT position, text FROM targets WHERE position >= ? AND position < ? ORDER BY position",
}
_LIKE: dict[Side, str] = {
    "source": r"SELECT position FROM sources WHERE position >= ? AND position < ? AND text LIKE ? ESCAPE '\'",
    "target": r"SELECT position FROM targets WHERE position >= ? AND position < ? AND text LIKE ? ESCAPE '\'",
}


class SideReader:
    """An open side file. What is missing or unreadable in it makes it be built anew, once."""

    def __init__(self, memory_path: Path, cache: Path) -> None:
        self._path, self._cache = memory_path, cache
        self._rebuilt = False
        self.digest = ready(memory_path, cache)
        self._connection = connect(self.folder)
        self.count = self.ask(lambda connection: int(_fact(connection, "count")))

    @property
    def folder(self) -> Path:
        """Where what is derived from the memory of this digest is kept."""
        return digest_folder(self._cache, self.digest)

    def close(self) -> None:
        """Ends the use."""
        self._connection.close()

    def ask(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """The answer to a question, asked again of a new file when this one is damaged."""
        try:
            return question(self._connection)
        except sqlite3.ProgrammingError:  # closed, or of another thread: no fault of the file
            raise
        except sqlite3.DatabaseError as error:
            self._rebuild(error)
            return question(self._connection)

    def fact(self, name: str) -> str:
        """A stored text about the whole memory."""
        return self.ask(lambda connection: str(_fact(connection, name)))

    def column(self, name: str) -> array[int]:
        """A number for each unit, in the order stored."""
        return self.ask(lambda connection: _column(connection, name, self.count))

    def names(self, name: str) -> list[str]:
        """The names that the numbers of a column stand for."""
        return [str(found) for found in json.loads(self.fact(name))]

    def by_position(self, kind: str, positions: Iterable[int]) -> Texts:
        """The texts at these positions: of the sources, of the targets, or id and rest of the units."""
        found: Texts = {}
        asked = iter(sorted(set(positions)))
        while chunk := list(islice(asked, _ASKED)):
            found.update(self.ask(_Fetch(_BY_POSITION[kind], chunk)))
        return found

    def stream(self, side: Side) -> Iterator[str]:
        """All texts of a side in order; other questions may be asked meanwhile."""
        for start in range(0, self.count, _STREAMED):
            end = min(start + _STREAMED, self.count)
            yield from self.ask(_Stretch(_IN_ORDER[side], start, end))

    def like(self, side: Side, pattern: str) -> Iterator[int]:
        """The positions of the texts that a pattern of LIKE (escaped by a backslash) fits, in order."""
        for start in range(0, self.count, _SEARCHED):
            yield from self.ask(_Search(_LIKE[side], start, pattern))

    def _rebuild(self, error: sqlite3.DatabaseError) -> None:
        self.close()
        if self._rebuilt:
            raise StoreError(
                _("the file beside the memory is damaged again and again: {reason}").format(reason=error),
                path=self.folder,
                hint=_("Check the disk, or set TM_CACHE to a folder elsewhere."),
            ) from error
        self._rebuilt = True
        if ready(self._path, self._cache, anew=True) != self.digest:
            raise ConflictError(
                _("the memory was changed while it was in use"),
                path=self._path,
                hint=_("Run the command again."),
            ) from error
        self._connection = connect(self.folder)


class _Fetch:
    """The question for the texts at some positions."""

    def __init__(self, query: str, positions: Sequence[int]) -> None:
        self._query, self._positions = query, positions

    def __call__(self, connection: sqlite3.Connection) -> Texts:
        marks = ",".join("?" * len(self._positions))
        found = connection.execute(self._query.format(marks), self._positions)
        texts = {position: tuple(columns) for position, *columns in found}
        if len(texts) != len(self._positions):
            raise sqlite3.DatabaseError("units are missing")
        return texts


class _Stretch:
    """The question for all texts from a position to another."""

    def __init__(self, query: str, start: int, end: int) -> None:
        self._query, self._start, self._end = query, start, end

    def __call__(self, connection: sqlite3.Connection) -> list[str]:
        found = connection.execute(self._query, (self._start, self._end)).fetchall()
        if [position for position, _text in found] != list(range(self._start, self._end)):
            raise sqlite3.DatabaseError("texts are missing")
        return [text for _position, text in found]


class _Search:
    """The question for the positions, from one on, of the texts that a pattern fits."""

    def __init__(self, query: str, start: int, pattern: str) -> None:
        self._query, self._place = query, (start, start + _SEARCHED, pattern)

    def __call__(self, connection: sqlite3.Connection) -> list[int]:
        return sorted(position for (position,) in connection.execute(self._query, self._place))


def _fact(connection: sqlite3.Connection, name: str) -> str | int | bytes:
    found = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    if found is None or not isinstance(found[0], str | int | bytes):
        raise sqlite3.DatabaseError(name)
    return found[0]


def _column(connection: sqlite3.Connection, name: str, count: int) -> array[int]:
    found = _fact(connection, name)
    column = array("I")
    if not isinstance(found, bytes) or len(found) != count * column.itemsize:
        raise sqlite3.DatabaseError(name)
    column.frombytes(found)
    return column
