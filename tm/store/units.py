"""The units of a memory by position: any of them at once, without reading the memory.

A memory is read once; from then on its side file in the cache answers, until the memory changes. Context
that the file does not state comes from the order: the neighbours inside the same release.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self, overload

from tm.model import Origin, Segment, Unit
from tm.store.codec import decode_header, decode_unit
from tm.store.memory import memory_name
from tm.store.reader import Side, SideReader
from tm.store.side_file import mark

__all__ = ["Side", "UnitTable"]

_LONGEST_PATTERN = 5000  # characters that LIKE certainly takes
_UNFIT = re.compile("[\0\ud800-\udfff]")  # characters that SQLite does not take


class UnitTable:
    """The units of one memory file, by position from 0; a context manager.

    Units are as stored but for `extra` and `others`, which only the memory's file has. Not to be shared
    between threads.
    """

    @classmethod
    def open(cls, memory_path: Path | str, cache: Path) -> Self:
        """The table of a memory, built in the cache first when it is not there.

        InputError or FormatError when the memory cannot be read, StoreError when the cache cannot be
        written.
        """
        return cls(Path(memory_path), cache)

    def __init__(self, memory_path: Path, cache: Path) -> None:
        self.name = memory_name(memory_path)
        self._file = SideReader(memory_path, cache)
        self.header = decode_header(self._file.fact("header"))

    @property
    def digest(self) -> str:
        """The sha256 of the memory's file."""
        return self._file.digest

    @property
    def folder(self) -> Path:
        """Where what is derived from this very memory is kept; it can be thrown away."""
        return self._file.folder

    def close(self) -> None:
        """Ends the use of the table."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self._file.count

    def unit(self, position: int) -> Unit:
        """The unit at this position, with its context."""
        return self.units([position])[0]

    def units(self, positions: Iterable[int]) -> list[Unit]:
        """The units at these positions, in the order asked for, with their context."""
        wanted = list(positions)
        for position in wanted:
            if not 0 <= position < len(self):
                raise IndexError(position)
        near = {at for position in wanted for at in self._neighbours(position) if at is not None}
        sources = self._file.by_position("source", near.union(wanted))
        targets = self._file.by_position("target", wanted)
        found = {}
        for position, (name, rest) in self._file.by_position("unit", wanted).items():
            known = self._unit(name, sources[position][0], targets[position][0], position)
            unit = decode_unit(rest, self.header, known)
            around = [sources[at][0] if at is not None else "" for at in self._neighbours(position)]
            found[position] = _with_context(unit, *around)
        return [found[position] for position in wanted]

    def sources(self) -> Iterator[str]:
        """All source texts in the order of positions."""
        return self._file.stream("source")

    def targets(self) -> Iterator[str]:
        """All target texts in the order of positions."""
        return self._file.stream("target")

    def releases(self) -> Sequence[str]:
        """The id of each unit's release by position; "" where there is none."""
        return _Names(self._file.column("release"), self._file.names("releases"))

    def dates(self) -> Sequence[str]:
        """The ISO date of each unit by position; "" where there is none."""
        return _Names(self._file.column("day"), self._file.names("days"))

    def exact(self, sources: Iterable[str]) -> dict[str, list[int]]:
        """For each of these texts the positions of the units whose source is exactly that text."""
        marks, marked = self._marks
        near = {text: _between(marks, marked, mark(text)) for text in dict.fromkeys(sources)}
        texts = self._file.by_position("source", (at for found in near.values() for at in found))
        return {text: [at for at in found if texts[at][0] == text] for text, found in near.items()}

    def containing(self, text: str, side: Side, *, limit: int | None = None) -> Iterator[int]:
        """The positions, in order, of the units whose text on this side contains these characters.

        Small and capital letters are the same. `limit` is the largest number of positions given.
        """
        if _is_for_like(text):
            return islice(self._file.like(side, _pattern(text)), limit)
        folded = text.casefold()
        scan = (at for at, found in enumerate(self._file.stream(side)) if folded in found.casefold())
        return islice(scan, limit)

    @cached_property
    def _release(self) -> Sequence[str]:
        return self.releases()

    @cached_property
    def _marks(self) -> tuple[array[int], array[int]]:
        """The marks of all sources, sorted, and the positions they belong to."""
        return self._file.column("marks"), self._file.column("marked")

    def _neighbours(self, position: int) -> tuple[int | None, int | None]:
        """The positions before and after, where they belong to the same release."""
        release = self._release[position]
        before, after = position - 1, position + 1
        return (
            before if release and before >= 0 and self._release[before] == release else None,
            after if release and after < len(self) and self._release[after] == release else None,
        )

    def _unit(self, name: str, source: str, target: str, position: int) -> Unit:
        return Unit(
            id=name,
            source=Segment(lang="", text=source),
            target=Segment(lang="", text=target),
            origin=Origin(release=self._release[position]),
        )


class _Names(Sequence[str]):
    """A name for each position, kept as numbers into a short list of names."""

    def __init__(self, numbers: array[int], names: Sequence[str]) -> None:
        self._numbers, self._names = numbers, names

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return _Names(self._numbers[index], self._names)
        return self._names[self._numbers[index]]

    def __iter__(self) -> Iterator[str]:
        return map(self._names.__getitem__, self._numbers)


def _between(marks: array[int], marked: array[int], value: int) -> list[int]:
    """The positions of the units whose mark is this one."""
    return sorted(marked[bisect_left(marks, value) : bisect_right(marks, value)])


def _with_context(unit: Unit, before: str, after: str) -> Unit:
    """The unit with its neighbours, unless its file states its context."""
    if unit.context.previous or unit.context.next:
        return unit
    return replace(unit, context=replace(unit.context, previous=before, next=after))


def _is_for_like(text: str) -> bool:
    """True for what LIKE finds as it should: it knows the small and capital letters of ASCII only."""
    simple = text.isascii() or text.lower() == text.upper()
    return simple and len(text) <= _LONGEST_PATTERN and not _UNFIT.search(text)


def _pattern(text: str) -> str:
    """The LIKE pattern of all texts that contain this one."""
    for special in "\\%_":
        text = text.replace(special, "\\" + special)
    return f"%{text}%"
