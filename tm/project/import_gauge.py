"""How far an import has come: the bytes of its files that were read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, TypeVar

__all__ = ["Gauge"]

_STEP = 1 << 16
"""So many bytes are worth a word."""
T = TypeVar("T")


class Gauge:
    """Tells `progress` how many further bytes were read of a file, while what is in it passes by."""

    def __init__(self, stream: BinaryIO, progress: Callable[[int], None] | None) -> None:
        self._stream = stream
        self._progress = progress
        self._told = 0

    def watched(self, passing: Iterable[T]) -> Iterable[T]:
        """The same things in the same order."""
        return passing if self._progress is None else self._watched(passing, self._progress)

    def _watched(self, passing: Iterable[T], progress: Callable[[int], None]) -> Iterator[T]:
        for one in passing:
            yield one
            further = self._stream.tell() - self._told
            if further >= _STEP:
                self._told += further
                progress(further)
