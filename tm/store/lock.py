"""One writer at a time: a lock of the operating system, and a note beside it that says who holds it.

The lock of a process that has died is free at once, because the operating system gives it back; the note
it left behind is only words and is written anew by the next holder.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from gettext import gettext as _
from pathlib import Path

from filelock import FileLock, Timeout

from tm.errors import LockedError
from tm.store.atomic import store_error
from tm.store.owner import Owner, myself

__all__ = ["locked"]

_POLL = 0.05  # seconds between two tries

_mine = threading.local()
"""The locks that this thread holds, so that a job may call another on the same file."""


@contextmanager
def locked(path: Path | str, *, timeout: float = 10) -> Iterator[None]:
    """Holds the lock of a file, which need not exist, while the block runs.

    Waits up to `timeout` seconds for another holder; then LockedError says who that is. Two names of one
    file have one lock. A thread that holds it may take it again.
    """
    real = Path(os.path.realpath(path))
    held: set[Path] = _mine.__dict__.setdefault("paths", set())
    if real in held:
        yield
        return
    with _acquired(real, timeout):
        held.add(real)
        try:
            yield
        finally:
            held.discard(real)


@contextmanager
def _acquired(real: Path, timeout: float) -> Iterator[None]:
    if not real.parent.is_dir():  # the library would make it
        raise store_error(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), real)
    lock, note = FileLock(_beside(real, "tm-lock")), _beside(real, "tm-lock-holder")
    try:
        lock.acquire(timeout=timeout, poll_interval=_POLL)
    except Timeout as error:
        raise _locked_error(real, note) from error
    except OSError as error:
        raise store_error(error, real) from error
    try:
        with suppress(OSError):
            note.write_text(myself().to_json(), encoding="utf-8", newline="\n")
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def _locked_error(real: Path, note: Path) -> LockedError:
    holder = None
    with suppress(OSError, UnicodeDecodeError):
        holder = Owner.from_json(note.read_text(encoding="utf-8"))
    if holder is None:
        message = _("another program is writing it")
    else:
        message = _("{program} (process {pid} on {host}) has been writing it since {since}").format(
            program=holder.program, pid=holder.pid, host=holder.host, since=holder.since
        )
    hint = _("Wait until it is done, or end that program, and run the command again. Nothing was changed.")
    return LockedError(message, path=real, hint=hint)


def _beside(real: Path, ending: str) -> Path:
    return real.with_name(f".{real.name}.{ending}")
