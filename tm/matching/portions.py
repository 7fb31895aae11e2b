"""Many texts a portion at a time, so that what is made of them never needs room for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Texts", "portions", "ranges"]

PORTION = 1 << 18
"""Characters, as far as texts are not longer by themselves."""


class Texts(Protocol):
    """Texts by position; they may come from disk one at a time."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> str: ...

    def __iter__(self) -> Iterator[str]: ...


def portions(texts: Iterable[str], most: int = PORTION) -> Iterator[list[str]]:
    """The texts in lists; each but the last ends with the text that reaches `most` characters."""
    portion: list[str] = []
    size = 0
    for text in texts:
        portion.append(text)
        size += len(text) + 1
        if size >= most:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def ranges(bounds: NDArray[np.int64], most: int = PORTION) -> Iterator[tuple[int, int]]:
    """From which text to before which: at most so many characters or bytes each, or a single text.

    Text i takes bounds[i] to bounds[i + 1].
    """
    first, count = 0, len(bounds) - 1
    while first < count:
        last = int(np.searchsorted(bounds, bounds[first] + most, side="right")) - 1
        last = max(last, first + 1)
        yield first, last
        first = last
