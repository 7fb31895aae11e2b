"""What stands behind the last unit of a file: comments, and units of other languages that are kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from enum import StrEnum

__all__ = ["Tail", "Where"]

_PACKED = 1 << 20  # characters that are packed together


class Where(StrEnum):
    """Where something stands: in the body, behind the body, behind the root element."""

    BODY = "body"
    TMX = "tmx"
    END = "end"


class Tail:
    """XML by place; it is complete when the units of its file have been read to their end."""

    def __init__(self) -> None:
        self._files = {where: _Texts() for where in Where}

    def add(self, where: Where, xml: str) -> None:
        """Takes in the next piece of XML that stands there."""
        self._files[where].add(xml)

    def become(self, other: Tail) -> None:
        """Holds what the other one holds, which is of the same file."""
        self._files = other._files

    def pieces(self, where: Where) -> Iterator[str]:
        """What stands there, in order."""
        return iter(self._files[where])


class _Texts:
    """Texts in order, packed as soon as they are many; none has a NUL in it."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._last: list[str] = []
        self._size = 0

    def add(self, text: str) -> None:
        self._last.append(text)
        self._size += len(text)
        if self._size > _PACKED:
            whole = "\0".join(self._last).encode("utf-8", "surrogatepass")
            self._packed.append(zlib.compress(whole, 1))
            self._last, self._size = [], 0

    def __iter__(self) -> Iterator[str]:
        for block in self._packed:
            yield from zlib.decompress(block).decode("utf-8", "surrogatepass").split("\0")
        yield from self._last
