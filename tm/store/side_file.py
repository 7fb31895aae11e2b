"""The SQLite file beside a memory: built in one pass, sealed, and made anew when anything is wrong with it.

The file never changes after it was sealed. The seal holds what the file system says of it, and its sha256;
when the former has changed, the latter decides. So a file that was cut, damaged, or written by another
version is never believed.
"""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import sys
import zlib
from array import array
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from gettext import gettext as _
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from tm.errors import ConflictError, StoreError
from tm.model import Memory, Unit
from tm.store.atomic import claimed, rename, store_error, sweep, write_bytes
from tm.store.cache import digest_folder, known_digest, stamp
from tm.store.codec import encode_header, encode_unit
from tm.store.memory import digest, open_memory

__all__ = ["VERSION", "connect", "mark", "ready"]

VERSION = 1
"""Raised with every change of the tables or of what stands in them."""

_FORM = f"tm.units/{VERSION}-{sys.byteorder}"
_BATCH = 2000
_TRIES = 3
_TABLES = f"""
PRAGMA user_version = {VERSION};
CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE sources (position INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE targets (position INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE units (position INTEGER PRIMARY KEY, id TEXT NOT NULL, rest TEXT NOT NULL);
"""


def ready(memory_path: Path, cache: Path, *, anew: bool = False) -> str:
    """The digest of a memory whose side file is there and sound; built now where it was not.

    Several programs may build it at once: each makes a file of its own, and they are equal.
    """
    for _try in range(_TRIES):
        before = known_digest(memory_path, cache)
        folder = digest_folder(cache, before)
        if not anew and _is_sealed(folder):
            _mark_use(folder)
            return before
        _build(memory_path, folder)
        if known_digest(memory_path, cache) == before:
            return before
    raise ConflictError(
        _("the memory was changed again and again while it was read"),
        path=memory_path,
        hint=_("Run the command again when the other program is done."),
    )


def connect(folder: Path) -> sqlite3.Connection:
    """A connection to the sealed file of this folder, which nobody writes to."""
    place = quote((folder / "units.sqlite").absolute().as_posix(), safe="/:")
    root = "file://" if place.startswith("/") else "file:///"
    return sqlite3.connect(f"{root}{place}?mode=ro&immutable=1", uri=True)


def mark(text: str) -> int:
    """32 bits by which a text is found; texts with equal marks must be compared."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


# --- Sealing ----------------------------------------------------------------------------------------


def _is_sealed(folder: Path) -> bool:
    """True when the file is the one that was sealed."""
    path = folder / "units.sqlite"
    try:
        seal = json.loads((folder / "seal.json").read_text(encoding="utf-8"))
        now = list(stamp(path))
        if seal["form"] != _FORM or seal["stamp"][0] != now[0]:
            return False
        if seal["stamp"] == now:
            return True
        if seal["sha256"] != digest(path):
            return False
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return False
    with suppress(StoreError):  # a cache that may only be read is still of use
        _seal(folder, seal["sha256"])
    return True


def _seal(folder: Path, content: str) -> None:
    seal = {"form": _FORM, "stamp": stamp(folder / "units.sqlite"), "sha256": content}
    write_bytes(folder / "seal.json", json.dumps(seal).encode())


def _mark_use(folder: Path) -> None:
    """Tells the sweeper of the cache when the folder was last of use."""
    with suppress(OSError):
        os.utime(folder)


# --- Building ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Columns:
    """What is asked of all units at once, in few bytes for each: numbers into short lists of names."""

    release: array[int] = field(default_factory=lambda: array("I"))
    day: array[int] = field(default_factory=lambda: array("I"))
    mark: array[int] = field(default_factory=lambda: array("I"))
    releases: dict[str, int] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)

    def add(self, unit: Unit) -> None:
        release, day = unit.origin.release, unit.origin.date
        self.release.append(self.releases.setdefault(release, len(self.releases)))
        self.day.append(self.days.setdefault(_iso(day), len(self.days)))
        self.mark.append(mark(unit.source.text))

    def facts(self) -> Iterator[tuple[str, object]]:
        order = sorted(range(len(self.mark)), key=self.mark.__getitem__)
        yield "count", len(self.mark)
        yield "release", self.release.tobytes()
        yield "releases", json.dumps(list(self.releases), ensure_ascii=False)
        yield "day", self.day.tobytes()
        yield "days", json.dumps(list(self.days))
        yield "marks", array("I", (self.mark[position] for position in order)).tobytes()
        yield "marked", array("I", order).tobytes()


def _build(memory_path: Path, folder: Path) -> None:
    path = folder / "units.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        with claimed(path) as temporary:
            _fill(temporary, open_memory(memory_path))
            _force(temporary)
            content = digest(temporary)
            rename(temporary, path)
        _seal(folder, content)
    except sqlite3.OperationalError as error:  # the disk: nobody else knows the file
        raise StoreError(
            str(error), path=path, hint=_("Make room, or set TM_CACHE to a folder elsewhere.")
        ) from error
    except OSError as error:
        raise store_error(error, path) from error


def _fill(path: Path, memory: Memory) -> None:
    """Writes the side file of a memory in one pass over its units."""
    columns = _Columns()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _TABLES)
        numbered = enumerate(memory.units)
        while batch := list(islice(numbered, _BATCH)):
            _insert(connection, batch, memory)
            for _position, unit in batch:
                columns.add(unit)
        facts = [("header", encode_header(memory.header)), *columns.facts()]
        connection.executemany("INSERT INTO facts VALUES (?, ?)", facts)
        connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, batch: list[tuple[int, Unit]], memory: Memory) -> None:
    header = memory.header
    texts = "INSERT INTO {} VALUES (?, ?)"
    connection.executemany(texts.format("sources"), ((at, unit.source.text) for at, unit in batch))
    connection.executemany(texts.format("targets"), ((at, unit.target.text) for at, unit in batch))
    rest = ((at, unit.id, encode_unit(unit, header)) for at, unit in batch)
    connection.executemany("INSERT INTO units VALUES (?, ?, ?)", rest)


def _force(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
