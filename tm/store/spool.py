"""What is put aside in a temporary file without a name, and taken up again."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path

from tm.model import Unit
from tm.store.atomic import store_error

__all__ = ["Pieces", "Spool"]

_IN_MEMORY = 1 << 24  # bytes that need no file
_CHUNK = 1 << 18


class Spool:
    """A growing sequence of units of which few bytes each are in memory."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._places = array("q")

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, number: int) -> Unit:
        self._file.seek(self._places[number])
        unit = pickle.load(self._file)  # noqa: S301 - written by this process into a file without a name
        if not isinstance(unit, Unit):
            raise TypeError(type(unit))
        return unit

    def append(self, unit: Unit) -> None:
        """Puts a unit aside; its number is the length before."""
        try:
            self._places.append(self._file.seek(0, 2))
            pickle.dump(unit, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise store_error(error, Path(tempfile.gettempdir())) from error

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()


class Pieces:
    """A growing sequence of byte strings, in a file without a name in this folder once they are many."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 - `close`
        self._lengths = array("Q")
        self._waiting: list[bytes] = []
        self._size = 0

    def __len__(self) -> int:
        return len(self._lengths)

    def append(self, piece: bytes) -> None:
        """Puts a piece aside; its number is the length before."""
        self._waiting.append(piece)
        self._lengths.append(len(piece))
        self._size += len(piece)
        if self._size > _CHUNK:
            self._put()

    def __iter__(self) -> Iterator[bytes]:
        """All pieces one after another, in chunks of any length."""
        self._put()
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk

    def chosen(self, numbers: Iterator[int]) -> Iterator[bytes]:
        """The pieces with these numbers, which must grow."""
        self._put()
        self._file.seek(0)
        following = next(numbers, None)
        for number, length in enumerate(self._lengths):
            piece = self._file.read(length)
            if number == following:
                following = next(numbers, None)
                yield piece

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()

    def _put(self) -> None:
        waiting, self._waiting, self._size = b"".join(self._waiting), [], 0
        try:
            self._file.write(waiting)
        except OSError as error:
            raise store_error(error, self._folder) from error
