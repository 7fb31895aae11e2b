"""What was seen before, in little memory: 64-bit marks of texts, each with the line where it stood first."""

from __future__ import annotations

from array import array

__all__ = ["Seen"]

_START = 1 << 10
_FULLEST = 0.7


class Seen:
    """A table of marks: 12 bytes a place, at most seven places in ten taken.

    Marks are Python's hashes, so two texts share one by chance once in 10^19 pairs, and nobody can make
    texts that do on purpose.
    """

    def __init__(self) -> None:
        self._marks = array("Q", [0]) * _START
        self._lines = array("I", [0]) * _START
        self._size = _START
        self._taken = 0

    def first(self, mark: int, line: int) -> int:
        """The line where the mark stood first; 0 when it is new, and it is remembered from now on."""
        key = (mark & 0xFFFFFFFFFFFFFFFF) or 1
        place = self._place(key)
        if self._marks[place]:
            return self._lines[place]
        self._marks[place] = key
        self._lines[place] = min(line, 0xFFFFFFFF)
        self._taken += 1
        if self._taken > _FULLEST * self._size:
            self._grow()
        return 0

    def _place(self, key: int) -> int:
        """Where the mark stands, or would stand."""
        marks, size = self._marks, self._size
        place = key % size
        while marks[place] and marks[place] != key:
            place = place + 1 if place + 1 < size else 0
        return place

    def _grow(self) -> None:
        old = zip(self._marks, self._lines, strict=True)
        self._size += self._size // 2
        self._marks = array("Q", [0]) * self._size
        self._lines = array("I", [0]) * self._size
        for key, line in old:
            if key:
                place = self._place(key)
                self._marks[place], self._lines[place] = key, line
