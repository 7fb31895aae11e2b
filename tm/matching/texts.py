"""Texts by position in one file, read from disk one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tm.matching.arrays import load_arrays, save_arrays

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
    def save(path: Path, texts: Sequence[str]) -> Path:
        """The file written."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        bounds = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=bounds[1:])
        letters = np.frombuffer(b"".join(encoded), dtype=np.uint8)
        return save_arrays(path, _KIND, {"letters": letters, "bounds": bounds})

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __getitem__(self, index: int) -> str:
        start, end = self._bounds[index : index + 2].tolist()
        return self._letters[start:end].tobytes().decode("utf-8", "surrogatepass")
