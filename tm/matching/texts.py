"""Texts by position in one file, read from disk one at a time."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tm.matching.arrays import AnyArray, load_arrays, save_blocks
from tm.matching.portions import portions, ranges

__all__ = ["TextFile"]

_KIND = "tm.texts/1"


class TextFile:
    """Texts that stay on disk; see `Texts`."""

    def __init__(self, letters: NDArray[np.uint8], bounds: NDArray[np.int64]) -> None:
        self._letters = letters
        self._bounds = bounds

    @classmethod
    def load(cls, path: Path) -> TextFile:
        """The texts saved there; CacheError when the file cannot be used."""
        arrays = load_arrays(path, _KIND)
        return cls(arrays["letters"], arrays["bounds"])

    @staticmethod
    def save(path: Path, texts: Iterable[str]) -> Path:
        """The file written, while the texts are read; they need not be in memory."""
        lengths = array("q")
        return save_blocks(path, _KIND, {"letters": _letters(texts, lengths), "bounds": _bounds(lengths)})

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __getitem__(self, index: int) -> str:
        start, end = self._bounds[index : index + 2].tolist()
        return self._letters[start:end].tobytes().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        for first, last in ranges(self._bounds):
            bounds = self._bounds[first : last + 1]
            letters = self._letters[bounds[0] : bounds[-1]].tobytes()
            for start, end in pairwise((bounds - bounds[0]).tolist()):
                yield letters[start:end].decode("utf-8", "surrogatepass")


def _letters(texts: Iterable[str], lengths: array[int]) -> Iterator[AnyArray]:
    """The texts in UTF-8; the length of each goes to the lengths."""
    yield np.zeros(0, dtype=np.uint8)
    for portion in portions(texts):
        encoded = [text.encode("utf-8", "surrogatepass") for text in portion]
        lengths.extend(map(len, encoded))
        yield np.frombuffer(b"".join(encoded), dtype=np.uint8)


def _bounds(lengths: array[int]) -> Iterator[AnyArray]:
    """Where the texts of these lengths start and end; asked for when all lengths are known."""
    bounds = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(np.frombuffer(lengths, dtype=np.int64), out=bounds[1:])
    yield bounds
