"""The cache folder: which digest a file had when it was last looked at, and how much is kept.

Everything in it can be thrown away at any time and is made anew when it is needed.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Collection
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path

from tm.errors import InputError, StoreError
from tm.store.atomic import is_temporary, sweep, write_bytes
from tm.store.memory import digest

__all__ = ["Stamp", "digest_folder", "known_digest", "stamp", "sweep_cache"]

_SETTLED = 2_000_000_000  # nanoseconds; within them a second change may leave the same time stamp

Stamp = tuple[int, int, int, int]
"""Size, time of the last change, time of the last change of the record, number of the record."""


def digest_folder(cache: Path, content: str) -> Path:
    """Where all that is derived from a memory of this digest is kept."""
    return cache / "memories" / content


def stamp(path: Path) -> Stamp:
    """What changes when a file is written, renamed over or replaced."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def known_digest(path: Path, cache: Path) -> str:
    """The sha256 of a file, read from the file only when it looks changed since the last time."""
    real = Path(os.path.realpath(path))
    try:
        now = stamp(real)
    except OSError as error:
        reason = _("cannot be read: {reason}").format(reason=error.strerror or error)
        raise InputError(reason, path=path) from error
    known = _read_known(cache)
    remembered = known.get(str(real))
    if remembered and tuple(remembered[:-1]) == now:
        return str(remembered[-1])
    content = digest(real)
    if time.time_ns() - now[1] > _SETTLED and stamp(real) == now:
        _remember(cache, {**known, str(real): [*now, content]})
    return content


def sweep_cache(
    cache: Path, keep: Collection[str] = (), *, most: int = 20, most_bytes: int = 4 << 30
) -> list[str]:
    """The digests whose folders were thrown away: those used longest ago, beyond a number and a size.

    Those in `keep` stay whatever they need. Never an error.
    """
    sweep(cache / "memories")
    thrown, count, size = [], 0, 0
    for folder in _latest_first(cache, keep):
        count, size = count + 1, size + _bytes_in(folder)
        if folder.name not in keep and (count > most or size > most_bytes):
            shutil.rmtree(folder, ignore_errors=True)
            thrown.append(folder.name)
            count, size = count - 1, size - _bytes_in(folder)
    return thrown


def _bytes_in(folder: Path) -> int:
    """How much a folder holds."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _latest_first(cache: Path, keep: Collection[str]) -> list[Path]:
    """The folders of digests: those to keep, then the others by their last use."""
    parent = cache / "memories"
    if not parent.is_dir():
        return []
    found = [path for path in parent.iterdir() if path.is_dir() and not is_temporary(path)]
    return sorted(found, key=lambda path: (path.name not in keep, -path.stat().st_mtime_ns, path.name))


def _read_known(cache: Path) -> dict[str, list[int | str]]:
    try:
        found = json.loads((cache / "known.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {path: value for path, value in found.items() if isinstance(value, list) and len(value) == 5}


def _remember(cache: Path, known: dict[str, list[int | str]]) -> None:
    """Keeps what still has a folder, and the newest; what two programs write at once, one of them keeps."""
    *others, newest = known.items()
    kept = [(path, value) for path, value in others if digest_folder(cache, str(value[-1])).is_dir()]
    text = json.dumps(dict([*kept, newest]), ensure_ascii=False, indent=1)
    with suppress(OSError, StoreError):  # to remember is not worth an error
        cache.mkdir(parents=True, exist_ok=True)
        write_bytes(cache / "known.json", text.encode("utf-8", "surrogateescape"))
