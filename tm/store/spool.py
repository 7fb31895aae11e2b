"""Units put aside in a temporary file of this process, taken up again by number."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from pathlib import Path

from tm.model import Unit
from tm.store.atomic import store_error

__all__ = ["Spool"]

_IN_MEMORY = 1 << 24  # bytes that need no file


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
