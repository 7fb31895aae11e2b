"""Files that are either the old one or the new one, whole, whatever happens in between.

A new file is written beside the old one under a temporary name, forced to the disk, renamed over the old
one, and the folder forced to the disk too. What fails on the way leaves the old file as it was.
"""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, cast

from tm.errors import StoreError
from tm.store.owner import alive, host_mark

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = [
    "claimed",
    "force_folder",
    "is_temporary",
    "new_file",
    "rename",
    "replacing",
    "store_error",
    "sweep",
    "write_bytes",
]

_TEMPORARY = re.compile(r"\.(?P<name>.+)\.tm-tmp-(?P<pid>\d+)-(?P<host>[0-9a-f]{4})[0-9a-f]{8}", re.DOTALL)
_LONGEST_NAME = 255  # bytes, on every file system in use
_BUFFER = 1 << 18
_PATIENCE = 1.0  # seconds that a virus scanner or viewer may keep a file open on Windows

_in_use: set[Path] = set()
"""The temporary files that this process is writing."""


@contextmanager
def replacing(path: Path | str, *, mode: Literal["wb"] = "wb") -> Iterator[BinaryIO]:
    """A binary stream whose content takes the place of the file when the block ends without an error.

    Symbolic links are followed, the file keeps its permissions, and its folder must exist. After any error
    the old file is untouched and nothing else is left. What the disk refuses is a StoreError; errors of
    the block itself pass through.
    """
    if mode != "wb":
        raise ValueError(mode)
    real = Path(os.path.realpath(path))
    if _is_device(real):
        with real.open("wb") as device:
            yield device
        return
    with claimed(real) as temporary:
        with new_file(temporary, real) as stream:
            yield stream
        rename(temporary, real)
    force_folder(real)


def write_bytes(path: Path | str, content: bytes) -> None:
    """Nothing; the file holds the content, or is as it was when there is a StoreError."""
    with replacing(path) as stream:
        stream.write(content)


def sweep(folder: Path, *, held: Iterable[Path] = ()) -> list[Path]:
    """The stale temporary files and folders of this folder, which are gone now.

    Stale are those of a process of this host that runs no more, and, for the files in `held`, whose locks
    the caller holds, all that this process is not writing itself. Never an error: what cannot be removed
    stays.
    """
    names = {_shortened(Path(os.path.realpath(path)).name) for path in held}
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in found if _is_stale(path, names) and _removed(path)]


def is_temporary(path: Path) -> bool:
    """True for a name that this module gives to what is not finished."""
    return _TEMPORARY.fullmatch(path.name) is not None


@contextmanager
def claimed(path: Path) -> Iterator[Path]:
    """A fresh temporary name in the same folder; what still bears it when the block ends is removed."""
    mark = f"{host_mark()}{secrets.token_hex(4)}"
    temporary = path.with_name(f".{_shortened(path.name)}.tm-tmp-{os.getpid()}-{mark}")
    _in_use.add(temporary)
    try:
        yield temporary
    finally:
        _removed(temporary)
        _in_use.discard(temporary)


def store_error(error: OSError, path: Path) -> StoreError:
    """What the operating system refused, in words, with the file and the way on."""
    reason, hint = _explained(error)
    return StoreError(_("cannot be saved: {reason}").format(reason=reason), path=path, hint=hint)


# --- Writing ----------------------------------------------------------------------------------------


class _Raw(io.FileIO):
    """A file whose refusals to be written are StoreErrors that name the file meant."""

    def __init__(self, temporary: Path, real: Path) -> None:
        super().__init__(temporary, "xb")
        self._real = real

    def write(self, content: ReadableBuffer, /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            raise store_error(error, self._real) from error


@contextmanager
def new_file(temporary: Path, real: Path) -> Iterator[BinaryIO]:
    """A stream on a new file, which is on the disk when the block has ended without an error."""
    try:
        _refuse_read_only(real)
        raw = _Raw(temporary, real)
    except OSError as error:
        raise store_error(error, real) from error
    try:
        stream = io.BufferedWriter(raw, _BUFFER)
        yield cast("BinaryIO", stream)
        stream.flush()
        _finish(raw, real)
    finally:
        with suppress(OSError):  # after a success the content is on the disk already
            raw.close()  # not the buffer: after a failure it would try to write again


def _finish(raw: _Raw, real: Path) -> None:
    try:
        _keep_owner_and_mode(raw.fileno(), real)
        os.fsync(raw.fileno())
    except OSError as error:
        raise store_error(error, real) from error


def _refuse_read_only(real: Path) -> None:
    if real.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if real.exists() and not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _keep_owner_and_mode(descriptor: int, real: Path) -> None:
    """Gives the new file the permissions of the old one, and its owner where that is allowed."""
    if sys.platform != "win32" and real.exists():
        old = real.stat()
        with suppress(PermissionError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def rename(temporary: Path, real: Path) -> None:
    """Nothing; the temporary file or folder bears the real name."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            temporary.replace(real)
        except PermissionError as error:
            if os.name != "nt" or time.monotonic() > deadline:
                raise store_error(error, real) from error
            time.sleep(0.05)
        except OSError as error:
            raise store_error(error, real) from error
        else:
            return


def force_folder(real: Path) -> None:
    """Forces the new name to the disk; file systems that cannot do it for folders are let pass."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(real.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF}:
            raise store_error(error, real) from error


def _is_device(real: Path) -> bool:
    """True for what must be written to and never replaced, as /dev/stdout."""
    return real.exists() and not real.is_file() and not real.is_dir()


def _shortened(name: str) -> str:
    """The name, cut so that a temporary name made from it is no longer than file systems allow."""
    room = _LONGEST_NAME - len(".") - len(".tm-tmp-") - len("4194304-") - 12
    return os.fsencode(name)[:room].decode("utf-8", "ignore")


# --- Sweeping ---------------------------------------------------------------------------------------


def _is_stale(path: Path, held: set[str]) -> bool:
    found = _TEMPORARY.fullmatch(path.name)
    if found is None or path in _in_use:
        return False
    if found["name"] in held:
        return True
    pid = int(found["pid"])
    return found["host"] == host_mark() and (pid == os.getpid() or not alive(pid))


def _removed(path: Path) -> bool:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:
        return False
    return True


# --- Words ------------------------------------------------------------------------------------------


def _explained(error: OSError) -> tuple[str, str]:
    """The reason and what to do, by the number that the operating system gave."""
    untouched = _("The old file is as it was.")
    full = (_("the disk is full"), untouched + " " + _("Make room and run the command again."))
    forbidden = (
        _("no permission to write"),
        _("Ask for write access, or close the program that has it open."),
    )
    absent = (_("its folder does not exist"), _("Make the folder, or mend the path."))
    known = {
        errno.ENOSPC: full,
        errno.EDQUOT: full,
        errno.EFBIG: (_("the file is larger than is allowed here"), untouched),
        errno.EACCES: forbidden,
        errno.EPERM: forbidden,
        errno.EROFS: (_("the disk is read-only"), _("Choose another folder.")),
        errno.ENOENT: absent,
        errno.ENOTDIR: absent,
        errno.EISDIR: (_("it is a folder"), _("Give the path of a file.")),
        errno.ENAMETOOLONG: (_("the name is too long"), _("Choose a shorter name.")),
        errno.EIO: (_("the disk reports an error"), untouched + " " + _("Check the disk; save elsewhere.")),
    }
    return known.get(error.errno or 0, (error.strerror or str(error), untouched))
